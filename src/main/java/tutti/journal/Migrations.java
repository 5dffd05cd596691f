package tutti.journal;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema up to date before anything reads it: the files of {@code sql/}, each once.
 *
 * <p>Who needs the database at the start says {@code @DependsOn("Migrations")}. Transactions are Flyway's own.
 */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class Migrations {
    private static final Logger LOG = Logger.getLogger(Migrations.class.getName());

    @Resource(lookup = "java:app/jdbc/tutti")
    DataSource database;

    @PostConstruct
    void migrate() {
        try {
            var flyway = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(database)
                    .locations("classpath:sql")
                    .connectRetries(5)
                    .connectRetriesInterval(2)
                    .load();
            var result = flyway.migrate();
            LOG.info(() -> "TUTTI003 schema is at version " + result.targetSchemaVersion + ", migrations run now: "
                    + result.migrationsExecuted);
        } catch (FlywayException e) {
            LOG.log(Level.SEVERE, "TUTTI002 The database schema cannot be brought up to date: {0}", said(e));
            throw e;
        }
    }

    /** What failed and why; Flyway often repeats the reason in its own words. */
    private static String said(FlywayException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String reason = firstLine(root);
        String what = firstLine(e);
        return what.contains(reason) ? reason : what + " (" + reason + ")";
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
