package tutti.journal;

import java.time.Instant;
import tutti.replica.EventReplica;

/**
 * A replica read without a lock.
 *
 * @param now by the database's clock
 * @param revision grows with every change of the event at this site
 * @param steady whether nothing changed while it was read
 */
public record Looked(EventReplica replica, Instant now, long revision, boolean steady) {

    /** As people are to see it. */
    public Looked shown() {
        return new Looked(replica.shown(now), now, revision, steady);
    }
}
