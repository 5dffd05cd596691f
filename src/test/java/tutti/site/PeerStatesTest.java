package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Event;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tutti.commit.SiteName;
import tutti.site.Silence.Sign;

class PeerStatesTest {

    private static final SiteName EAST = new SiteName("east");

    private final PeerStates states = new PeerStates();
    private final List<Object> back = new ArrayList<>();
    private Duration time = Duration.ZERO;

    @SuppressWarnings("unchecked")
    PeerStatesTest() {
        states.stopwatch = () -> time.toNanos();
        states.back = (Event<PeerStates.Back>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Event.class}, (self, method, arguments) -> {
                    back.add(arguments[0]);
                    return CompletableFuture.completedFuture(arguments[0]);
                });
    }

    @Test
    void a_peer_that_was_away_for_a_while_is_back() {
        isAwayFor(Duration.ofSeconds(5));

        assertThat(back).containsExactly(new PeerStates.Back(EAST));
    }

    @Test
    void a_peer_that_missed_a_call_was_never_away() {
        isAwayFor(Duration.ofMillis(4_999));

        assertThat(back).isEmpty();
        assertThat(states.silent()).isEmpty();
    }

    @Test
    void silence_begins_with_the_first_call_that_fails() {
        failed();
        time = time.plusSeconds(3);
        isAwayFor(Duration.ofSeconds(3));

        assertThat(back).hasSize(1);
    }

    @Test
    void tells_what_a_call_has_met_and_keeps_it_while_none_is_made() {
        assertThat(signAfter(new ConnectException("Connection refused"))).isEqualTo(Sign.REFUSES);
        assertThat(signAfter(new IllegalStateException("circuit breaker is open")))
                .isEqualTo(Sign.REFUSES);
        assertThat(signAfter(new SocketTimeoutException("Read timed out"))).isEqualTo(Sign.HANGS);
        assertThat(signAfter(new SocketTimeoutException("Connect timed out"))).isEqualTo(Sign.OUT_OF_REACH);
        assertThat(signAfter(new RuntimeException(new NoRouteToHostException("No route to host"))))
                .isEqualTo(Sign.OUT_OF_REACH);
    }

    private Sign signAfter(Exception why) {
        states.failed(EAST, why);
        return states.silences().get(EAST).sign();
    }

    private void isAwayFor(Duration silence) {
        failed();
        assertThat(states.silent()).containsExactly(EAST);
        time = time.plus(silence);
        states.answered(EAST);
    }

    private void failed() {
        states.failed(EAST, new IOException("no route"));
    }
}
