package tutti.commit;

import java.util.Optional;

/**
 * How a transaction was decided, as it is told from site to site.
 *
 * @param carried the greatest number carried by the yes votes; 0 for an abort
 * @param reason why it was aborted, where that is known
 */
public record Decision(TransactionId id, Outcome outcome, int carried, Optional<Reason> reason) {

    /** An abort whose cause is not known here. */
    public static Decision aborted(TransactionId id) {
        return new Decision(id, Outcome.ABORTED, 0, Optional.empty());
    }
}
