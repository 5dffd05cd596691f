package tutti.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tutti.commit.SiteName;
import tutti.event.EventId;

/** Which database this is, and which ones of the peers it has dealt with; one database transaction each. */
@ApplicationScoped
class IncarnationRows extends Tables {

    @Transactional(TxType.REQUIRES_NEW)
    public ThisDatabase own() {
        var row = (Object[]) database.createNativeQuery("SELECT incarnation, state, rebuilt_to FROM this_database")
                .getSingleResult();
        return new ThisDatabase(row[0].toString(), ThisDatabase.State.valueOf(row[1].toString()), row[2].toString());
    }

    @Transactional(TxType.REQUIRES_NEW)
    public void rebuildIfEmpty() {
        if (database.createNativeQuery("SELECT id FROM event LIMIT 1")
                .getResultList()
                .isEmpty()) {
            database.createNativeQuery("UPDATE this_database SET state = 'REBUILDING'")
                    .executeUpdate();
        }
    }

    /**
     * Empties a copy of what the site was once, so many rows of each table at a time. The votes in it were never changed, and
     * stay; all else may have changed since, and comes from the peers.
     *
     * @return whether there was anything left to remove
     */
    @Transactional(TxType.REQUIRES_NEW)
    public boolean emptied(int rows) {
        return Stream.of("event", "photo", "upload", "commitment", "incarnation")
                        .mapToInt(table -> database.createNativeQuery("DELETE FROM " + table + " LIMIT " + rows)
                                .executeUpdate())
                        .sum()
                > 0;
    }

    @Transactional(TxType.REQUIRES_NEW)
    public void rebuildEmptied() {
        database.createNativeQuery("UPDATE ballot SET state = 'ABORTED' WHERE state = 'OPEN'")
                .executeUpdate();
        database.createNativeQuery("UPDATE this_database SET state = 'REBUILDING'")
                .executeUpdate();
    }

    @Transactional(TxType.REQUIRES_NEW)
    public void rebuiltTo(EventId last) {
        database.createNativeQuery("UPDATE this_database SET rebuilt_to = ?")
                .setParameter(1, last.value())
                .executeUpdate();
    }

    @Transactional(TxType.REQUIRES_NEW)
    public void serve() {
        database.createNativeQuery("UPDATE this_database SET state = 'SERVING', rebuilt_to = ''")
                .executeUpdate();
    }

    @Transactional(TxType.REQUIRES_NEW)
    public Optional<String> newest(SiteName site) {
        return read(site);
    }

    private Optional<String> read(SiteName site) {
        List<?> names = database.createNativeQuery("SELECT name FROM incarnation WHERE site = ? AND newest")
                .setParameter(1, site.name())
                .getResultList();
        return names.stream().map(Object::toString).findFirst();
    }

    /** Within the step that rests on it: a database of which the site has been heard of before counts, or the first one. */
    @Transactional(TxType.MANDATORY)
    public void require(SiteName site, String name) {
        if (!read(site).orElse(name).equals(name)) {
            throw new Outdated(site, name);
        }
    }

    /** The first database of a site that is ever heard of is the newest; any other one has to be announced. */
    @Transactional(TxType.REQUIRES_NEW)
    public void meet(SiteName site, String name) {
        if (read(site).isEmpty()) {
            put(new Incarnation(site, name, true));
        }
    }

    /**
     * A site says that it has lost its disk, and that this is its database now. One announcement at a time: of two that are
     * alike, the second would else take the database for one more that is lost, and the site could never come back.
     */
    @Transactional(TxType.REQUIRES_NEW)
    public void succeed(SiteName site, String name) {
        database.createNativeQuery("SELECT id FROM this_database FOR UPDATE").getSingleResult();
        var known = database.createNativeQuery("SELECT newest FROM incarnation WHERE site = ? AND name = ?")
                .setParameter(1, site.name())
                .setParameter(2, name)
                .getResultList();
        if (known.isEmpty()) {
            database.createNativeQuery("UPDATE incarnation SET newest = FALSE WHERE site = ?")
                    .setParameter(1, site.name())
                    .executeUpdate();
            put(new Incarnation(site, name, true));
        }
        require(site, name);
    }

    @Transactional(TxType.REQUIRES_NEW)
    public List<Incarnation> all() {
        List<?> rows = database.createNativeQuery("SELECT site, name, newest FROM incarnation")
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Incarnation(new SiteName(row[0].toString()), row[1].toString(), isTrue(row[2])))
                .toList();
    }

    private static boolean isTrue(Object column) {
        return column.equals(true) || column instanceof Number number && number.intValue() == 1;
    }

    /** What other sites have learnt of each other's databases. */
    @Transactional(TxType.REQUIRES_NEW)
    public void learn(List<Incarnation> known) {
        known.forEach(this::put);
    }

    private void put(Incarnation one) {
        database.createNativeQuery("INSERT INTO incarnation (site, name, newest) VALUES (?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE newest = newest AND VALUES(newest)")
                .setParameter(1, one.site().name())
                .setParameter(2, one.name())
                .setParameter(3, one.newest())
                .executeUpdate();
    }

    @Transactional(TxType.REQUIRES_NEW)
    public List<EventId> eventsAfter(String last, int limit) {
        List<?> ids = database.createNativeQuery("SELECT id FROM event WHERE id > ? ORDER BY id LIMIT " + limit)
                .setParameter(1, last)
                .getResultList();
        return ids.stream().map(Object::toString).map(EventId::new).toList();
    }
}
