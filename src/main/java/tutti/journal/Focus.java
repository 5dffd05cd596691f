package tutti.journal;

import java.util.Optional;
import tutti.commit.TransactionId;
import tutti.event.Change.PublishMontage;
import tutti.event.EventId;

/**
 * What a step needs beside the live part of its replica: the one ended transaction or ballot that its message names.
 *
 * @param ballot a ballot's number, or 0 for none
 */
public record Focus(Optional<TransactionId> transaction, int ballot) {

    private static final Focus LIVE = new Focus(Optional.empty(), 0);

    /** Nothing that has ended. */
    public static Focus live() {
        return LIVE;
    }

    /** A transaction, and with a publication its ballot. */
    public static Focus on(TransactionId id, EventId event) {
        return new Focus(Optional.of(id), PublishMontage.ballotOf(id.subject(), event));
    }

    /** A ballot, and with it the record of its publication. */
    public static Focus on(int ballot) {
        return new Focus(Optional.empty(), Math.max(0, ballot));
    }
}
