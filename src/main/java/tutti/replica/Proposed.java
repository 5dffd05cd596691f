package tutti.replica;

import tutti.commit.TransactionId;
import tutti.event.Refusal;
import tutti.photo.Photo;

/** What became of the wish to add a photo. */
public sealed interface Proposed {

    /** Prepared at home; the peers are to be asked. */
    record Begun(TransactionId id) implements Proposed {}

    /** The very photo is in already. */
    record AlreadyThere(Photo photo) implements Proposed {}

    /** Another attempt at the same photo is running at this site. */
    record Running(TransactionId id) implements Proposed {}

    /** Kept here, and tried again until it is in. */
    record Waiting(Upload upload) implements Proposed {}

    /**
     * Not now, or never.
     *
     * @param again whether the cause may pass
     */
    record Refused(Refusal refusal, boolean again) implements Proposed {}
}
