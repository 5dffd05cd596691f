package tutti.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tutti.photo.Sha256;

/**
 * One site's decided state at one moment, as a digest for each event, and what of it is still under way. All is read in one
 * consistent snapshot of the database; the bytes of photos are hashed again, which no row can stand for.
 */
final class Snapshot {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int ROWS_AT_ONCE = 1000;

    private static final String UNDER_WAY =
            """
            SELECT 'promise', id, event_id FROM commitment WHERE state = 'PREPARED'
            UNION ALL SELECT 'outcome to be told', id, event_id FROM commitment WHERE live AND state <> 'PREPARED'
            UNION ALL SELECT 'open ballot', number, event_id FROM ballot WHERE state = 'OPEN'
            UNION ALL SELECT 'waiting photo', id, event_id FROM upload WHERE refusal IS NULL
            UNION ALL SELECT 'montage that is being taken down', id, id FROM event WHERE phase = 'TAKING_DOWN'
            UNION ALL SELECT 'erasure of', erasing, id FROM event WHERE erasing <> ''
            UNION ALL SELECT 'event that is being created', id, id FROM event WHERE phase = 'CREATING'""";

    private static final String NAMED_BYTES =
            """
            SELECT sha256 FROM photo WHERE bytes > 0
            UNION SELECT sha256 FROM upload WHERE refusal IS NULL
            ORDER BY sha256""";

    private final SiteStore store;
    private final EventDigests events = new EventDigests();
    private final List<String> underWay = new ArrayList<>();
    private final List<String> damages = new ArrayList<>();
    private int files;

    private Snapshot(SiteStore store) {
        this.store = store;
    }

    /** @throws StoreUnreadable when the database or the folder cannot be read */
    static Snapshot of(SiteStore store) {
        var snapshot = new Snapshot(store);
        try (var connection = store.open();
                var begin = connection.createStatement()) {
            begin.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
            for (var kind : Kind.values()) {
                snapshot.digest(kind, connection);
            }
            snapshot.underWay.addAll(column(connection, UNDER_WAY));
            for (var sha256 : column(connection, NAMED_BYTES)) {
                snapshot.rehash(sha256);
            }
            return snapshot;
        } catch (SQLException | IOException e) {
            throw new StoreUnreadable(store, e);
        }
    }

    /** Only what is under way. */
    static List<String> underWayAt(SiteStore store) {
        try (var connection = store.open()) {
            return column(connection, UNDER_WAY);
        } catch (SQLException e) {
            throw new StoreUnreadable(store, e);
        }
    }

    private void digest(Kind kind, Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(kind.ofAllEvents())) {
            select.setFetchSize(ROWS_AT_ONCE);
            try (var rows = select.executeQuery()) {
                events.take(kind, rows);
            }
        }
    }

    private void rehash(String sha256) throws IOException {
        var file = store.file(sha256);
        var digest = Sha256.digest();
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[BUFFER_BYTES];
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            files++;
        } catch (NoSuchFileException e) {
            damages.add("The bytes " + sha256 + ", which the database of " + store + " names, are not there: " + file
                    + ".");
            return;
        }
        if (!MessageDigest.isEqual(digest.digest(), HexFormat.of().parseHex(sha256))) {
            damages.add("The bytes " + sha256 + " at " + store + " are not what they were: " + file + ".");
        }
    }

    /** All there is of a kind in one event, by key, each as its columns. */
    static SortedMap<String, Map<String, String>> rows(SiteStore store, Kind kind, String event) {
        try (var connection = store.open();
                var select = connection.prepareStatement(kind.ofEvents(1))) {
            select.setString(1, event);
            return rows(kind, select);
        } catch (SQLException e) {
            throw new StoreUnreadable(store, e);
        }
    }

    private static SortedMap<String, Map<String, String>> rows(Kind kind, PreparedStatement select)
            throws SQLException {
        var found = new TreeMap<String, Map<String, String>>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                found.put(rows.getString(kind.key()), EventDigests.values(kind, rows));
            }
        }
        return found;
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                var words = new ArrayList<String>();
                for (var i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    words.add(rows.getString(i));
                }
                found.add(String.join(" ", words));
            }
            return found;
        }
    }

    SiteStore store() {
        return store;
    }

    /** Each event's digest over all decided rows of it. */
    SortedMap<String, String> events() {
        return events.events();
    }

    /** What is not decided yet, or not told to all: while there is any, sites may differ without harm. */
    List<String> underWay() {
        return underWay;
    }

    /** A sentence for each file that is missing or is not what its name says. */
    List<String> damages() {
        return damages;
    }

    int files() {
        return files;
    }

    /** One digest over all of it. */
    String digest() {
        var all = new StringBuilder();
        events().forEach((event, digest) -> all.append(event).append(digest));
        return Sha256.of(all.toString()).hex();
    }
}
