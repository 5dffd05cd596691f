package tutti.journal;

import java.util.Optional;
import tutti.commit.TransactionId;
import tutti.event.Change.PublishMontage;
import tutti.event.EventId;
import tutti.photo.Sha256;

/**
 * What a step needs beside the live part of its replica: the one ended transaction or ballot that its message names.
 *
 * @param ballot a ballot's number, or 0 for none
 * @param bytes what the step looks for on the disk, and may name in a row: it is not removed meanwhile
 * @param closed whether it needs all aborted transactions that are closed
 */
public record Focus(Optional<TransactionId> transaction, int ballot, Optional<Sha256> bytes, boolean closed) {

    private static final Focus LIVE = new Focus(Optional.empty(), 0, Optional.empty(), false);

    /** Nothing that has ended. */
    public static Focus live() {
        return LIVE;
    }

    /** A transaction, and with a publication its ballot. */
    public static Focus on(TransactionId id, EventId event) {
        return new Focus(Optional.of(id), PublishMontage.ballotOf(id.subject(), event), Optional.empty(), false);
    }

    /** A ballot, and with it the record of its publication. */
    public static Focus on(int ballot) {
        return new Focus(Optional.empty(), Math.max(0, ballot), Optional.empty(), false);
    }

    /** The same, and a photo's bytes. */
    public Focus naming(Sha256 photo) {
        return new Focus(transaction, ballot, Optional.of(photo), closed);
    }

    /** Every abort whose coordinator has said so itself. */
    public static Focus onClosed() {
        return new Focus(Optional.empty(), 0, Optional.empty(), true);
    }
}
