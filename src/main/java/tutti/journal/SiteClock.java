package tutti.journal;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The clock of this site's database, for as long as this instance runs without its jumps back: time left only gets less, and
 * what is due later stays later. It goes ahead with the database's clock, and never slower than this machine's own stopwatch.
 */
@ApplicationScoped
class SiteClock {

    private final LongSupplier nanos;
    private long ahead = Long.MIN_VALUE;

    SiteClock() {
        this(System::nanoTime);
    }

    SiteClock(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @param micros since 1970 UTC, as the database has just told */
    synchronized Instant read(long micros) {
        var stopwatch = nanos.getAsLong() / 1_000;
        ahead = Math.max(ahead, micros - stopwatch);
        return Columns.instant(stopwatch + ahead);
    }
}
