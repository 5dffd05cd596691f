package tutti.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import tutti.photo.Sha256;

/** A digest for each event, over all of it that every site must have alike once it is decided and delivered. */
public final class EventDigests {

    private final SortedMap<String, String> events = new TreeMap<>();

    EventDigests() {}

    /**
     * Of some events alone, as one database has them now.
     *
     * @param ids at least one
     * @return by id, in hexadecimal; without those of which nothing is decided there
     */
    public static SortedMap<String, String> of(Connection connection, Collection<String> ids) throws SQLException {
        var digests = new EventDigests();
        for (var kind : Kind.values()) {
            try (var select = connection.prepareStatement(kind.ofEvents(ids.size()))) {
                var place = 1;
                for (var id : ids) {
                    select.setString(place++, id);
                }
                try (var rows = select.executeQuery()) {
                    digests.take(kind, rows);
                }
            }
        }
        return digests.events;
    }

    /** Takes in all rows of a kind, in their order; kinds come in theirs. */
    void take(Kind kind, ResultSet rows) throws SQLException {
        while (rows.next()) {
            var row = kind + " " + rows.getString(kind.key()) + " " + values(kind, rows);
            events.merge(rows.getString("event_id"), Sha256.of(row).hex(), (before, more) -> Sha256.of(before + more)
                    .hex());
        }
    }

    static Map<String, String> values(Kind kind, ResultSet row) throws SQLException {
        var values = new TreeMap<String, String>();
        for (var column : kind.columns()) {
            values.put(column, Objects.toString(row.getString(column), "nothing"));
        }
        return values;
    }

    SortedMap<String, String> events() {
        return events;
    }
}
