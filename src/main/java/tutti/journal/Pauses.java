package tutti.journal;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait before trying again: half as long as it has failed so far, within bounds, and never quite the same.
 *
 * @param send how long a first send is left alone before it counts as failed
 * @param least between two tries
 * @param greatest at the most
 */
public record Pauses(Duration send, Duration least, Duration greatest) {

    /** When to look whether a first send, begun now, has failed. */
    Instant afterSend(Instant now) {
        return now.plus(send);
    }

    /**
     * When to try next.
     *
     * @param since when the first try was
     * @param jitter from 0 to 1
     */
    Instant next(Instant since, Instant now, double jitter) {
        var half = Duration.between(since, now).dividedBy(2);
        var bounded = half.compareTo(least) < 0 ? least : half.compareTo(greatest) > 0 ? greatest : half;
        var micros = bounded.toNanos() / 1_000;
        return now.plusNanos(1_000 * (micros * 3 / 4 + (long) (micros * jitter / 4)));
    }
}
