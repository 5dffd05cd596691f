package tutti.journal;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import tutti.event.EventId;

/**
 * Lets only a few steps of one event come to the database at once; the others stand in line before it. They would have to wait
 * for the event's row lock anyway, but each with a connection: then one busy event keeps a whole site from its database, and
 * most wait in vain, since a lock is not waited for as long as such a line is.
 *
 * <p>The row lock alone is what keeps steps apart, also those of other instances of this site.
 */
final class Turnstile {

    private static final int LANES = 256;
    private static final int STEPS_AT_ONCE = 3;
    private static final int WAIT_MOST_SECONDS = 10;

    private final Semaphore[] lanes = IntStream.range(0, LANES)
            .mapToObj(lane -> new Semaphore(STEPS_AT_ONCE, true))
            .toArray(Semaphore[]::new);

    /** @throws StorageUnavailable when the line does not move for too long; the step did not run then */
    <T> T pass(EventId id, Supplier<T> step) {
        var lane = lanes[Math.floorMod(id.hashCode(), LANES)];
        if (!enters(lane)) {
            throw new StorageUnavailable(new TimeoutException("too many wait for event " + id));
        }
        try {
            return step.get();
        } finally {
            lane.release();
        }
    }

    private static boolean enters(Semaphore lane) {
        try {
            return lane.tryAcquire(WAIT_MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
