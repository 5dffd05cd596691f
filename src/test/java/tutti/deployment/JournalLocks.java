package tutti.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;
import tutti.event.EventId;
import tutti.journal.Focus;
import tutti.journal.ReplicaJournal;
import tutti.journal.StorageUnavailable;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.PhotoId;
import tutti.photo.Picture;
import tutti.photo.Sha256;
import tutti.replica.Proposed;
import tutti.site.EventDesk;
import tutti.site.EventWish;
import tutti.site.SiteConfig;

/** What the journal makes of MariaDB's locks. Runs within the one deployment of {@link DeploymentIT}. */
abstract class JournalLocks {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int THREADS = 8;

    @Inject
    private ReplicaJournal replicas;

    @Inject
    private EventDesk desk;

    @Inject
    private SiteConfig config;

    @Inject
    @ConfigProperty(name = "tutti.db.url")
    private String url;

    @Inject
    @ConfigProperty(name = "tutti.db.user")
    private String user;

    @Inject
    @ConfigProperty(name = "tutti.db.password")
    private String password;

    @Test
    void photos_that_race_for_the_last_places_fill_them_and_no_more() throws Exception {
        var id = openEvent(3);

        together(() -> replicas.update(id, Focus.live(), (replica, now) -> replica.propose(photo(id, now), now))
                .answer());

        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            var replica = replicas.look(id).orElseThrow().replica();
            assertThat(replica.hasHold()).isFalse();
            assertThat(replica.photos()).hasSize(3);
            assertThat(replica.contributors()).hasSize(3);
            assertThat(replica.version().number()).isEqualTo(3);
        });
        assertThat(replicas.update(id, Focus.live(), (replica, now) -> replica.propose(photo(id, now), now))
                        .answer())
                .isInstanceOf(Proposed.Refused.class);
    }

    @Test
    void a_lock_that_is_held_for_a_while_is_waited_for_and_one_for_long_is_given_up() throws Exception {
        var id = openEvent(3);
        var executor = Executors.newSingleThreadExecutor();
        try (var holder = locked(id)) {
            var update = executor.submit(
                    () -> replicas.update(id, Focus.live(), (replica, now) -> replica.propose(photo(id, now), now)));
            // Longer than the database itself waits for a lock: so the step has been run again.
            Awaitility.await()
                    .during(Duration.ofMillis(2_500))
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> !update.isDone());
            holder.rollback();
            assertThat(update.get(10, TimeUnit.SECONDS).answer()).isInstanceOf(Proposed.Begun.class);
        } finally {
            executor.shutdownNow();
        }
        try (var holder = locked(id)) {
            assertThatThrownBy(() -> replicas.update(id, Focus.live(), (replica, now) -> replica.event()))
                    .isInstanceOf(StorageUnavailable.class);
            holder.rollback();
        }
    }

    @Test
    void a_step_that_loses_a_deadlock_is_run_again() throws Exception {
        var id = openEvent(3);
        var who = newUser();
        var looked = replicas.look(id).orElseThrow();
        var next = looked.replica().event().attempts() + 1;
        var deadlocks = deadlocks();
        var runs = new AtomicInteger();
        var executor = Executors.newSingleThreadExecutor();
        try (var rival = connection()) {
            rival.setAutoCommit(false);
            // It has written more than the step will: so the database chooses the step as its victim.
            for (var i = 0; i < 50; i++) {
                execute(
                        rival,
                        "INSERT INTO commitment (event_id, id, state, live, carried, since_us) VALUES ('" + id
                                + "', 'photo:" + photo(id, who, looked.now()).id() + "@" + config.self() + "#"
                                + (next + i)
                                + "', 'ABORTED', 0, 0, 0)");
            }
            var saved = replicas.update(id, Focus.live(), (replica, now) -> {
                if (runs.incrementAndGet() == 1) {
                    executor.submit(() -> {
                        execute(rival, "SELECT id FROM event WHERE id = '" + id + "' FOR UPDATE");
                        rival.rollback();
                        return id;
                    });
                }
                return replica.propose(photo(id, who, now), now);
            });

            assertThat(saved.answer()).isInstanceOf(Proposed.Begun.class);
            assertThat(runs).hasValue(2);
            assertThat(deadlocks()).isGreaterThan(deadlocks);
        } finally {
            executor.shutdownNow();
        }
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(
                        replicas.look(id).orElseThrow().replica().photos())
                .hasSize(1));
    }

    private long deadlocks() throws SQLException {
        return number("SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS"
                + " WHERE VARIABLE_NAME = 'INNODB_DEADLOCKS'");
    }

    @Test
    void what_is_due_is_leased_to_one_and_a_locked_event_is_passed_over() throws Exception {
        var due = new ArrayList<EventId>();
        for (var i = 0; i < 12; i++) {
            due.add(openEvent(3));
        }
        var stuck = openEvent(3);
        List<List<EventId>> claims;
        try (var holder = locked(stuck);
                var connection = connection()) {
            // Owed for ten minutes already: then the lease is long, and nobody can get it twice within this test.
            // One by one: a scan would run into the locked row.
            for (var id : due) {
                execute(
                        connection,
                        "UPDATE event SET due_us = 1, owed_since_us = UNIX_TIMESTAMP() * 1000000 - 600000000"
                                + " WHERE id = '" + id + "'");
            }
            execute(holder, "UPDATE event SET due_us = 1 WHERE id = '" + stuck + "'");

            var begun = System.nanoTime();
            claims = together(() -> replicas.claimDue(3));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
            holder.rollback();
        }

        var claimed = claims.stream().flatMap(List::stream).toList();
        assertThat(claimed).doesNotHaveDuplicates().doesNotContain(stuck);
        assertThat(number("SELECT COUNT(*) FROM event WHERE due_us = 1 AND id IN " + in(due)))
                .isZero();
    }

    private <T> List<T> together(Callable<T> work) throws Exception {
        var executor = Executors.newFixedThreadPool(THREADS);
        try {
            var calls = new ArrayList<Callable<T>>();
            for (var i = 0; i < THREADS; i++) {
                calls.add(work);
            }
            var results = new ArrayList<T>();
            for (var result : executor.invokeAll(calls, 60, TimeUnit.SECONDS)) {
                results.add(result.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    private EventId openEvent(int contributors) {
        var wish = new EventWish("Open", "", Optional.of(contributors), Optional.empty());
        return desk.create(newUser(), wish).id();
    }

    private Connection locked(EventId id) throws SQLException {
        var connection = connection();
        connection.setAutoCommit(false);
        execute(connection, "SELECT id FROM event WHERE id = '" + id + "' FOR UPDATE");
        return connection;
    }

    /** Beside the container's pool, which would share it with the replicas. */
    private Connection connection() throws SQLException {
        var beside = new MariaDbDataSource(url);
        return beside.getConnection(user, password);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static String in(List<EventId> ids) {
        return ids.stream()
                .map(id -> "'" + id + "'")
                .toList()
                .toString()
                .replace('[', '(')
                .replace(']', ')');
    }

    private Photo photo(EventId id, Instant now) {
        return photo(id, newUser(), now);
    }

    private Photo photo(EventId id, ContributorId who, Instant now) {
        var sha256 = Sha256.of(id + " " + who);
        var picture = new Picture("image/jpeg", 40, 30, 1000, sha256);
        return new Photo(PhotoId.of(id.value(), who, sha256), who, "Anna", "", config.self(), now, picture);
    }

    private static ContributorId newUser() {
        return ContributorId.ofCookie(random(32));
    }

    private static String random(int bytes) {
        var random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
