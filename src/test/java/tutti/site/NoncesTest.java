package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class NoncesTest {

    private static final Duration WINDOW = Duration.ofMillis(400);

    @Test
    void a_nonce_is_new_once_within_the_window() {
        var nonces = new Nonces(Duration.ofMinutes(1));

        assertThat(nonces.isNew("a")).isTrue();
        assertThat(nonces.isNew("b")).isTrue();
        assertThat(nonces.isNew("a")).isFalse();
    }

    @Test
    void a_nonce_outlives_a_turn_of_the_window_and_not_two() {
        var nonces = new Nonces(WINDOW);
        assertThat(nonces.isNew("a")).isTrue();

        waitForTheWindowToTurn();
        assertThat(nonces.isNew("b")).isTrue();
        assertThat(nonces.isNew("a")).isFalse();
        waitForTheWindowToTurn();
        assertThat(nonces.isNew("c")).isTrue();

        assertThat(nonces.isNew("a")).isTrue();
        assertThat(nonces.isNew("a")).isFalse();
    }

    private static void waitForTheWindowToTurn() {
        Awaitility.await().pollDelay(WINDOW.plusMillis(10)).until(() -> true);
    }
}
