package tutti.replica;

import java.util.List;
import java.util.Optional;
import tutti.ballot.Ballot;
import tutti.commit.Promise;
import tutti.commit.Reason;
import tutti.commit.TransactionId;
import tutti.event.Change;

/**
 * What a site knows of an event, for one that has lost its disk: all that is committed, and all that the lost site has
 * coordinated. What it does not name, it has never prepared.
 *
 * @param lastEnded the highest ballot known there to have ended
 * @param ballots those that have ended; whatever else they hold, their votes are not told
 */
public record Testimony(int lastEnded, List<Fact> facts, List<Ballot> ballots) {

    /**
     * One transaction as it is recorded there.
     *
     * @param change empty for a tombstone whose prepare never came
     * @param carried the ballot number that its yes votes carried, once committed
     */
    public record Fact(
            TransactionId id, Promise promise, Optional<Change> change, int carried, Optional<Reason> reason) {}

    public Testimony {
        facts = List.copyOf(facts);
        ballots = List.copyOf(ballots);
    }
}
