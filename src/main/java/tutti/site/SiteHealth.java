package tutti.site;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import tutti.journal.StorageUnavailable;

/**
 * Whether this site can serve: alive without a database, ready only with one.
 *
 * <p>The database is asked on another thread, because a hanging one would otherwise hold the answer as long as it
 * hangs. Only one question is open at a time, so that health checks do not pile up behind it.
 */
@ApplicationScoped
public class SiteHealth {
    private static final int ANSWER_MILLIS_MAX = 1500;

    @Resource(lookup = "java:app/jdbc/tutti")
    DataSource database;

    @Resource
    ManagedExecutorService executor;

    @Inject
    private Standing standing;

    @Inject
    private Maintenance maintenance;

    private final AtomicReference<Future<Boolean>> question = new AtomicReference<>();

    @Produces
    @Liveness
    HealthCheck site() {
        return () -> HealthCheckResponse.up("site");
    }

    @Produces
    @Readiness
    HealthCheck database() {
        return () -> HealthCheckResponse.named("database").status(answers()).build();
    }

    /** A site that is being made again, or has a database that its peers do not know, is alive and not ready. */
    @Produces
    @Readiness
    HealthCheck standing() {
        return () -> {
            var health = HealthCheckResponse.named("standing");
            try {
                standing.trouble().ifPresent(why -> health.withData("why", why));
                return health.status(standing.isIntroduced() && standing.serves())
                        .build();
            } catch (StorageUnavailable e) {
                return health.down().build();
            }
        };
    }

    /** Readers are served all the same; who sends users to sites should send them to others. */
    @Produces
    @Readiness
    HealthCheck newWork() {
        return () -> HealthCheckResponse.named("new-work")
                .status(!maintenance.isDrained())
                .build();
    }

    private boolean answers() {
        try {
            Future<Boolean> open = question.updateAndGet(
                    asked -> asked == null || asked.isDone() ? executor.submit(this::isValid) : asked);
            return open.get(ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | RejectedExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isValid() throws SQLException {
        try (var connection = database.getConnection()) {
            return connection.isValid(1);
        }
    }
}
