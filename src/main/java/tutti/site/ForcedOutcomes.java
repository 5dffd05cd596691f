package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import tutti.commit.Outcome;
import tutti.commit.TransactionId;
import tutti.event.EventId;
import tutti.journal.Backlog.InDoubt;
import tutti.journal.Focus;
import tutti.journal.ReplicaJournal;
import tutti.replica.Transaction;

/** Where an operator forces this site to show an outcome that nobody can tell it, and concludes that later. */
@ApplicationScoped
public class ForcedOutcomes {

    private static final Logger LOG = Logger.getLogger(ForcedOutcomes.class.getName());

    private static final int PROMISES_MOST = 100;

    @Inject
    private ReplicaJournal journal;

    @Inject
    private ErrandRunner errands;

    @Inject
    private Maintenance maintenance;

    @Inject
    private SiteConfig config;

    /** What came of it. */
    public enum Answer {
        FORCED,
        /** The decision has come just now. */
        DECIDED,
        /** The coordinator answers, so it is going to decide. */
        COORDINATOR_ANSWERS,
        /** A site that may know the decision is left alone from here, as an operator has asked. */
        DELIVERIES_PAUSED,
        /** Not of this kind, or not this outcome of it. */
        NOT_FORCIBLE
    }

    /** What this site has promised to others and does not know the outcome of, the oldest first; bounded. */
    public List<InDoubt> promised() {
        return journal.backlog(PROMISES_MOST).inDoubt().stream()
                .filter(promise -> !promise.id().coordinator().equals(config.self()))
                .toList();
    }

    /** Asks everybody once more, and forces the outcome if nobody can tell the decision. */
    public Answer force(EventId event, TransactionId id, Outcome outcome) {
        if (!maintenance.paused().isEmpty()) {
            return Answer.DELIVERIES_PAUSED;
        }
        var coordinatorAnswers = errands.ask(event, id);
        if (isDecided(event, id)) {
            return Answer.DECIDED;
        }
        if (coordinatorAnswers) {
            return Answer.COORDINATOR_ANSWERS;
        }
        var forced = journal.update(event, Focus.on(id, event), (replica, now) -> replica.force(id, outcome, now))
                .answer();
        if (forced) {
            LOG.warning(() -> "TUTTI016 forced transaction=" + id + " event=" + event + " outcome=" + outcome);
        }
        return forced ? Answer.FORCED : Answer.NOT_FORCIBLE;
    }

    /** Adopts the coordinator's decision as soon as it can be had. @return whether that is done already */
    public boolean conclude(EventId event, TransactionId id) {
        journal.update(event, Focus.on(id, event), (replica, now) -> replica.conclude(id));
        errands.ask(event, id);
        return isDecided(event, id);
    }

    private boolean isDecided(EventId event, TransactionId id) {
        return journal.look(event)
                .flatMap(looked ->
                        Optional.ofNullable(looked.replica().transactions().get(id)))
                .filter(Transaction::isHold)
                .isEmpty();
    }
}
