package tutti.journal;

import java.time.Instant;
import tutti.replica.EventReplica;

/** One input to a replica. It may run again after a deadlock, so it does nothing but change the replica it is given. */
@FunctionalInterface
public interface Step<T> {

    /**
     * Changes the replica and says what came of it.
     *
     * @param now by the clock of this site's database, in microseconds
     */
    T run(EventReplica replica, Instant now);
}
