package tutti.journal;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait before trying again: half as long as it has failed so far, within bounds, and never quite the same.
 *
 * @param first at the least, and after a first send
 * @param greatest at the most
 */
public record Pauses(Duration first, Duration greatest) {

    /**
     * When to try next.
     *
     * @param since when the first try was
     * @param jitter from 0 to 1
     */
    Instant next(Instant since, Instant now, double jitter) {
        var half = Duration.between(since, now).dividedBy(2);
        var bounded = half.compareTo(first) < 0 ? first : half.compareTo(greatest) > 0 ? greatest : half;
        var micros = bounded.toNanos() / 1_000;
        return now.plusNanos(1_000 * (micros * 3 / 4 + (long) (micros * jitter / 4)));
    }
}
