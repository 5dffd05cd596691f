package tutti.replica;

import java.time.Instant;
import java.util.Optional;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.TransactionId;
import tutti.event.Change;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.PublishMontage;
import tutti.event.Change.RemovePhoto;

/** What an operator has this site show of transactions in doubt, while everything that was promised stays promised. */
final class Forcing {

    private final EventReplica replica;

    Forcing(EventReplica replica) {
        this.replica = replica;
    }

    boolean force(TransactionId id, Outcome outcome, Instant now) {
        var held = replica.transactions().get(id);
        if (held == null || !held.isInDoubt(replica.settings, now) || !canBeShown(held.change(), outcome)) {
            return false;
        }
        replica.put(held.with(Optional.of(new Forced(outcome, false))));
        return true;
    }

    /** Nothing is shown to the world that somebody may have rejected; and what goes on until all have done it is not stopped. */
    static boolean canBeShown(Optional<Change> change, Outcome outcome) {
        return change.filter(known -> known instanceof AddPhoto
                        || known instanceof RemovePhoto
                        || known instanceof PublishMontage && outcome == Outcome.ABORTED)
                .isPresent();
    }

    boolean conclude(TransactionId id) {
        var held = Optional.ofNullable(replica.transactions().get(id))
                .filter(known -> known.forced().isPresent());
        held.ifPresent(known -> replica.put(known.with(Optional.empty())));
        return held.isPresent();
    }

    /** Whether a decision is the other one, which an operator has to look at first; that is remembered. */
    boolean isAgainst(Transaction known, Decision decision) {
        var against = known.forced()
                .filter(forced -> forced.isAgainst(decision.outcome()))
                .isPresent();
        if (against) {
            replica.put(known.with(known.forced().map(forced -> new Forced(forced.outcome(), true))));
        }
        return against;
    }

    /** Whether an operator has called off, at this site, the publication that the event stands still for. */
    boolean isCalledOff() {
        return replica.transactions().values().stream()
                .filter(held -> held.forced().isPresent())
                .flatMap(held -> held.change().stream())
                .anyMatch(PublishMontage.class::isInstance);
    }

    EventReplica shown(Instant now) {
        var forced = replica.transactions().values().stream()
                .filter(held -> held.forced().isPresent())
                .toList();
        if (forced.isEmpty()) {
            return replica;
        }
        var shown = replica.copy();
        forced.forEach(held -> {
            shown.put(held.with(Optional.empty()));
            shown.onLearnt(new Decision(held.id(), held.forced().orElseThrow().outcome(), 0, Optional.empty()), now);
        });
        return shown;
    }
}
