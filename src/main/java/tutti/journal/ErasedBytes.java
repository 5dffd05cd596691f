package tutti.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import tutti.event.EventId;
import tutti.photo.Sha256;

/**
 * The bytes whose last name in an event was erased, until they are surely gone from the disk. They are written down in the
 * very step that erases the names, since nothing would lead to them after a crash.
 */
@ApplicationScoped
class ErasedBytes extends Tables {

    @Transactional(TxType.MANDATORY)
    public void add(EventId event, Collection<Sha256> bytes, Instant now) {
        bytes.forEach(one -> database.createNativeQuery("INSERT INTO erased_bytes (event_id, sha256, since_us)"
                        + " VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE since_us = VALUES(since_us)")
                .setParameter(1, event.value())
                .setParameter(2, one.hex())
                .setParameter(3, Columns.micros(now))
                .executeUpdate());
    }

    @Transactional(TxType.REQUIRES_NEW)
    public List<GivenUp> all(int limit) {
        List<?> rows = database.createNativeQuery(
                        "SELECT event_id, sha256 FROM erased_bytes ORDER BY since_us LIMIT " + limit)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new GivenUp(new EventId(row[0].toString()), new Sha256(row[1].toString())))
                .toList();
    }

    /** Drops what was given up so long ago, unless it was given up again since. */
    @Transactional(TxType.REQUIRES_NEW)
    public void drop(GivenUp gone, Duration ago) {
        database.createNativeQuery("DELETE FROM erased_bytes WHERE event_id = ? AND sha256 = ?"
                        + " AND since_us < UNIX_TIMESTAMP(SYSDATE(6)) * 1000000 - ?")
                .setParameter(1, gone.event().value())
                .setParameter(2, gone.bytes().hex())
                .setParameter(3, ago.toMillis() * 1_000)
                .executeUpdate();
    }
}
