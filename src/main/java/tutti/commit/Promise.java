package tutti.commit;

import java.util.Optional;

/**
 * What a participant remembers of one transaction, the coordinator's own site included. It begins as nothing, may become
 * a hold, and ends as an outcome that stays: an aborted promise is a tombstone that keeps a late prepare out.
 *
 * <p>Source: Mohan, Lindsay, Obermarck, "Transaction management in the R* distributed database management system", 1986
 * (presumed abort).
 */
public record Promise(State state) {

    /** {@code NONE}: never heard of, or long aborted. */
    public enum State {
        NONE,
        PREPARED,
        COMMITTED,
        ABORTED
    }

    private static final Promise NONE = new Promise(State.NONE);

    public static Promise none() {
        return NONE;
    }

    /** What became of a promise that this site has lost. */
    public static Promise takenOver(Outcome outcome) {
        return new Promise(outcome == Outcome.COMMITTED ? State.COMMITTED : State.ABORTED);
    }

    /** Whether this is a hold: prepared, and not decided as far as this site knows. */
    public boolean isHold() {
        return state == State.PREPARED;
    }

    public boolean isCommitted() {
        return state == State.COMMITTED;
    }

    public boolean isAborted() {
        return state == State.ABORTED;
    }

    public Optional<Outcome> outcome() {
        return switch (state) {
            case COMMITTED -> Optional.of(Outcome.COMMITTED);
            case ABORTED -> Optional.of(Outcome.ABORTED);
            case NONE, PREPARED -> Optional.empty();
        };
    }

    /**
     * The answer to a prepare that was answered before, or empty where the rules have to be asked now.
     *
     * @param carried what a yes carries
     */
    public Optional<Vote> repeatedVote(int carried) {
        return switch (state) {
            case NONE -> Optional.empty();
            case PREPARED, COMMITTED -> Optional.of(new Vote.Yes(carried));
            // An abort may overtake its prepare, and after a NO others may have been told so: never YES from here.
            case ABORTED -> Optional.of(new Vote.No(Reason.ABORTED_BEFORE));
        };
    }

    /** The rules have said yes. */
    public Promise prepared() {
        return onlyFromNone(State.PREPARED);
    }

    /** The rules have said no; a NO is durable too, since people may be let on once it is told. */
    public Promise refused() {
        return onlyFromNone(State.ABORTED);
    }

    /**
     * The coordinator's decision, or one learnt from another participant. A repetition changes nothing.
     *
     * @throws BrokenInvariant for a commit of what was aborted or never prepared here, or an abort of what was committed
     */
    public Promise onOutcome(Outcome outcome, TransactionId id) {
        if (outcome == Outcome.COMMITTED && (state == State.NONE || state == State.ABORTED)) {
            throw new BrokenInvariant("commit of " + id + ", which is " + state + " here");
        }
        if (outcome == Outcome.ABORTED && state == State.COMMITTED) {
            throw new BrokenInvariant("abort of " + id + ", which is COMMITTED here");
        }
        return new Promise(outcome == Outcome.COMMITTED ? State.COMMITTED : State.ABORTED);
    }

    /**
     * A participant in doubt asks. The coordinator's "nothing" means aborted; another participant that has never
     * prepared makes it so, with a tombstone, before it answers; a hold cannot say.
     */
    public Promise onQuestion() {
        return state == State.NONE ? new Promise(State.ABORTED) : this;
    }

    private Promise onlyFromNone(State next) {
        if (state != State.NONE) {
            throw new BrokenInvariant("a promise that is " + state + " cannot become " + next);
        }
        return new Promise(next);
    }
}
