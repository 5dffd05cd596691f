package tutti.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.TransactionalException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.persistence.exceptions.DatabaseException;
import tutti.ballot.Ballot;
import tutti.event.EventId;
import tutti.photo.ContributorId;
import tutti.photo.Sha256;
import tutti.replica.ReplicaSettings;

/**
 * What this site remembers of all events. Every change goes through {@link #update}, which returns only when the step is on
 * disk. After a deadlock, a lock time-out or a commit of unknown outcome the step is run again on what is then read: a step
 * that was stored after all finds itself done.
 */
@ApplicationScoped
public class ReplicaJournal {

    private static final Logger LOG = Logger.getLogger(ReplicaJournal.class.getName());

    private static final int DEADLOCK = 1213;
    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int TRIES_FOR_A_LOCK = 6;
    private static final int TRIES_AFTER_A_FAILURE = 2;

    @Inject
    private JournalTransaction transaction;

    @Inject
    private NamedBytes namedBytes;

    @Inject
    private ErasedBytes erasedBytes;

    @Inject
    private DossierRows dossiers;

    @Inject
    private DigestRows digests;

    @Inject
    private ReplicaSettings settings;

    @Inject
    private Pauses pauses;

    @Inject
    private Event<Remembered> remembered;

    private final Turnstile turnstile = new Turnstile();

    /**
     * Runs a step under the lock of its event and stores what it changed.
     *
     * @throws StorageUnavailable when the database cannot be reached, and the step may or may not be stored; or when too many
     *     others wait for the same event, and it is not
     * @throws tutti.commit.BrokenInvariant when the step found one; nothing is stored
     */
    public <T> Saved<T> update(EventId id, Focus focus, Step<T> step) {
        var saved = turnstile.pass(id, () -> persistently(() -> transaction.run(settings, pauses, id, focus, step)));
        if (saved.news().changed()) {
            LOG.fine(() -> "TUTTI050 " + saved.news().turns());
        }
        remembered.fire(saved.news());
        return saved;
    }

    /** Runs a step for practice and leaves nothing behind, so that the first real one is not the slow one. */
    public <T> void rehearse(EventId id, Step<T> step) {
        persistently(() -> {
            transaction.rehearse(settings, pauses, id, step);
            return null;
        });
    }

    /** The replica as it is now, for looking only; empty where this site has never heard of the event. */
    public Optional<Looked> look(EventId id) {
        var looked = persistently(() -> transaction.look(settings, id));
        for (var tries = 1;
                tries < TRIES_FOR_A_LOCK
                        && looked.filter(seen -> !seen.steady()).isPresent();
                tries++) {
            looked = persistently(() -> transaction.look(settings, id));
        }
        return looked;
    }

    /**
     * Several replicas as they are now, in this order, at the cost of one; without those of which this site has never heard.
     * One that has changed while it was read is read again by itself.
     */
    public List<Looked> look(List<EventId> ids) {
        return persistently(() -> transaction.look(settings, ids)).stream()
                .flatMap(seen ->
                        seen.steady() ? Stream.of(seen) : look(seen.replica().id()).stream())
                .toList();
    }

    public List<Ballot> ballots(EventId id) {
        return persistently(() -> transaction.ballots(id));
    }

    /** The ballots that are open at this site, by event. */
    public Map<EventId, Integer> openBallots() {
        return persistently(transaction::openBallots);
    }

    /** Leases up to so many events that are due, and names them. */
    public List<EventId> claimDue(int limit) {
        return persistently(() -> transaction.claimDue(pauses, limit));
    }

    /** Returns when the database has answered. */
    public void ping() {
        persistently(transaction::ping);
    }

    public void hasten() {
        persistently(() -> {
            transaction.hasten();
            return null;
        });
    }

    /** Drops the records of aborts that are long over, at up to so many events. */
    public void forget(int events) {
        persistently(() -> transaction.withOldAborts(events))
                .forEach(id -> update(id, Focus.onClosed(), (replica, now) -> {
                    replica.forget(now);
                    return id;
                }));
    }

    public List<EventId> eventsOf(ContributorId user, int limit) {
        return persistently(() -> transaction.eventsOf(user, limit));
    }

    /** Whether this site has ever recorded that a photo of this user's comes in, even if it is out again. */
    public boolean remembersPhotosOf(EventId id, ContributorId user) {
        return persistently(() -> transaction.remembersPhotosOf(id, user));
    }

    public List<EventId> published(Optional<EventId> before, int limit) {
        return persistently(() -> transaction.published(before, limit));
    }

    /** A digest of what is decided here in each of these events, by id; without those in which nothing is. */
    public SortedMap<String, String> digests(Collection<EventId> events) {
        return persistently(() -> digests.of(events));
    }

    /** What this site has recorded of an event. */
    public Dossier dossier(EventId id) {
        return persistently(() -> dossiers.read(id));
    }

    /** The newest events of this site whose titles have these words in them, in whatever case; all where there are none. */
    public List<Listed> list(String words, int most) {
        return persistently(() -> dossiers.list(words, most));
    }

    /** What is not settled yet. @param promisesMost of how many promises in doubt it speaks at most */
    public Backlog backlog(int promisesMost) {
        return persistently(() -> transaction.backlog(promisesMost));
    }

    /** The photos' bytes on a shelf that some row names. @param shelf the first byte of their digests, 0 to 255 */
    public Set<Sha256> bytesNamedOn(int shelf) {
        return persistently(() -> namedBytes.onShelf(shelf));
    }

    /**
     * Removes bytes under their lock, if no row names them by then.
     *
     * @param removal may run again where nothing is left to remove
     * @return whether it ran
     */
    public boolean removeUnlessNamed(Sha256 bytes, Runnable removal) {
        return persistently(() -> namedBytes.removeUnlessNamed(bytes, removal));
    }

    /** The bytes that erasures have given up and that may still be on the disk, the oldest first. */
    public List<GivenUp> givenUp(int limit) {
        return persistently(() -> erasedBytes.all(limit));
    }

    /** What was given up so long ago is off the disk for good. */
    public void isGone(GivenUp bytes, Duration ago) {
        persistently(() -> {
            erasedBytes.drop(bytes, ago);
            return bytes;
        });
    }

    static <T> T persistently(Supplier<T> work) {
        for (var tries = 1; ; tries++) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (!isOfStorage(e)) {
                    throw e;
                }
                var most = isLockTrouble(e) ? TRIES_FOR_A_LOCK : TRIES_AFTER_A_FAILURE;
                if (tries >= most || !pausedFor(tries)) {
                    throw new StorageUnavailable(e);
                }
            }
        }
    }

    private static boolean isOfStorage(RuntimeException e) {
        return e instanceof PersistenceException
                || e instanceof TransactionalException
                || e instanceof DatabaseException
                || e instanceof IllegalStateException && isOfThePool(e);
    }

    /** Payara's pool trips over itself where two threads find at the same time that its connections are dead. */
    private static boolean isOfThePool(RuntimeException e) {
        return Arrays.stream(e.getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith("com.sun.enterprise.resource.pool."));
    }

    private static boolean isLockTrouble(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && (sql.getErrorCode() == DEADLOCK || sql.getErrorCode() == LOCK_WAIT_TIMEOUT)) {
                return true;
            }
        }
        return false;
    }

    private static boolean pausedFor(int tries) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, 20L * tries));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
