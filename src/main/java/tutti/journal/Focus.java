package tutti.journal;

import java.util.Optional;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.Change.Erase;
import tutti.event.Change.PublishMontage;
import tutti.event.EventId;
import tutti.photo.Sha256;

/**
 * What a step needs beside the live part of its replica: the one ended transaction or ballot that its message names.
 *
 * @param ballot a ballot's number, or 0 for none
 * @param bytes what the step looks for on the disk, and may name in a row: it is not removed meanwhile
 * @param more which other records of what has ended it needs
 * @param said whose word the step rests on, and which of its databases has given it
 */
public record Focus(
        Optional<TransactionId> transaction, int ballot, Optional<Sha256> bytes, More more, Optional<Said> said) {

    private static final Focus LIVE = on(Optional.empty(), 0, More.NOTHING);

    /** Records beside the live ones and those that are named. */
    public enum More {
        NOTHING,
        /** All aborted transactions that are closed. */
        CLOSED,
        /** All there is. */
        EVERYTHING
    }

    /** A word of another site. */
    public record Said(SiteName by, String incarnation) {}

    private static Focus on(Optional<TransactionId> transaction, int ballot, More more) {
        return new Focus(transaction, ballot, Optional.empty(), more, Optional.empty());
    }

    /** Nothing that has ended. */
    public static Focus live() {
        return LIVE;
    }

    /** A transaction, with a publication its ballot, and with an erasure everything: any record may name who is erased. */
    public static Focus on(TransactionId id, EventId event) {
        var more = Erase.isSubject(id.subject()) ? More.EVERYTHING : More.NOTHING;
        return on(Optional.of(id), PublishMontage.ballotOf(id.subject(), event), more);
    }

    /** A ballot, and with it the record of its publication. */
    public static Focus on(int ballot) {
        return on(Optional.empty(), Math.max(0, ballot), More.NOTHING);
    }

    /** Every abort whose coordinator has said so itself. */
    public static Focus onClosed() {
        return on(Optional.empty(), 0, More.CLOSED);
    }

    /** The event with all its past. */
    public static Focus onEverything() {
        return on(Optional.empty(), 0, More.EVERYTHING);
    }

    /** The same, and a photo's bytes. */
    public Focus naming(Sha256 photo) {
        return new Focus(transaction, ballot, Optional.of(photo), more, said);
    }

    /** The same, for a step that rests on the word of a peer: it counts only if the peer has not lost its disk since. */
    public Focus saidBy(SiteName peer, String incarnation) {
        return new Focus(transaction, ballot, bytes, more, Optional.of(new Said(peer, incarnation)));
    }
}
