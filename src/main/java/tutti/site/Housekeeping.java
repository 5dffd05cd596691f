package tutti.site;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.journal.ReplicaJournal;
import tutti.journal.StorageUnavailable;
import tutti.photo.Sha256;
import tutti.pictures.Derived;
import tutti.pictures.PhotoFiles;

/**
 * Gives disk space back: tiles and montages that can be made again, photos' bytes that nothing names, and records of aborts
 * that are long over. What was erased is removed at once, and here once more.
 */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class.getName());

    private static final int EVENTS_AT_ONCE = 200;

    /** An upload names its bytes within minutes; a retry by hand that comes later just sends them again. */
    private static final Duration KEPT_UNNAMED = Duration.ofHours(24);

    @Inject
    private Derived derived;

    @Inject
    private PhotoFiles files;

    @Inject
    private ReplicaJournal journal;

    @Inject
    private Shredder shredder;

    @Inject
    private SiteConfig config;

    @Inject
    private Standing standing;

    private int nextShelf;

    @Schedule(hour = "*", minute = "17", persistent = false)
    void trimCache() {
        try {
            derived.trim(config.limits().cacheBytesMax());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "TUTTI042 the cache could not be trimmed", e);
        }
    }

    /** Each shelf in its turn, all of them within a day. */
    @Schedule(hour = "*", minute = "*/5", persistent = false)
    void tidyNextShelf() {
        try {
            if (!standing.serves()) {
                return; // what will be named again when the rebuild has come to it
            }
            removeUnnamed(nextShelf);
            files.measure(nextShelf);
            nextShelf = (nextShelf + 1) % PhotoFiles.SHELVES;
        } catch (IOException | UncheckedIOException | StorageUnavailable e) {
            LOG.log(Level.WARNING, "TUTTI043 bytes that nothing names could not be removed", e);
        }
    }

    @Schedule(hour = "*", minute = "*/5", second = "30", persistent = false)
    public void forgetOldAborts() {
        try {
            journal.forget(EVENTS_AT_ONCE);
        } catch (StorageUnavailable e) {
            LOG.log(Level.WARNING, "TUTTI045 records of old aborts could not be dropped", e);
        }
    }

    @Schedule(hour = "*", minute = "*/5", second = "15", persistent = false)
    void shred() {
        try {
            shredder.shred();
        } catch (StorageUnavailable e) {
            LOG.log(Level.FINE, "what was erased is removed when the database is back", e);
        }
    }

    /** Removes what no row has named for a day from a shelf, 0 to 255. */
    public void removeUnnamed(int shelf) throws IOException {
        removeUnnamed(shelf, KEPT_UNNAMED);
    }

    /**
     * Removes all that this site may have kept from before it was rebuilt, and that the others have erased meanwhile: what no
     * row names, and all that was made of it.
     */
    public void removeAllUnnamed() throws IOException {
        for (var shelf = 0; shelf < PhotoFiles.SHELVES; shelf++) {
            removeUnnamed(shelf, Duration.ZERO);
        }
        derived.forgetAll();
    }

    private void removeUnnamed(int shelf, Duration untouchedFor) throws IOException {
        var candidates = files.untouched(shelf, untouchedFor);
        if (candidates.isEmpty()) {
            return;
        }
        var kept = journal.bytesNamedOn(shelf);
        candidates.stream()
                .map(Sha256::new)
                .filter(bytes -> !kept.contains(bytes))
                .forEach(this::removeIfUnnamed);
    }

    private void removeIfUnnamed(Sha256 bytes) {
        var removed = journal.removeUnlessNamed(bytes, () -> {
            try {
                files.delete(bytes.hex());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        if (removed) {
            LOG.info(() -> "TUTTI044 removed bytes that nothing names: " + bytes);
        }
    }
}
