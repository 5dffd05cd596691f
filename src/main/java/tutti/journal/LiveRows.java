package tutti.journal;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tutti.ballot.CastVote;
import tutti.event.EventId;
import tutti.replica.EventReplica;
import tutti.replica.ReplicaSettings;

/**
 * The live parts of several events, read for looking only: the rows that {@link ReplicaRows} reads of one with
 * {@link Focus#live}, by as many statements as for one. A list of events would else cost some more for each that is on it.
 */
final class LiveRows {

    private final EntityManager database;
    private final ReplicaSettings settings;
    private final List<String> ids;
    private final Map<String, EventRow> events;
    private final Map<String, List<PhotoRow>> photos;
    private final Map<String, List<UploadRow>> uploads;
    private final Map<String, List<BallotRow>> ballots;
    private final Map<String, List<CommitmentRow>> commitments;
    private final Map<String, List<VoteRow>> votes;

    /** @param ids at least one */
    LiveRows(EntityManager database, ReplicaSettings settings, List<EventId> ids) {
        this.database = database;
        this.settings = settings;
        this.ids = ids.stream().map(EventId::value).toList();
        events = rows("select r from EventRow r where r.id in :events", EventRow.class)
                .collect(Collectors.toMap(row -> row.read().id().value(), Function.identity()));
        photos = byEvent("select r from PhotoRow r where r.eventId in :events", PhotoRow.class, PhotoRow::eventId);
        uploads = byEvent("select r from UploadRow r where r.eventId in :events", UploadRow.class, UploadRow::eventId);
        ballots = byEvent(
                "select r from BallotRow r, EventRow e where e.id = r.eventId and r.eventId in :events"
                        + " and (r.state = 'OPEN' or r.number = e.lastEnded)",
                BallotRow.class,
                BallotRow::eventId);
        commitments = byEvent(
                "select r from CommitmentRow r where r.eventId in :events and r.live = true",
                CommitmentRow.class,
                CommitmentRow::eventId);
        votes = votes();
    }

    private <R> Stream<R> rows(String query, Class<R> rows) {
        return database.createQuery(query, rows).setParameter("events", ids).getResultStream();
    }

    private <R> Map<String, List<R>> byEvent(String query, Class<R> rows, Function<R, String> event) {
        return rows(query, rows).collect(Collectors.groupingBy(event));
    }

    /** Of all ballots that were read; of other events' ballots with the same numbers some more, which nobody asks for. */
    private Map<String, List<VoteRow>> votes() {
        var numbers = ballots.values().stream()
                .flatMap(List::stream)
                .map(BallotRow::number)
                .collect(Collectors.toCollection(TreeSet::new));
        return numbers.isEmpty()
                ? Map.of()
                : database.createQuery(
                                "select v from VoteRow v where v.eventId in :events and v.ballot in :numbers",
                                VoteRow.class)
                        .setParameter("events", ids)
                        .setParameter("numbers", numbers)
                        .getResultStream()
                        .collect(Collectors.groupingBy(VoteRow::eventId));
    }

    /** As they were read; empty where the event is unknown. */
    Optional<EventReplica> replica(EventId id) {
        return Optional.ofNullable(events.get(id.value())).map(row -> replica(id.value(), row));
    }

    /** What it was when the first of the event's rows was read. */
    long revision(EventId id) {
        return events.get(id.value()).revision();
    }

    private EventReplica replica(String id, EventRow event) {
        return new EventReplica(
                settings,
                event.read(),
                of(id, photos).stream().map(PhotoRow::readPhoto).toList(),
                of(id, uploads).stream().map(UploadRow::read).toList(),
                of(id, commitments).stream().map(CommitmentRow::read).toList(),
                of(id, ballots).stream()
                        .map(row -> row.read(votesIn(id, row.number())))
                        .toList());
    }

    private List<CastVote> votesIn(String id, int ballot) {
        return of(id, votes).stream()
                .filter(row -> row.ballot() == ballot)
                .map(VoteRow::read)
                .toList();
    }

    private static <R> List<R> of(String id, Map<String, List<R>> rows) {
        return rows.getOrDefault(id, List.of());
    }
}
