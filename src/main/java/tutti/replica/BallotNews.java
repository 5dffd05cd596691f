package tutti.replica;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import tutti.commit.Decision;
import tutti.montage.Digest;
import tutti.photo.ContributorId;

/** What the master of an event tells the other sites of a ballot. */
public sealed interface BallotNews {

    /** The ballot is open: no photos now, and this long to go. */
    record Opened(int number, Digest digest, Duration timeLeft, SortedSet<ContributorId> accepted)
            implements BallotNews {
        public Opened {
            accepted = Collections.unmodifiableSortedSet(new TreeSet<>(accepted));
        }
    }

    /** The ballot is over; how its publication was decided is how it ended. */
    record Ended(Decision decision) implements BallotNews {}

    /** The master cannot say anything of this ballot yet; ask again. */
    record NotYet() implements BallotNews {}
}
