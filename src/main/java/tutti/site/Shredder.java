package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.journal.GivenUp;
import tutti.journal.Remembered;
import tutti.journal.ReplicaJournal;
import tutti.photo.Sha256;
import tutti.pictures.Derived;
import tutti.pictures.PhotoFiles;

/**
 * Removes from this site's disk what erased people's photos have left there: the bytes, unless another photo is the same
 * picture, the tiles, and every montage that they may have been on. What has to go is in the database, so it goes after a
 * crash, too; and it goes twice, with a pause between, since a montage may just be being painted.
 */
@ApplicationScoped
public class Shredder {

    private static final Logger LOG = Logger.getLogger(Shredder.class.getName());

    private static final int AT_ONCE = 10_000;

    /** Longer than a montage is being painted, or an upload is on its way through this site. */
    private static final Duration KEPT_IN_MIND = Duration.ofMinutes(10);

    @Inject
    private ReplicaJournal journal;

    @Inject
    private PhotoFiles files;

    @Inject
    private Derived derived;

    @Inject
    private Together together;

    @Inject
    private Standing standing;

    void onRemembered(@Observes Remembered remembered) {
        if (remembered.givesUpBytes()) {
            together.later("removal of what was erased in event " + remembered.event(), this::shred);
        }
    }

    /** Whatever this site was about to remove when it died is removed after its start. */
    void goOn() {
        together.later("removal of what was erased before", this::shred);
    }

    /** Removes all that was given up, whenever that was. */
    public void shred() {
        if (!standing.serves()) {
            return; // rows that name the same bytes may still be on their way here
        }
        for (var givenUp : journal.givenUp(AT_ONCE)) {
            try {
                remove(givenUp);
            } catch (IOException | UncheckedIOException e) {
                LOG.log(Level.WARNING, "TUTTI046 what was erased could not be removed, and will be tried again", e);
            }
        }
    }

    private void remove(GivenUp givenUp) throws IOException {
        journal.removeUnlessNamed(givenUp.bytes(), () -> delete(givenUp.bytes()));
        derived.forgetMontages(givenUp.event().value());
        journal.isGone(givenUp, KEPT_IN_MIND);
    }

    private void delete(Sha256 bytes) {
        try {
            files.delete(bytes.hex());
            derived.forgetTiles(bytes.hex());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
