package tutti.replica;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import tutti.commit.SiteName;

/**
 * What a replica has to know of its surroundings; the same for all events of a site.
 *
 * @param peers all other sites
 * @param preparingTime how long a transaction may stay undecided before its coordinator aborts it
 * @param inDoubtAfter how old a hold is when its participant begins to ask
 * @param grace how long after a ballot's deadline its publication may still be decided
 */
public record ReplicaSettings(
        SiteName self,
        SortedSet<SiteName> peers,
        Duration preparingTime,
        Duration inDoubtAfter,
        Duration grace,
        int photosPerEventMax,
        int photosPerContributorMax) {

    public ReplicaSettings {
        peers = Collections.unmodifiableSortedSet(new TreeSet<>(peers));
    }
}
