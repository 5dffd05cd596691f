package tutti.simulation;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import tutti.ballot.Ballot;
import tutti.ballot.BallotReport;
import tutti.commit.TransactionId;
import tutti.event.Change.Erase;
import tutti.event.Change.PublishMontage;
import tutti.event.EventId;
import tutti.replica.BallotNews;
import tutti.replica.EventReplica;
import tutti.replica.ReplicaSettings;
import tutti.replica.Transaction;

/**
 * What an input names of that which is over. A step gets this, and everything that is still alive, and nothing else: as
 * the journal loads it.
 *
 * @param transactions empty, or the one that the input is about
 * @param ballot 0, or the one that the input is about
 * @param closed whether it is about every abort that is closed, and may drop them
 * @param all whether it is about everything that there ever was
 */
record Named(Collection<TransactionId> transactions, int ballot, boolean closed, boolean all) {

    static final Named NOTHING = new Named(List.of(), 0, false, false);

    static final Named CLOSED = new Named(List.of(), 0, true, false);

    static final Named EVERYTHING = new Named(List.of(), 0, false, true);

    static Named of(TransactionId id, EventId event) {
        return new Named(
                List.of(id), PublishMontage.ballotOf(id.subject(), event), false, Erase.isSubject(id.subject()));
    }

    static Named ballot(int number) {
        return new Named(List.of(), number, false, false);
    }

    static Named of(BallotReport report, BallotNews news) {
        return news instanceof BallotNews.Ended ended
                ? new Named(List.of(ended.decision().id()), report.number(), false, false)
                : ballot(report.number());
    }

    /** The part of a replica that a step gets to see. */
    EventReplica load(ReplicaSettings settings, EventReplica whole) {
        if (all) {
            return whole.copy();
        }
        var publish = whole.ballots().containsKey(ballot)
                ? whole.ballots().get(ballot).publish().stream().toList()
                : List.<TransactionId>of();
        return new EventReplica(
                settings,
                whole.event(),
                whole.photos().values(),
                whole.uploads().values(),
                whole.transactions().values().stream()
                        .filter(one -> isAlive(one)
                                || transactions.contains(one.id())
                                || publish.contains(one.id())
                                || (closed && one.closedAt().isPresent()))
                        .toList(),
                whole.ballots().values().stream()
                        .filter(one -> one.isOpen()
                                || one.number() == ballot
                                || one.number() == ballot - 1
                                || one.number() == whole.event().lastEnded())
                        .toList());
    }

    private static boolean isAlive(Transaction one) {
        return one.isHold()
                || one.coordination().filter(it -> !it.owed().isEmpty()).isPresent();
    }

    /** Puts back what a step has made of the loaded part. */
    EventReplica save(ReplicaSettings settings, EventReplica whole, EventReplica loaded, EventReplica worked) {
        var transactions = new TreeMap<TransactionId, Transaction>(whole.transactions());
        for (var one : worked.transactions().values()) {
            var unseen =
                    transactions.containsKey(one.id()) && !loaded.transactions().containsKey(one.id());
            Violation.unless(!unseen, "%s is written, but was not loaded", one.id());
            transactions.put(one.id(), one);
        }
        var ballots = new TreeMap<Integer, Ballot>(whole.ballots());
        for (var one : worked.ballots().values()) {
            var unseen = ballots.containsKey(one.number()) && !loaded.ballots().containsKey(one.number());
            Violation.unless(!unseen, "ballot %s is written, but was not loaded", one.number());
            ballots.put(one.number(), one);
        }
        var dropped = new TreeSet<>(loaded.transactions().keySet());
        dropped.removeAll(worked.transactions().keySet());
        Violation.unless(closed || dropped.isEmpty(), "a step has dropped %s", dropped);
        transactions.keySet().removeAll(dropped);
        return new EventReplica(
                settings,
                worked.event(),
                worked.photos().values(),
                worked.uploads().values(),
                transactions.values(),
                ballots.values());
    }
}
