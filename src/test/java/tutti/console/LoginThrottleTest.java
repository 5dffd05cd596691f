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

    @Test
    void lets_this_machine_try_five_times_whatever_others_have_used_up() {
        IntStream.range(0, 500).forEach(i -> throttle.admits("198.51.100." + i));

        assertThat(throttle.admits("127.0.0.1")).isFalse();
        assertThat(IntStream.range(0, 20)
                        .filter(i -> throttle.admitsThisMachine())
                        .count())
                .isEqualTo(5);
    }

    @Test
    void leaves_others_their_attempts_whatever_this_machine_has_used_up() {
        IntStream.range(0, 500).forEach(i -> throttle.admitsThisMachine());

        assertThat(throttle.admits("192.0.2.1")).isTrue();
    }
}
