package tutti.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PeerClockTest {

    private static final byte[] SECRET = "of the cluster".getBytes(StandardCharsets.US_ASCII);
    private static final long NOW = 1_700_000_000_000L;
    private static final long THEIRS = NOW + 3_600_000;

    private final PeerClock clock = new PeerClock();

    @Test
    void a_peer_that_has_said_nothing_has_our_time() {
        assertThat(clock.at(NOW)).isEqualTo(NOW);
    }

    @Test
    void the_time_of_a_signed_refusal_is_taken_in() {
        var mac = Signature.ofClock(SECRET, THEIRS, "nonce");

        assertThat(clock.learn(SECRET, "nonce", Long.toString(THEIRS), mac, NOW))
                .isTrue();

        assertThat(clock.at(NOW + 10)).isEqualTo(THEIRS + 10);
    }

    @Test
    void a_time_that_the_peer_has_not_signed_for_this_very_message_is_not() {
        var mac = Signature.ofClock(SECRET, THEIRS, "nonce");
        var time = Long.toString(THEIRS);

        assertThat(clock.learn(SECRET, "another nonce", time, mac, NOW)).isFalse();
        assertThat(clock.learn(SECRET, "nonce", Long.toString(THEIRS + 1), mac, NOW))
                .isFalse();
        assertThat(clock.learn("stranger".getBytes(StandardCharsets.US_ASCII), "nonce", time, mac, NOW))
                .isFalse();
        assertThat(clock.learn(SECRET, "nonce", time, null, NOW)).isFalse();
        assertThat(clock.learn(SECRET, "nonce", "-1", mac, NOW)).isFalse();
        assertThat(clock.at(NOW)).isEqualTo(NOW);
    }
}
