package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class NoncesTest {

    @Test
    void a_nonce_is_new_once_within_the_window() {
        var nonces = new Nonces(Duration.ofMinutes(1));

        assertThat(nonces.isNew("a")).isTrue();
        assertThat(nonces.isNew("b")).isTrue();
        assertThat(nonces.isNew("a")).isFalse();
    }

    @Test
    void a_nonce_outlives_a_turn_of_the_window_and_not_two() {
        var nonces = new Nonces(Duration.ofMillis(50));
        assertThat(nonces.isNew("a")).isTrue();

        pause();
        assertThat(nonces.isNew("b")).isTrue();
        assertThat(nonces.isNew("a")).isFalse();
        pause();
        assertThat(nonces.isNew("c")).isTrue();
        pause();

        assertThat(IntStream.range(0, 2).mapToObj(time -> nonces.isNew("a"))).containsExactly(true, false);
    }

    private static void pause() {
        Awaitility.await().pollDelay(Duration.ofMillis(60)).until(() -> true);
    }
}
