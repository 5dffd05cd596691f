package tutti.journal;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tutti.ballot.Ballot;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.EventId;
import tutti.journal.Backlog.InDoubt;
import tutti.photo.ContributorId;
import tutti.replica.Errand;
import tutti.replica.EventReplica;
import tutti.replica.ReplicaSettings;
import tutti.replica.Transaction;
import tutti.replica.Turns;

/** One database transaction each; {@link ReplicaJournal} decides what to do when one fails. */
@ApplicationScoped
class JournalTransaction extends Tables {

    /** Later than anything that is ever due: beyond it a row was written under a clock that has jumped back since. */
    private static final Duration GREATEST_WAIT = Duration.ofHours(1);

    @Inject
    private SiteClock clock;

    @Inject
    private NamedBytes namedBytes;

    @Inject
    private ErasedBytes erasedBytes;

    @Inject
    private IncarnationRows incarnations;

    @Resource
    private TransactionSynchronizationRegistry transactions;

    /** Locks the event, runs the step on a copy of its replica, and writes what it changed. */
    @Transactional(TxType.REQUIRES_NEW)
    public <T> Saved<T> run(ReplicaSettings settings, Pauses pauses, EventId id, Focus focus, Step<T> step) {
        var now = lock(id);
        focus.said().ifPresent(said -> incarnations.require(said.by(), said.incarnation()));
        focus.bytes().ifPresent(namedBytes::keep);
        var row = database.find(EventRow.class, id.value());
        var rows = new ReplicaRows(database, settings, row, id, focus);
        var replica = rows.before().copy();
        var answer = step.run(replica, now);
        var changed = rows.write(replica);
        erasedBytes.add(id, replica.unnamed(), now);
        var known = rows.before().errands(now).stream().map(Errand::debt).collect(Collectors.toSet());
        var errands = replica.errands(now);
        var fresh = errands.stream()
                .filter(errand -> !known.contains(errand.debt()))
                .toList();
        owe(row, replica, errands, fresh, pauses, now);
        var turns = Turns.between(rows.before(), replica, row.revision());
        return new Saved<>(
                answer,
                new Remembered(
                        id,
                        changed,
                        turns,
                        fresh,
                        replica.countdown(now),
                        !replica.unnamed().isEmpty()));
    }

    /** Runs a step for practice: all is written, and then taken back. */
    @Transactional(TxType.REQUIRES_NEW)
    public <T> void rehearse(ReplicaSettings settings, Pauses pauses, EventId id, Step<T> step) {
        run(settings, pauses, id, Focus.on(1), step);
        database.flush();
        transactions.setRollbackOnly();
    }

    /** The row lock comes first of all, and the time is read when it is held. */
    private Instant lock(EventId id) {
        var locked = lockIfThere(id);
        if (locked.isEmpty()) {
            database.createNativeQuery("INSERT INTO event (id) VALUES (?) ON DUPLICATE KEY UPDATE id = id")
                    .setParameter(1, id.value())
                    .executeUpdate();
            locked = lockIfThere(id);
        }
        return locked.orElseThrow();
    }

    private Optional<Instant> lockIfThere(EventId id) {
        List<?> locked = database.createNativeQuery("SELECT CAST(UNIX_TIMESTAMP(SYSDATE(6)) * 1000000 AS SIGNED)"
                        + " FROM event WHERE id = ? FOR UPDATE")
                .setParameter(1, id.value())
                .getResultList();
        return locked.stream()
                .map(Number.class::cast)
                .map(micros -> clock.read(micros.longValue()))
                .findFirst();
    }

    /** Says when the sweep has to look again; a first send is left alone for as long as one may take. */
    private static void owe(
            EventRow row, EventReplica replica, List<Errand> errands, List<Errand> fresh, Pauses pauses, Instant now) {
        var wake = replica.wakeAt(now);
        if (errands.stream().noneMatch(Errand::owed)) {
            row.owe(Optional.empty(), wake);
            return;
        }
        var begins = fresh.stream().anyMatch(Errand::owed) || row.owedSince().isEmpty();
        var since = begins ? now : row.owedSince().get();
        var next = begins
                ? pauses.afterSend(now)
                : row.due()
                        .filter(now::isBefore)
                        .orElseGet(() -> pauses.next(
                                since, now, ThreadLocalRandom.current().nextDouble()));
        row.owe(
                Optional.of(since),
                Stream.concat(Stream.of(next), wake.stream()).min(Instant::compareTo));
    }

    /** Reads a replica without a lock; empty where the event is unknown. Two equal revisions prove one state. */
    @Transactional(TxType.REQUIRES_NEW)
    public Optional<Looked> look(ReplicaSettings settings, EventId id) {
        var row = database.find(EventRow.class, id.value());
        if (row == null) {
            return Optional.empty();
        }
        var revision = row.revision();
        var replica = new ReplicaRows(database, settings, row, id, Focus.live()).before();
        List<?> again = database.createNativeQuery("SELECT revision,"
                        + " CAST(UNIX_TIMESTAMP(SYSDATE(6)) * 1000000 AS SIGNED) FROM event WHERE id = ?")
                .setParameter(1, id.value())
                .getResultList();
        var columns = (Object[]) again.get(0);
        var steady = ((Number) columns[0]).longValue() == revision;
        var now = clock.read(((Number) columns[1]).longValue());
        return Optional.of(new Looked(replica, now, revision, steady));
    }

    /** As {@link #look(ReplicaSettings, EventId)} for several, in this order; without those that are unknown. */
    @Transactional(TxType.REQUIRES_NEW)
    public List<Looked> look(ReplicaSettings settings, List<EventId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var rows = new LiveRows(database, settings, ids);
        var again = database.createNativeQuery("SELECT id, revision,"
                + " CAST(UNIX_TIMESTAMP(SYSDATE(6)) * 1000000 AS SIGNED) FROM event WHERE id IN (?"
                + ", ?".repeat(ids.size() - 1) + ")");
        for (var i = 0; i < ids.size(); i++) {
            again.setParameter(i + 1, ids.get(i).value());
        }
        List<?> found = again.getResultList();
        var columns = found.stream()
                .map(Object[].class::cast)
                .collect(Collectors.toMap(row -> new EventId(row[0].toString()), Function.identity()));
        return ids.stream()
                .flatMap(id ->
                        rows.replica(id).map(replica -> looked(replica, rows.revision(id), columns.get(id))).stream())
                .toList();
    }

    private Looked looked(EventReplica replica, long revision, Object[] again) {
        var now = clock.read(((Number) again[2]).longValue());
        return new Looked(replica, now, revision, ((Number) again[1]).longValue() == revision);
    }

    /** All ballots of an event, the first one first, with the votes taken here. */
    @Transactional(TxType.REQUIRES_NEW)
    public List<Ballot> ballots(EventId id) {
        var votes = database
                .createQuery("select v from VoteRow v where v.eventId = :event", VoteRow.class)
                .setParameter("event", id.value())
                .getResultList()
                .stream()
                .collect(
                        Collectors.groupingBy(VoteRow::ballot, Collectors.mapping(VoteRow::read, Collectors.toList())));
        return database
                .createQuery("select b from BallotRow b where b.eventId = :event order by b.number", BallotRow.class)
                .setParameter("event", id.value())
                .getResultList()
                .stream()
                .map(row -> row.read(votes.getOrDefault(row.number(), List.of())))
                .toList();
    }

    /** The ballots that are open at this site, by event. */
    @Transactional(TxType.REQUIRES_NEW)
    public Map<EventId, Integer> openBallots() {
        List<?> rows = database.createNativeQuery("SELECT event_id, number FROM ballot WHERE state = 'OPEN'")
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .collect(Collectors.toMap(
                        columns -> new EventId(columns[0].toString()),
                        columns -> ((Number) columns[1]).intValue(),
                        Math::max));
    }

    /** Leases events that are due, so that no other instance of this site takes them, and names them. */
    @Transactional(TxType.REQUIRES_NEW)
    public List<EventId> claimDue(Pauses pauses, int limit) {
        var now = now();
        List<?> ids = database.createNativeQuery("SELECT id FROM event WHERE due_us <= ? OR due_us > ?"
                        + " ORDER BY due_us LIMIT " + limit + " FOR UPDATE SKIP LOCKED")
                .setParameter(1, Columns.micros(now))
                .setParameter(2, Columns.micros(now.plus(GREATEST_WAIT)))
                .getResultList();
        var claimed = new ArrayList<EventId>();
        for (var id : ids) {
            var row = database.find(EventRow.class, id.toString());
            var since = row.owedSince().orElse(now);
            var next = pauses.next(since, now, ThreadLocalRandom.current().nextDouble());
            row.owe(Optional.of(since), Optional.of(next));
            claimed.add(new EventId(id.toString()));
        }
        return claimed;
    }

    @Transactional(TxType.REQUIRES_NEW)
    public Instant ping() {
        return now();
    }

    /** Makes everything that is owed due now: a peer is back, or this site has just started. */
    @Transactional(TxType.REQUIRES_NEW)
    public void hasten() {
        var now = Columns.micros(now());
        database.createNativeQuery("UPDATE event SET due_us = ? WHERE due_us > ? AND owed_since_us IS NOT NULL")
                .setParameter(1, now)
                .setParameter(2, now)
                .executeUpdate();
    }

    /** Events with aborts that need not be remembered any longer. */
    @Transactional(TxType.REQUIRES_NEW)
    public List<EventId> withOldAborts(int limit) {
        List<?> ids = database.createNativeQuery(
                        "SELECT DISTINCT event_id FROM commitment WHERE closed_us <= ? AND live = FALSE LIMIT " + limit)
                .setParameter(1, Columns.micros(now().minus(Transaction.ABORTS_KEPT)))
                .getResultList();
        return eventIds(ids);
    }

    /** The events that this user has created or contributed to, the newest first. */
    @Transactional(TxType.REQUIRES_NEW)
    public List<EventId> eventsOf(ContributorId user, int limit) {
        // Three looks into keys and not one condition of three parts: for that, every event of the site would be tried.
        List<?> ids = database.createNativeQuery("SELECT e.id FROM (SELECT id FROM event WHERE creator = ?"
                        + " UNION SELECT event_id FROM photo WHERE contributor = ? AND bytes > 0"
                        + " UNION SELECT event_id FROM upload WHERE contributor = ?) mine"
                        + " JOIN event e ON e.id = mine.id WHERE e.title IS NOT NULL"
                        + " ORDER BY e.created_us DESC LIMIT " + limit)
                .setParameter(1, user.value())
                .setParameter(2, user.value())
                .setParameter(3, user.value())
                .getResultList();
        return eventIds(ids);
    }

    @Transactional(TxType.REQUIRES_NEW)
    public boolean remembersPhotosOf(EventId id, ContributorId user) {
        return !database.createNativeQuery("SELECT 1 FROM commitment WHERE event_id = ? AND id LIKE 'photo:%'"
                        + " AND INSTR(content, ?) > 0 LIMIT 1")
                .setParameter(1, id.value())
                .setParameter(2, user.value())
                .getResultList()
                .isEmpty();
    }

    /** Published events, the newest first, older than one of them if that is given. */
    @Transactional(TxType.REQUIRES_NEW)
    public List<EventId> published(Optional<EventId> before, int limit) {
        var from = before.map(id -> database.find(EventRow.class, id.value()))
                .flatMap(row -> row.read().publishedAt());
        if (before.isPresent() && from.isEmpty()) {
            return List.of();
        }
        List<?> ids = database.createNativeQuery(
                        "SELECT id FROM event WHERE published_us IS NOT NULL AND phase = 'PUBLISHED'"
                                + " AND (published_us < ? OR (published_us = ? AND id < ?))"
                                + " ORDER BY published_us DESC, id DESC LIMIT " + limit)
                .setParameter(1, from.map(Columns::micros).orElse(Long.MAX_VALUE))
                .setParameter(2, from.map(Columns::micros).orElse(Long.MAX_VALUE))
                .setParameter(3, before.map(EventId::value).orElse(""))
                .getResultList();
        return eventIds(ids);
    }

    /** Whatever is live belongs to an event that is due some time, and of these there are few. */
    @Transactional(TxType.REQUIRES_NEW)
    public Backlog backlog(int promisesMost) {
        var owed = (Object[]) database.createNativeQuery("SELECT COUNT(*), MIN(owed_since_us) FROM event"
                        + " WHERE due_us IS NOT NULL AND owed_since_us IS NOT NULL")
                .getSingleResult();
        var waiting =
                (Number) database.createNativeQuery("SELECT COUNT(*) FROM event e JOIN upload u ON u.event_id = e.id"
                                + " WHERE e.due_us IS NOT NULL AND u.refusal IS NULL")
                        .getSingleResult();
        return new Backlog(
                aboutHowMany("event"),
                aboutHowMany("photo"),
                ((Number) owed[0]).intValue(),
                Columns.instant((Long) owed[1]),
                undelivered(),
                inDoubt(promisesMost),
                waiting.intValue(),
                openBallots().size());
    }

    /** As the storage engine estimates it, without counting. */
    private long aboutHowMany(String table) {
        List<?> rows = database.createNativeQuery("SELECT TABLE_ROWS FROM information_schema.TABLES"
                        + " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?")
                .setParameter(1, table)
                .getResultList();
        return rows.stream()
                .map(Number.class::cast)
                .mapToLong(Number::longValue)
                .sum();
    }

    private TreeMap<SiteName, Integer> undelivered() {
        List<?> rows = database.createNativeQuery("SELECT c.peers, c.acknowledged FROM event e"
                        + " JOIN commitment c ON c.event_id = e.id AND c.live = TRUE"
                        + " WHERE e.due_us IS NOT NULL AND c.peers IS NOT NULL AND c.state <> 'PREPARED' LIMIT 10000")
                .getResultList();
        var undelivered = new TreeMap<SiteName, Integer>();
        for (var row : rows) {
            var columns = (Object[]) row;
            var silent = Columns.sites((String) columns[0]);
            silent.removeAll(Columns.sites((String) columns[1]));
            silent.forEach(peer -> undelivered.merge(peer, 1, Integer::sum));
        }
        return undelivered;
    }

    private List<InDoubt> inDoubt(int most) {
        List<?> rows = database.createNativeQuery("SELECT c.event_id, c.id, c.since_us, c.forced, c.mixed FROM event e"
                        + " JOIN commitment c ON c.event_id = e.id AND c.live = TRUE"
                        + " WHERE e.due_us IS NOT NULL AND c.state = 'PREPARED' ORDER BY c.since_us LIMIT " + most)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(columns -> new InDoubt(
                        new EventId(columns[0].toString()),
                        TransactionId.parse(columns[1].toString()),
                        Columns.instant(((Number) columns[2]).longValue()),
                        CommitmentRow.readForced((String) columns[3], (Boolean) columns[4])))
                .toList();
    }

    private static List<EventId> eventIds(List<?> ids) {
        return ids.stream().map(Object::toString).map(EventId::new).toList();
    }

    private Instant now() {
        var micros = (Number) database.createNativeQuery("SELECT CAST(UNIX_TIMESTAMP(SYSDATE(6)) * 1000000 AS SIGNED)")
                .getSingleResult();
        return clock.read(micros.longValue());
    }
}
