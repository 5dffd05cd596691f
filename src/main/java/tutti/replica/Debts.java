package tutti.replica;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import tutti.ballot.Ballot;
import tutti.event.Phase;

/** What a site owes to others, read off its state: nothing is queued, so nothing can get lost or out of step. */
final class Debts {

    private final EventReplica replica;
    private final Voting voting;

    Debts(EventReplica replica, Voting voting) {
        this.replica = replica;
        this.voting = voting;
    }

    List<Errand> errands(Instant now) {
        var errands = new ArrayList<Errand>();
        for (var transaction : replica.transactions().values()) {
            coordinators(transaction).ifPresent(errands::add);
            participants(transaction, now).ifPresent(errands::add);
        }
        replica.openBallot().ifPresent(ballot -> {
            if (replica.isMaster()) {
                masters(ballot, now, errands);
            } else if (ballot.votes().size() > ballot.reported() || ballot.isOver(now)) {
                errands.add(new Errand.Report(replica.event().laidDown().master(), voting.report(ballot, now)));
            }
        });
        if (replica.event().phase() == Phase.OPEN) {
            replica.uploads().values().stream()
                    .filter(Upload::isWaiting)
                    .forEach(upload ->
                            errands.add(new Errand.TryPhoto(upload.photo().id())));
        }
        if (replica.isTakeDownDue()) {
            errands.add(new Errand.TryTakeDown());
        }
        replica.leaving().forEach(photo -> errands.add(new Errand.TryRemoval(photo.id(), photo.contributor())));
        replica.erasuresDue().forEach(who -> errands.add(new Errand.TryErasure(who)));
        if (replica.event().phase() == Phase.CREATING) {
            errands.add(new Errand.TryCreation());
        }
        return errands;
    }

    private Optional<Errand> coordinators(Transaction own) {
        return own.coordination().flatMap(coordination -> {
            if (own.isRunningHere()) {
                return Optional.of(new Errand.Prepare(own.id(), own.change().orElseThrow(), coordination.peers()));
            }
            var owed = coordination.owed();
            return owed.isEmpty() ? Optional.empty() : own.decision().map(decision -> new Errand.Tell(decision, owed));
        });
    }

    private Optional<Errand> participants(Transaction held, Instant now) {
        return held.isInDoubt(replica.settings, now) ? Optional.of(new Errand.Ask(held.id())) : Optional.empty();
    }

    private void masters(Ballot ballot, Instant now, List<Errand> errands) {
        var unconfirmed = new TreeSet<>(replica.settings.peers());
        unconfirmed.removeAll(ballot.announced());
        errands.add(new Errand.Announce(voting.opened(ballot, now), replica.settings.peers(), !unconfirmed.isEmpty()));
        if (ballot.isOver(now) && !voting.isPublishing(ballot)) {
            errands.add(new Errand.CollectLastReports(ballot.number(), replica.settings.peers()));
        }
    }

    /** The next moment that the clock alone brings; those that are past already are among the errands. */
    Optional<Instant> wakeAt(Instant now) {
        var preparing = replica.transactions().values().stream()
                .filter(Transaction::isRunningHere)
                .map(own -> own.coordination().orElseThrow().deadline());
        var doubts = replica.transactions().values().stream()
                .filter(held -> held.isHold() && held.coordination().isEmpty())
                .map(held -> held.since().plus(replica.settings.inDoubtAfter()));
        var deadlines = replica.openBallot().stream()
                .flatMap(ballot -> ballot.deadline().stream())
                .flatMap(end -> Stream.of(end, end.plus(replica.settings.grace())));
        return Stream.of(preparing, doubts, deadlines)
                .flatMap(moments -> moments)
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }
}
