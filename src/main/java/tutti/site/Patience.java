package tutti.site;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Holds back what was begun anew and refused, by a frozen site say: each attempt is a transaction that all sites have to
 * remember for a day. The pauses are half as long as it has been tried so far, within bounds. It is a matter of load and never
 * of what is right, so it is not stored: after a restart everything may be tried at once.
 */
public final class Patience {

    /** Of more than so many the oldest are forgotten. */
    private static final int MOST = 10_000;

    /** What is tried again after a longer rest than this begins anew. */
    private static final Duration REST = Duration.ofHours(1);

    private final Duration least;
    private final Supplier<Duration> greatest;
    private final LongSupplier stopwatch;

    private final Map<String, Attempts> attempts = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
            return size() > MOST;
        }
    });

    /** In nanoseconds of the stopwatch. */
    private record Attempts(long first, long last, long pause) {}

    /**
     * @param least pause between two attempts
     * @param greatest pause
     * @param stopwatch nanoseconds since some moment
     */
    public Patience(Duration least, Supplier<Duration> greatest, LongSupplier stopwatch) {
        this.least = least;
        this.greatest = greatest;
        this.stopwatch = stopwatch;
    }

    /** Whether another attempt may be made by now. */
    public boolean allows(String what) {
        var known = attempts.get(what);
        return known == null || stopwatch.getAsLong() - known.last() >= known.pause();
    }

    /** An attempt has begun. */
    public void tried(String what) {
        var now = stopwatch.getAsLong();
        attempts.compute(what, (key, known) -> {
            var first = known == null || now - known.last() > REST.toNanos() ? now : known.first();
            var half = (now - first) / 2;
            return new Attempts(
                    first,
                    now,
                    Math.max(least.toNanos(), Math.min(greatest.get().toNanos(), half)));
        });
    }

    /** Things have changed: a site is back. */
    public void isOver() {
        attempts.clear();
    }
}
