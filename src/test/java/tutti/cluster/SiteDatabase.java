package tutti.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.sql.XADataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import tutti.verify.SiteStore;

/** A look into a site's own database, with the site's own password. */
public final class SiteDatabase {

    private static final String USER = "tutti";

    private final Site site;
    private final String url;
    private final String password;

    private SiteDatabase(Site site, String url, String password) {
        this.site = site;
        this.url = url;
        this.password = password;
    }

    static SiteDatabase of(Site site, int port, Path var) throws IOException {
        var secrets = new Properties();
        try (var reader = Files.newBufferedReader(var.resolve(site.id()).resolve("secrets.properties"))) {
            secrets.load(reader);
        }
        var url = "jdbc:mariadb://127.0.0.1:" + port + "/tutti?connectTimeout=2000&socketTimeout=20000";
        return new SiteDatabase(site, url, secrets.getProperty("tutti.db.password"));
    }

    public Site site() {
        return site;
    }

    SiteStore store(Path photos) {
        return new SiteStore(site.id(), url, USER, password, photos);
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(url, USER, password);
    }

    /** For transactions over more than one of them. */
    public XADataSource xa() {
        try {
            var source = new MariaDbDataSource(url);
            source.setUser(USER);
            source.setPassword(password);
            return source;
        } catch (SQLException e) {
            throw new IllegalStateException("no driver for " + url, e);
        }
    }

    /** Rows, each as its columns with blanks between. */
    public List<String> rows(String sql, Object... parameters) {
        try (var connection = open();
                var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (var result = statement.executeQuery()) {
                var rows = new ArrayList<String>();
                while (result.next()) {
                    var columns = new ArrayList<String>();
                    for (var i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        columns.add(Objects.toString(result.getString(i)));
                    }
                    rows.add(columns.stream().collect(Collectors.joining(" ")));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new AssertionError("the database of " + site + ": " + e.getMessage(), e);
        }
    }

    /** The name that this database was given at random when it was made. */
    String incarnation() {
        return rows("SELECT incarnation FROM this_database").get(0);
    }

    long number(String sql, Object... parameters) {
        return Long.parseLong(rows(sql, parameters).get(0));
    }

    /** How many undecided promises stand here for an event. */
    long holds(String event) {
        return number("SELECT COUNT(*) FROM commitment WHERE event_id = ? AND state = 'PREPARED'", event);
    }

    long photos(String event) {
        return number("SELECT COUNT(*) FROM photo WHERE event_id = ?", event);
    }

    /**
     * Holds the row of an event, so that this site can neither promise nor decide anything about it: it "cannot say" for as
     * long as this is open. Photos' bytes still come in, and so a transaction stands still in its very middle.
     */
    Lock lock(String event) {
        try {
            var connection = open();
            connection.setAutoCommit(false);
            try (var statement = connection.prepareStatement("SELECT id FROM event WHERE id = ? FOR UPDATE")) {
                statement.setString(1, event);
                try (var row = statement.executeQuery()) {
                    if (!row.next()) {
                        throw new AssertionError(site + " does not know event " + event);
                    }
                }
            }
            return new Lock(connection);
        } catch (SQLException e) {
            throw new AssertionError("the database of " + site + ": " + e.getMessage(), e);
        }
    }

    /** A held row; closing lets it go. */
    static final class Lock implements AutoCloseable {

        private final Connection connection;

        private Lock(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new AssertionError("the lock cannot be given back", e);
            }
        }
    }
}
