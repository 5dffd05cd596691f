package tutti.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;
import tutti.ballot.Choice;
import tutti.event.EventId;
import tutti.journal.Focus;
import tutti.journal.ReplicaJournal;
import tutti.journal.StorageUnavailable;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.PhotoId;
import tutti.photo.Picture;
import tutti.photo.Sha256;
import tutti.pictures.PhotoFiles;
import tutti.replica.Proposed;
import tutti.site.EventDesk;
import tutti.site.EventWish;
import tutti.site.Housekeeping;
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
    private PhotoFiles originals;

    @EJB
    private Housekeeping housekeeping;

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

    @Test
    void bytes_that_nothing_has_named_for_a_day_are_removed_and_no_others() throws Exception {
        var id = openEvent(3);
        var forgotten = kept(Duration.ofHours(25));
        var young = kept(Duration.ofHours(23));
        var committed = kept(Duration.ofHours(25));
        var waiting = kept(Duration.ofHours(25));
        var held = kept(Duration.ofHours(25));
        var removed = kept(Duration.ofHours(25));
        propose(id, committed);
        propose(id, removed);
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(
                        replicas.look(id).orElseThrow().replica().photos())
                .hasSize(2));
        remove(id, removed);
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(
                        replicas.look(id).orElseThrow().replica().photos())
                .hasSize(1));
        replicas.update(
                id,
                Focus.live(),
                (replica, now) -> replica.keepWaiting(photo(id, newUser(), now, waiting), new TreeSet<>()));
        try (var connection = connection()) {
            execute(
                    connection,
                    "INSERT INTO commitment (event_id, id, state, live, content, carried, since_us) VALUES ('" + id
                            + "', 'photo:elsewhere@east#1', 'PREPARED', 0, '{\"sha256\":\"" + held + "\"}', 0, 0)");
        }

        for (var shelf = 0; shelf < 256; shelf++) {
            housekeeping.removeUnnamed(shelf);
        }

        assertThat(List.of(young, committed, waiting, held)).allMatch(bytes -> originals.exists(bytes.hex()));
        assertThat(List.of(forgotten, removed)).noneMatch(bytes -> originals.exists(bytes.hex()));
    }

    @Test
    void who_names_bytes_looks_for_them_when_their_removal_is_over_and_who_removes_them_looks_for_names()
            throws Exception {
        var id = openEvent(3);
        var bytes = kept(Duration.ofHours(25));
        var executor = Executors.newFixedThreadPool(2);
        try (var remover = connection()) {
            remover.setAutoCommit(false);
            execute(
                    remover,
                    "SELECT name FROM shelf WHERE name = '" + bytes.hex().substring(0, 2) + "' FOR UPDATE");
            var naming = executor.submit(() -> replicas.update(
                            id, Focus.live().naming(bytes), (replica, now) -> originals.exists(bytes.hex()))
                    .answer());
            Awaitility.await()
                    .during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(2))
                    .until(() -> !naming.isDone());
            originals.delete(bytes.hex());
            remover.rollback();
            assertThat(naming.get(10, TimeUnit.SECONDS)).isFalse();
        }

        var rescued = kept(Duration.ofHours(25));
        var inStep = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var naming = executor.submit(() -> replicas.update(id, Focus.live().naming(rescued), (replica, now) -> {
            inStep.countDown();
            await(goOn);
            return replica.keepWaiting(photo(id, newUser(), now, rescued), new TreeSet<>());
        }));
        inStep.await(10, TimeUnit.SECONDS);
        var removal = executor.submit(() -> replicas.removeUnlessNamed(rescued, () -> {
            throw new AssertionError("removed although a row names it");
        }));
        Awaitility.await()
                .during(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(2))
                .until(() -> !removal.isDone());
        goOn.countDown();
        naming.get(10, TimeUnit.SECONDS);
        assertThat(removal.get(10, TimeUnit.SECONDS)).isFalse();
        executor.shutdownNow();
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void propose(EventId id, Sha256 bytes) {
        replicas.update(id, Focus.live(), (replica, now) -> replica.propose(photo(id, newUser(), now, bytes), now));
    }

    private void remove(EventId id, Sha256 bytes) {
        var photo = replicas.look(id).orElseThrow().replica().photos().values().stream()
                .filter(one -> one.picture().sha256().equals(bytes))
                .findFirst()
                .orElseThrow();
        replicas.update(id, Focus.live(), (replica, now) -> replica.remove(photo.id(), photo.contributor(), now));
    }

    /** Bytes of their own, stored so long ago. */
    private Sha256 kept(Duration ago) throws IOException {
        try (var received =
                originals.receive(new ByteArrayInputStream(random(16).getBytes(UTF_8)), 1_000)) {
            originals.keep(received);
            var sha256 = received.sha256();
            var file = config.photosDir().resolve(sha256.substring(0, 2)).resolve(sha256);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(ago)));
            return new Sha256(sha256);
        }
    }

    boolean somebodyWaitsForALock() throws SQLException {
        return number("SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'") > 0;
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

    @Test
    void a_day_after_it_was_closed_the_record_of_an_abort_is_dropped() throws Exception {
        var id = openEvent(3);
        var who = newUser();
        replicas.update(id, Focus.live(), (replica, now) -> replica.propose(photo(id, who, now), now));
        Awaitility.await().atMost(SOON).until(() -> number(outcomes(id, "COMMITTED")) == 2);
        reject(id, who, 1);
        reject(id, who, 2);
        assertThat(number(outcomes(id, "ABORTED"))).isEqualTo(2);

        housekeeping.forgetOldAborts();
        assertThat(number(outcomes(id, "ABORTED"))).isEqualTo(2);

        try (var connection = connection()) {
            execute(
                    connection,
                    "UPDATE commitment SET closed_us = closed_us - "
                            + Duration.ofHours(24).toMillis() * 1_000 + " WHERE event_id = '" + id
                            + "' AND id LIKE '%:1@%'");
        }
        housekeeping.forgetOldAborts();

        assertThat(number(outcomes(id, "ABORTED") + " AND id LIKE '%:2@%'")).isEqualTo(1);
        assertThat(number(outcomes(id, "ABORTED"))).isEqualTo(1);
        assertThat(number(outcomes(id, "COMMITTED"))).isEqualTo(2);
    }

    private void reject(EventId id, ContributorId who, int ballot) {
        replicas.update(
                id,
                Focus.on(ballot),
                (replica, now) -> replica.castVote(
                        who, Choice.REJECT, ballot, replica.version().digest(), now));
    }

    private static String outcomes(EventId id, String outcome) {
        return "SELECT COUNT(*) FROM commitment WHERE event_id = '" + id + "' AND state = '" + outcome + "'";
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

    EventId openEvent(int contributors) {
        var wish = new EventWish("Open", "", Optional.of(contributors), Optional.empty(), EventWish.Looks.USUAL);
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

    Photo photo(EventId id, ContributorId who, Instant now) {
        return photo(id, who, now, Sha256.of(id + " " + who));
    }

    private Photo photo(EventId id, ContributorId who, Instant now, Sha256 sha256) {
        var picture = new Picture("image/jpeg", 40, 30, 1000, sha256);
        return new Photo(PhotoId.of(id.value(), who, sha256), who, "Anna", "", config.self(), now, picture);
    }

    static ContributorId newUser() {
        return ContributorId.ofCookie(random(32));
    }

    private static String random(int bytes) {
        var random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
