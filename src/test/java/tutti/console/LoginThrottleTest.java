package tutti.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private final LoginThrottle throttle = new LoginThrottle();

    @Test
    void lets_one_address_try_five_times() {
        assertThat(IntStream.range(0, 20)
                        .filter(i -> throttle.admits("192.0.2.1"))
                        .count())
                .isEqualTo(5);
        assertThat(throttle.admits("192.0.2.2")).isTrue();
    }

    @Test
    void lets_all_addresses_together_try_a_hundred_times() {
        assertThat(IntStream.range(0, 500)
                        .filter(i -> throttle.admits("198.51.100." + i))
                        .count())
                .isEqualTo(100);
    }
}
