package tutti.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerClockTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final long THEIRS = NOW + 3_600_000;

    private final PeerClock clock = new PeerClock();

    @Test
    void a_peer_that_has_said_nothing_has_our_time() {
        assertThat(clock.at(NOW)).isEqualTo(NOW);
    }

    @Test
    void what_the_peer_has_said_goes_on_at_our_pace() {
        clock.learn(THEIRS, NOW);

        assertThat(clock.at(NOW + 10)).isEqualTo(THEIRS + 10);
    }
}
