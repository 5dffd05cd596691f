package tutti.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tutti.commit.SiteName;
import tutti.event.EventId;

/**
 * Which database this is, and which ones the peers have. A site that has lost its disk comes back with another one, and
 * must not be taken for the one that has made promises; nor may a message of its old life be taken for one of the new.
 *
 * <p>What is remembered here of peers only saves looking it up: a step that rests on it looks again, under its lock.
 */
@ApplicationScoped
public class Incarnations {

    /** Emptied within a second or two, far from any time-out. */
    private static final int ROWS_AT_ONCE = 5_000;

    @Inject
    private IncarnationRows rows;

    private final Map<SiteName, String> met = new ConcurrentHashMap<>();

    private volatile ThisDatabase own;

    /** @throws StorageUnavailable when the database cannot be reached, and was not asked before */
    public ThisDatabase own() {
        if (own == null) {
            own = ReplicaJournal.persistently(rows::own);
        }
        return own;
    }

    /** The database of a peer that counts, where there has been one. */
    public Optional<String> of(SiteName peer) {
        return Optional.ofNullable(met.get(peer)).or(() -> {
            var newest = ReplicaJournal.persistently(() -> rows.newest(peer));
            newest.ifPresent(name -> met.put(peer, name));
            return newest;
        });
    }

    /** A peer has proved that this is its database; whether it is the one that counts here. */
    public boolean isMet(SiteName peer, String name) {
        if (name.equals(met.get(peer))) {
            return true;
        }
        ReplicaJournal.persistently(() -> {
            rows.meet(peer, name);
            return name;
        });
        met.remove(peer);
        return of(peer).equals(Optional.of(name));
    }

    /**
     * A peer has lost its disk, and has this database now.
     *
     * @return all that is known here of which databases sites have had
     * @throws Outdated when that is one which it has lost already
     */
    public List<Incarnation> succeed(SiteName peer, String name) {
        return ReplicaJournal.persistently(() -> {
            rows.succeed(peer, name);
            met.remove(peer);
            return rows.all();
        });
    }

    public void learn(List<Incarnation> known) {
        ReplicaJournal.persistently(() -> {
            rows.learn(known);
            return known;
        });
        met.clear();
    }

    /** An operator wants this site to be rebuilt; a database that is not empty stays as it is. */
    public void rebuildIfEmpty() {
        changed(rows::rebuildIfEmpty);
    }

    /** A restored copy gives up what may have changed since, bit by bit; if it is interrupted, it begins again. */
    public void rebuildRestored() {
        boolean more;
        do {
            more = ReplicaJournal.persistently(() -> rows.emptied(ROWS_AT_ONCE));
        } while (more);
        changed(rows::rebuildEmptied);
        met.clear();
    }

    /** Events up to this one, in the order of their ids, are here again. */
    public void rebuiltTo(EventId last) {
        changed(() -> rows.rebuiltTo(last));
    }

    /** Everything is here again. */
    public void serve() {
        changed(rows::serve);
    }

    private void changed(Runnable change) {
        ReplicaJournal.persistently(() -> {
            change.run();
            return change;
        });
        reread();
    }

    /** Another instance of this site may have brought the rebuild further, or to its end. */
    public ThisDatabase reread() {
        own = ReplicaJournal.persistently(rows::own);
        return own;
    }

    /** A page of all events here, in the order of their ids. */
    public List<EventId> eventsAfter(String last, int limit) {
        return ReplicaJournal.persistently(() -> rows.eventsAfter(last, limit));
    }
}
