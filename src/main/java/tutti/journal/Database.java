package tutti.journal;

import jakarta.annotation.sql.DataSourceDefinition;
import java.io.Serial;
import java.sql.Connection;
import java.sql.SQLException;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * This site's database, as {@code java:app/jdbc/tutti}.
 *
 * <p>What the journal relies on is set here and not left to a server's defaults or to whoever writes {@code
 * tutti.db.url}: READ COMMITTED, a lock wait of 2 s (then the step is repeated), UTC, and bounded waits, so that a dead
 * or hanging server is an error within seconds. Each connection is checked when it is taken from the pool, and a bad
 * one empties the pool: after a crash of the server the next request works again by itself.
 */
@DataSourceDefinition(
        name = "java:app/jdbc/tutti",
        className = "tutti.journal.Database",
        url = "${MPCONFIG=tutti.db.url}",
        user = "${MPCONFIG=tutti.db.user}",
        password = "${MPCONFIG=tutti.db.password}",
        isolationLevel = Connection.TRANSACTION_READ_COMMITTED,
        initialPoolSize = 2,
        minPoolSize = 2,
        maxPoolSize = 32,
        properties = {
            "fish.payara.is-connection-validation-required=true",
            "fish.payara.connection-validation-method=custom-validation",
            "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.JDBC40ConnectionValidation",
            "fish.payara.fail-all-connections=true",
            "fish.payara.max-wait-time-in-millis=3000"
        })
public class Database extends MariaDbDataSource {
    @Serial
    private static final long serialVersionUID = 1;

    private static final String[] OPTIONS = {
        "connectTimeout=1000",
        "socketTimeout=10000",
        "useServerPrepStmts=true",
        "connectionTimeZone=UTC",
        "preserveInstants=true",
        "sessionVariables=innodb_lock_wait_timeout=2,time_zone='+00:00'"
    };

    /** Adds the options that the URL does not give itself. */
    @Override
    public void setUrl(String url) throws SQLException {
        super.setUrl(withOptions(url));
    }

    static String withOptions(String url) {
        var complete = new StringBuilder(url);
        for (String option : OPTIONS) {
            String name = option.substring(0, option.indexOf('=') + 1);
            if (!url.contains("?" + name) && !url.contains("&" + name)) {
                complete.append(complete.indexOf("?") < 0 ? '?' : '&').append(option);
            }
        }
        return complete.toString();
    }
}
