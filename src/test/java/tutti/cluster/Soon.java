package tutti.cluster;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waits for what has to become true by itself; how long is bounded generously, for machines that have more to do. */
final class Soon {

    private static final Duration MOST = Duration.ofSeconds(60);
    private static final Duration EVERY = Duration.ofMillis(200);

    private Soon() {}

    static void until(String what, ThrowingRunnable holds) {
        within(MOST, what, holds);
    }

    static void within(Duration most, String what, ThrowingRunnable holds) {
        Awaitility.await(what)
                .atMost(most)
                .pollDelay(Duration.ZERO)
                .pollInterval(EVERY)
                .untilAsserted(holds);
    }

    /** It is true now and stays so for that long. */
    static void throughout(Duration time, String what, ThrowingRunnable holds) {
        Awaitility.await(what)
                .during(time)
                .atMost(time.plusSeconds(3))
                .pollDelay(Duration.ZERO)
                .pollInterval(EVERY)
                .untilAsserted(holds);
    }
}
