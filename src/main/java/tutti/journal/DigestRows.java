package tutti.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.SortedMap;
import tutti.event.EventId;
import tutti.verify.EventDigests;

/** What this site has of some events, as a digest for each, to be compared with the other sites'. */
@ApplicationScoped
class DigestRows extends Tables {

    @Transactional(TxType.REQUIRES_NEW)
    public SortedMap<String, String> of(Collection<EventId> events) {
        try {
            return EventDigests.of(
                    database.unwrap(Connection.class),
                    events.stream().map(EventId::value).toList());
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }
}
