package tutti.journal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.Optional;
import tutti.commit.Coordination;
import tutti.commit.Outcome;
import tutti.commit.Promise;
import tutti.commit.Reason;
import tutti.commit.TransactionId;
import tutti.event.EventId;
import tutti.replica.Forced;
import tutti.replica.Transaction;

/** What this site has promised and, where it is the coordinator, decided, for one transaction. */
@Entity
@Table(name = "commitment")
@IdClass(InEvent.class)
class CommitmentRow {

    @Id
    @Column(name = "event_id")
    private String eventId;

    @Id
    private String id;

    private String state;
    private boolean live;
    private String content;
    private String peers;
    private String acknowledged;

    @Column(name = "deadline_us")
    private Long deadline;

    private int carried;
    private String reason;

    @Column(name = "reason_again")
    private boolean reasonAgain;

    @Column(name = "since_us")
    private long since;

    @Column(name = "decided_us")
    private Long decidedAt;

    @Column(name = "closed_us")
    private Long closedAt;

    private String forced;
    private boolean mixed;

    protected CommitmentRow() {}

    CommitmentRow(EventId event, TransactionId transaction) {
        eventId = event.value();
        id = transaction.toString();
    }

    String eventId() {
        return eventId;
    }

    Transaction read() {
        var promise = new Promise(Promise.State.valueOf(state));
        var why = Optional.ofNullable(reason).map(code -> new Reason(code, reasonAgain));
        return new Transaction(
                TransactionId.parse(id),
                Optional.ofNullable(content).map(ChangeText::read),
                promise,
                readCoordination(promise, why),
                why,
                promise.isCommitted() ? carried : 0,
                Columns.instant(since),
                Columns.instant(decidedAt),
                Columns.instant(closedAt),
                readForced(forced, mixed));
    }

    static Optional<Forced> readForced(String outcome, boolean mixed) {
        return Optional.ofNullable(outcome).map(known -> new Forced(Outcome.valueOf(known), mixed));
    }

    /** A coordinator's decision and its own promise are made in one step: the state says both. */
    private Optional<Coordination> readCoordination(Promise promise, Optional<Reason> why) {
        return peers == null
                ? Optional.empty()
                : Optional.of(new Coordination(
                        Columns.sites(peers),
                        Columns.instant(deadline.longValue()),
                        promise.outcome(),
                        carried,
                        why,
                        Columns.sites(acknowledged)));
    }

    void write(Transaction transaction) {
        var coordination = transaction.coordination();
        state = transaction.promise().state().name();
        live = transaction.isHold()
                || coordination.filter(own -> !own.owed().isEmpty()).isPresent();
        content = transaction.change().<String>map(ChangeText::write).orElse(null);
        peers = coordination.map(own -> Columns.list(own.peers())).orElse(null);
        acknowledged = coordination.map(own -> Columns.list(own.acknowledged())).orElse(null);
        deadline = coordination.map(own -> Columns.micros(own.deadline())).orElse(null);
        carried = coordination.map(Coordination::carried).orElse(transaction.carried());
        reason = transaction.reason().map(Reason::code).orElse(null);
        reasonAgain = transaction.reason().map(Reason::again).orElse(false);
        since = Columns.micros(transaction.since());
        decidedAt = Columns.micros(transaction.decidedAt());
        closedAt = Columns.micros(transaction.closedAt());
        forced = transaction.forced().map(shown -> shown.outcome().name()).orElse(null);
        mixed = transaction.forced().map(Forced::mixed).orElse(false);
    }
}
