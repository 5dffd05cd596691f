package tutti.replica;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tutti.commit.Coordination;
import tutti.commit.Decision;
import tutti.commit.Promise;
import tutti.commit.Reason;
import tutti.commit.TransactionId;
import tutti.event.Change;

/**
 * All that one site remembers of one transaction on the event.
 *
 * @param change empty for a tombstone whose prepare never came
 * @param coordination at its coordinator only
 * @param reason why it was refused or aborted, where known
 * @param carried the ballot number that its yes votes carried, once committed
 * @param since when it was first recorded here
 * @param decidedAt when its outcome was recorded here
 * @param closedAt when the coordinator itself had said here that it is aborted: nothing new comes of it after that
 * @param forced what an operator has this site show meanwhile; empty as soon as it is decided here
 */
public record Transaction(
        TransactionId id,
        Optional<Change> change,
        Promise promise,
        Optional<Coordination> coordination,
        Optional<Reason> reason,
        int carried,
        Instant since,
        Optional<Instant> decidedAt,
        Optional<Instant> closedAt,
        Optional<Forced> forced) {

    /** How long an abort is remembered after its coordinator's own word: longer than any message is under way. */
    public static final Duration ABORTS_KEPT = Duration.ofHours(24);

    static Transaction prepared(TransactionId id, Change change, Optional<Coordination> coordination, Instant now) {
        return new Transaction(
                id,
                Optional.of(change),
                Promise.none().prepared(),
                coordination,
                Optional.empty(),
                0,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Transaction refused(TransactionId id, Change change, Reason why, Instant now) {
        return new Transaction(
                id,
                Optional.of(change),
                Promise.none().refused(),
                Optional.empty(),
                Optional.of(why),
                0,
                now,
                Optional.of(now),
                Optional.empty(),
                Optional.empty());
    }

    /** A record of something this site has not prepared. */
    static Transaction unheard(TransactionId id, Instant now) {
        return new Transaction(
                id,
                Optional.empty(),
                Promise.none(),
                Optional.empty(),
                Optional.empty(),
                0,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Decided before this site lost its disk, or by what its peers say of it. */
    static Transaction takenOver(
            Decision decision, Optional<Change> change, Optional<Coordination> coordination, Instant now) {
        return new Transaction(
                        decision.id(),
                        change,
                        Promise.takenOver(decision.outcome()),
                        coordination,
                        decision.reason(),
                        decision.carried(),
                        now,
                        Optional.of(now),
                        Optional.empty(),
                        Optional.empty())
                .closed(now);
    }

    public boolean isHold() {
        return promise.isHold();
    }

    /** Whether this site coordinates it and has not decided it yet. */
    public boolean isRunningHere() {
        return coordination.filter(Coordination::isOpen).isPresent();
    }

    /** Whether it is another site's to decide, and that takes longer than it should. */
    boolean isInDoubt(ReplicaSettings settings, Instant now) {
        return isHold() && coordination.isEmpty() && !now.isBefore(since.plus(settings.inDoubtAfter()));
    }

    /** What an operator has this site show while it is in doubt; empty to show what is known again. */
    Transaction with(Optional<Forced> shown) {
        return new Transaction(id, change, promise, coordination, reason, carried, since, decidedAt, closedAt, shown);
    }

    Transaction with(Coordination next) {
        return new Transaction(
                id, change, promise, Optional.of(next), reason, carried, since, decidedAt, closedAt, forced);
    }

    /** The same record of a change that says less. */
    Transaction with(Change emptied) {
        return new Transaction(
                id, Optional.of(emptied), promise, coordination, reason, carried, since, decidedAt, closedAt, forced);
    }

    /** Records a decision; the same one again changes nothing. */
    Transaction decided(Decision decision, Instant now) {
        var next = promise.onOutcome(decision.outcome(), id);
        return next.equals(promise)
                ? this
                : new Transaction(
                        id,
                        change,
                        next,
                        coordination,
                        decision.reason(),
                        decision.carried(),
                        since,
                        Optional.of(now),
                        closedAt,
                        Optional.empty());
    }

    /** Asked by a site in doubt that has not got through to the coordinator. */
    Transaction ruledOutIfUnheard(Instant now) {
        var next = promise.onQuestion();
        return next.equals(promise)
                ? this
                : new Transaction(
                        id,
                        change,
                        next,
                        coordination,
                        Optional.of(Reason.RULED_OUT),
                        carried,
                        since,
                        Optional.of(now),
                        closedAt,
                        forced);
    }

    /** The coordinator itself has decided; the first such moment stays. */
    Transaction closed(Instant now) {
        return closedAt.isPresent() || !promise.isAborted()
                ? this
                : new Transaction(
                        id, change, promise, coordination, reason, carried, since, decidedAt, Optional.of(now), forced);
    }

    /** Whether it may be dropped: an abort that nobody has to be told any more, and about which nobody will ask. */
    boolean isForgettable(Instant now) {
        var owed = coordination.filter(own -> !own.owed().isEmpty()).isPresent();
        return !owed
                && closedAt.filter(at -> !now.isBefore(at.plus(ABORTS_KEPT))).isPresent();
    }

    /** How it was decided, or empty while this site does not know. */
    public Optional<Decision> decision() {
        return promise.outcome().map(outcome -> new Decision(id, outcome, carried, reason));
    }
}
