package tutti.site;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often each of many may do something: so often at once, and then as much again in each span of time. Kept in memory, and
 * those that have not tried for longest are forgotten first.
 */
public final class Throttle {

    private static final int REMEMBERED_MOST = 10_000;

    private final int atOnce;
    private final int again;
    private final Duration per;

    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED_MOST;
        }
    };

    /** @param again how many come back, evenly, in each {@code per} */
    public Throttle(int atOnce, int again, Duration per) {
        this.atOnce = atOnce;
        this.again = again;
        this.per = per;
    }

    static Throttle of(int most, Duration per) {
        return new Throttle(most, most, per);
    }

    /** Empty if this one may, which counts then; else how long to wait. */
    public synchronized Optional<Duration> delay(String who) {
        var probe = buckets.computeIfAbsent(who, unknown -> full()).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(atOnce).refillGreedy(again, per))
                .build();
    }
}
