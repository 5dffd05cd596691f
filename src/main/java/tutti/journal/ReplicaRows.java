package tutti.journal;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tutti.ballot.Ballot;
import tutti.ballot.CastVote;
import tutti.commit.TransactionId;
import tutti.event.EventId;
import tutti.photo.PhotoId;
import tutti.replica.EventReplica;
import tutti.replica.ReplicaSettings;
import tutti.replica.Transaction;

/** The rows of one event within one database transaction: read into a replica, and written where a step changed it. */
final class ReplicaRows {

    private final EntityManager database;
    private final EventId id;
    private final EventRow event;
    private final Map<PhotoId, PhotoRow> photos = new LinkedHashMap<>();
    private final Map<PhotoId, UploadRow> uploads = new LinkedHashMap<>();
    private final Map<Integer, BallotRow> ballots = new LinkedHashMap<>();
    private final Map<TransactionId, CommitmentRow> commitments = new LinkedHashMap<>();
    private final SortedMap<Integer, List<CastVote>> votes = new TreeMap<>();
    private final EventReplica before;

    ReplicaRows(EntityManager database, ReplicaSettings settings, EventRow event, EventId id, Focus focus) {
        this.database = database;
        this.id = id;
        this.event = event;
        all(PhotoRow.class).forEach(row -> photos.put(row.readPhoto().id(), row));
        all(UploadRow.class).forEach(row -> uploads.put(row.read().photo().id(), row));
        readBallots(focus);
        readCommitments(focus);
        before = new EventReplica(
                settings,
                event.read(),
                photos.values().stream().map(PhotoRow::readPhoto).toList(),
                uploads.values().stream().map(UploadRow::read).toList(),
                commitments.values().stream().map(CommitmentRow::read).toList(),
                ballots.values().stream()
                        .map(row -> row.read(votes.getOrDefault(row.number(), List.of())))
                        .toList());
    }

    EventReplica before() {
        return before;
    }

    private <R> List<R> all(Class<R> rows) {
        return database.createQuery("select r from " + rows.getSimpleName() + " r where r.eventId = :event", rows)
                .setParameter("event", id.value())
                .getResultList();
    }

    private void readBallots(Focus focus) {
        database.createQuery(
                        "select b from BallotRow b where b.eventId = :event"
                                + " and (b.state = 'OPEN' or b.number in (:named, :before, :last)"
                                + (focus.more() == Focus.More.EVERYTHING ? " or b.number > 0)" : ")"),
                        BallotRow.class)
                .setParameter("event", id.value())
                .setParameter("named", focus.ballot())
                .setParameter("before", focus.ballot() - 1)
                .setParameter("last", event.read().lastEnded())
                .getResultList()
                .forEach(row -> ballots.put(row.number(), row));
        if (ballots.isEmpty()) {
            return;
        }
        database.createQuery("select v from VoteRow v where v.eventId = :event and v.ballot in :numbers", VoteRow.class)
                .setParameter("event", id.value())
                .setParameter("numbers", ballots.keySet())
                .getResultList()
                .forEach(row -> votes.computeIfAbsent(row.ballot(), number -> new ArrayList<>())
                        .add(row.read()));
    }

    private void readCommitments(Focus focus) {
        var named = new ArrayList<String>();
        named.add(focus.transaction().map(TransactionId::toString).orElse(""));
        Optional.ofNullable(ballots.get(focus.ballot()))
                .flatMap(row -> row.read(List.of()).publish())
                .ifPresent(publish -> named.add(publish.toString()));
        database.createQuery(
                        "select c from CommitmentRow c where c.eventId = :event"
                                + " and (c.live = true or c.id in :named"
                                + more(focus.more()) + ")",
                        CommitmentRow.class)
                .setParameter("event", id.value())
                .setParameter("named", named)
                .getResultList()
                .forEach(row -> commitments.put(row.read().id(), row));
    }

    private static String more(Focus.More more) {
        return switch (more) {
            case NOTHING -> "";
            case CLOSED -> " or c.closedAt is not null";
            case EVERYTHING -> " or c.live = false";
        };
    }

    /** Writes what has changed, and says whether anything has. */
    boolean write(EventReplica after) {
        var changes = 0;
        if (!after.event().equals(before.event())) {
            event.write(after.event());
            changes++;
        }
        changes += writePhotos(after) + writeUploads(after) + writeBallots(after) + writeCommitments(after);
        if (changes > 0) {
            event.changed();
        }
        return changes > 0;
    }

    private int writePhotos(EventReplica after) {
        var gone = photos.keySet().stream()
                .filter(photo -> !after.photos().containsKey(photo))
                .toList();
        gone.forEach(photo -> database.remove(photos.get(photo)));
        var changed = changed(before.photos(), after.photos());
        changed.forEach((key, photo) -> {
            var row = photos.computeIfAbsent(key, fresh -> persisted(new PhotoRow(id, fresh)));
            row.write(photo);
        });
        return gone.size() + changed.size();
    }

    private int writeUploads(EventReplica after) {
        var gone = uploads.keySet().stream()
                .filter(upload -> !after.uploads().containsKey(upload))
                .toList();
        gone.forEach(upload -> database.remove(uploads.get(upload)));
        var changed = changed(before.uploads(), after.uploads());
        changed.forEach((key, upload) -> {
            var row = uploads.computeIfAbsent(key, fresh -> persisted(new UploadRow(id, fresh)));
            row.write(upload);
        });
        return gone.size() + changed.size();
    }

    private int writeBallots(EventReplica after) {
        var changed = changed(before.ballots(), after.ballots());
        changed.forEach((number, ballot) -> {
            var row = ballots.computeIfAbsent(number, fresh -> persisted(new BallotRow(id, fresh)));
            row.write(ballot);
            newVotes(number, ballot).forEach(vote -> database.persist(new VoteRow(id, number, vote)));
        });
        return changed.size();
    }

    private List<CastVote> newVotes(int number, Ballot after) {
        var known = Optional.ofNullable(before.ballots().get(number));
        return after.votes().values().stream()
                .filter(vote -> known.flatMap(ballot -> ballot.voteOf(vote.contributor()))
                        .isEmpty())
                .toList();
    }

    private int writeCommitments(EventReplica after) {
        var gone = commitments.keySet().stream()
                .filter(forgotten -> !after.transactions().containsKey(forgotten))
                .toList();
        gone.forEach(forgotten -> database.remove(commitments.get(forgotten)));
        SortedMap<TransactionId, Transaction> changed = changed(before.transactions(), after.transactions());
        changed.forEach((key, transaction) -> {
            var row = commitments.computeIfAbsent(key, fresh -> persisted(new CommitmentRow(id, fresh)));
            row.write(transaction);
        });
        return gone.size() + changed.size();
    }

    private <R> R persisted(R row) {
        database.persist(row);
        return row;
    }

    private static <K extends Comparable<K>, V> SortedMap<K, V> changed(SortedMap<K, V> old, SortedMap<K, V> now) {
        return now.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(old.get(entry.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, TreeMap::new));
    }
}
