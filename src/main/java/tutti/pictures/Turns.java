package tutti.pictures;

import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * So many at a time, the others in turn. Whoever comes while many wait, or has waited for long, is told so instead: a request
 * that waits holds one of the site's threads, and others may need it for something that is quickly done.
 *
 * <p>Those who come for different things queue apart, and only the first of each queue competes for the next place. So the
 * queues take turns, and however many wait in one of them, another's first is next but one.
 */
final class Turns {

    private static final int WAITING_MAX = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final int atOnce;
    private final Duration patience;
    private final Semaphore places;

    Turns(int atOnce) {
        this(atOnce, PATIENCE);
    }

    Turns(int atOnce, Duration patience) {
        this.atOnce = atOnce;
        this.patience = patience;
        this.places = new Semaphore(atOnce, true);
    }

    /** A place among those that are let in at the same time. */
    interface Turn {
        /** Whoever was let in calls this in any case, or the place is lost. */
        void end();
    }

    /** Those who come for one thing, in the order in which they come. */
    final class Queue {

        private final String what;
        private final Semaphore waiting = new Semaphore(WAITING_MAX);
        private final Semaphore first = new Semaphore(1, true);

        /** @param what they wait for, as in "too many wait for …" */
        Queue(String what) {
            this.what = what;
        }

        /**
         * Waits for a place.
         *
         * @throws TooBusy when 16 wait already, or after 20 seconds
         * @throws ClosedByInterruptException when the thread is interrupted
         */
        Turn next() throws ClosedByInterruptException {
            return next(1);
        }

        /** As {@link #next}, with nobody else beside. */
        Turn alone() throws ClosedByInterruptException {
            return next(atOnce);
        }

        private Turn next(int count) throws ClosedByInterruptException {
            if (!waiting.tryAcquire()) {
                throw new TooBusy(what);
            }
            try {
                long until = System.nanoTime() + patience.toNanos();
                acquire(first, 1, until);
                try {
                    acquire(places, count, until);
                } finally {
                    first.release();
                }
            } finally {
                waiting.release();
            }
            return () -> places.release(count);
        }

        private void acquire(Semaphore semaphore, int count, long until) throws ClosedByInterruptException {
            try {
                if (!semaphore.tryAcquire(count, until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw new TooBusy(what);
                }
            } catch (InterruptedException givenUp) {
                Thread.currentThread().interrupt();
                throw new ClosedByInterruptException();
            }
        }
    }
}
