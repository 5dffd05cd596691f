package tutti.replica;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tutti.ballot.Ballot;
import tutti.commit.Promise;
import tutti.commit.Reason;
import tutti.commit.TransactionId;
import tutti.event.Change;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.Erase;
import tutti.event.Change.RemovePhoto;
import tutti.photo.ContributorId;
import tutti.photo.Photo;

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

    /**
     * Which additions of photos are known to be taken back, whatever is left of them after an erasure. A photo that has come,
     * gone and come again has been added once more than it has been removed, and one of two additions that are quite alike is
     * as good as the other.
     */
    public static SortedSet<TransactionId> removed(Collection<Testimony> all) {
        SortedMap<TransactionId, Change> committed = new TreeMap<>();
        all.stream()
                .flatMap(one -> one.facts().stream())
                .filter(fact -> fact.promise().isCommitted())
                .forEach(fact -> committed.putIfAbsent(fact.id(), fact.change().orElseThrow()));
        var removals = new ArrayList<Photo>();
        committed.values().stream()
                .filter(RemovePhoto.class::isInstance)
                .forEach(change -> removals.add(((RemovePhoto) change).photo().erased()));
        var removed = new TreeSet<TransactionId>();
        committed.forEach((id, change) -> {
            if (change instanceof AddPhoto add && removals.remove(add.photo().erased())) {
                removed.add(id);
            }
        });
        return removed;
    }

    /** Those of whom somebody has recorded that they are erased: nobody has their bytes for long, or should. */
    public static SortedSet<ContributorId> erased(Collection<Testimony> all) {
        return all.stream()
                .flatMap(one -> one.facts().stream())
                .filter(fact -> fact.promise().isCommitted())
                .flatMap(fact -> fact.change().stream())
                .filter(Erase.class::isInstance)
                .map(change -> ((Erase) change).contributor())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
