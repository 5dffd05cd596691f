package tutti.ballot;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import tutti.montage.Digest;
import tutti.photo.ContributorId;

/**
 * A site's whole view of one ballot, told to the event's master. Repeating it does no harm: the master unites.
 *
 * @param elapsed since the ballot opened at this site; times of day are never compared between machines
 * @param accepted contributors at home here whose accept is stored
 * @param rejected contributors at home here whose reject is stored
 * @param missing contributors at home here who have not voted
 */
public record BallotReport(
        int number,
        Digest digest,
        Duration elapsed,
        SortedSet<ContributorId> accepted,
        SortedSet<ContributorId> rejected,
        SortedSet<ContributorId> missing) {

    public BallotReport {
        accepted = Collections.unmodifiableSortedSet(new TreeSet<>(accepted));
        rejected = Collections.unmodifiableSortedSet(new TreeSet<>(rejected));
        missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
    }

    /** How many votes this view holds. */
    public int votes() {
        return accepted.size() + rejected.size();
    }
}
