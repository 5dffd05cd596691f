package tutti.chaos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tutti.cluster.Site;
import tutti.cluster.SiteDatabase;

/**
 * What one site has in the end, read once from its database.
 *
 * @param phases of events, by event
 * @param photos committed photos, by event
 * @param moves how photos came and went, by what is recorded of the transactions
 * @param late "event photo" of what had waited here until the event was published without it
 * @param votes all votes taken here
 * @param outcomes of transactions, by id
 * @param revisions how many steps have changed an event, by event
 */
record SiteState(
        Site site,
        Map<String, String> phases,
        Map<String, List<PhotoRow>> photos,
        List<Move> moves,
        Set<String> late,
        List<VoteRow> votes,
        List<BallotRow> ballots,
        Map<String, String> outcomes,
        Map<String, Long> revisions) {

    /** Where nothing can be published any more, or be taken back. */
    private static final Set<String> AFTER_PUBLICATION = Set.of("PUBLISHED", "TAKING_DOWN", "TAKEN_DOWN");

    /** @param uploaded in microseconds since 1970 */
    record PhotoRow(String event, String id, String contributor, String site, long uploaded) {}

    /**
     * A photo has come in, or gone out again.
     *
     * @param photo as it came in, also where it goes
     * @param carried the greatest ballot that had ended where this was promised
     */
    record Move(String transaction, PhotoRow photo, boolean isIn, int carried) {}

    record VoteRow(String event, int ballot, String contributor, String choice, String digest) {}

    record BallotRow(String event, int number, String state, String digest) {

        boolean isPublished() {
            return state.equals("PUBLISHED");
        }

        /** The site has only heard of its end. */
        boolean isHearsay() {
            return digest.equals("null");
        }
    }

    static SiteState of(Site site, SiteDatabase database) {
        var photos = columns(database, "SELECT event_id, id, contributor, site, uploaded_us FROM photo").stream()
                .map(row -> new PhotoRow(row[0], row[1], row[2], row[3], Long.parseLong(row[4])))
                .collect(groupingBy(PhotoRow::event));
        var moves = columns(
                        database,
                        """
                        SELECT id, JSON_VALUE(content, '$.kind'), carried, event_id, JSON_VALUE(content, '$.id'),
                        JSON_VALUE(content, '$.contributor'), JSON_VALUE(content, '$.site'),
                        JSON_VALUE(content, '$.uploadedAt') FROM commitment WHERE state = 'COMMITTED'
                        AND JSON_VALUE(content, '$.kind') IN ('add-photo', 'remove-photo')""")
                .stream()
                .map(row -> new Move(row[0], photo(row), row[1].equals("add-photo"), Integer.parseInt(row[2])))
                .toList();
        var votes = columns(database, "SELECT event_id, ballot, contributor, choice, digest FROM vote").stream()
                .map(row -> new VoteRow(row[0], Integer.parseInt(row[1]), row[2], row[3], row[4]))
                .toList();
        var ballots = columns(database, "SELECT event_id, number, state, digest FROM ballot").stream()
                .map(row -> new BallotRow(row[0], Integer.parseInt(row[1]), row[2], row[3]))
                .toList();
        return new SiteState(
                site,
                columns(database, "SELECT id, phase FROM event").stream().collect(toMap(row -> row[0], row -> row[1])),
                photos,
                moves,
                columns(database, "SELECT event_id, id FROM upload WHERE refusal = 'PUBLISHED'").stream()
                        .map(row -> row[0] + " " + row[1])
                        .collect(toSet()),
                votes,
                ballots,
                columns(database, "SELECT id, state FROM commitment").stream()
                        .collect(toMap(row -> row[0], row -> row[1])),
                columns(database, "SELECT id, revision FROM event").stream()
                        .collect(toMap(row -> row[0], row -> Long.parseLong(row[1]))));
    }

    private static PhotoRow photo(String[] move) {
        var uploaded = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(move[7]));
        return new PhotoRow(move[3], move[4], move[5], move[6], uploaded);
    }

    private static List<String[]> columns(SiteDatabase database, String sql) {
        return database.rows(sql).stream().map(row -> row.split(" ")).toList();
    }

    boolean knows(String event) {
        return !Set.of("ABSENT", "CREATING", "CANCELLED").contains(phases.getOrDefault(event, "ABSENT"));
    }

    boolean hasPhoto(String event, String photo) {
        return photos.getOrDefault(event, List.of()).stream()
                .anyMatch(row -> row.id().equals(photo));
    }

    boolean isTakenDown(String event) {
        return phases.getOrDefault(event, "ABSENT").equals("TAKEN_DOWN");
    }

    /** It was sent here, waited, and the event was published without it. */
    boolean hasRefused(String event, String photo) {
        return late.contains(event + " " + photo);
    }

    Set<String> digestsOf(String event, int ballot) {
        return ballots.stream()
                .filter(one -> one.event().equals(event) && one.number() == ballot)
                .map(BallotRow::digest)
                .collect(toSet());
    }

    /** What is public, or has been until it was taken down. */
    Set<String> published() {
        return phases.entrySet().stream()
                .filter(event -> AFTER_PUBLICATION.contains(event.getValue()))
                .collect(mapping(Map.Entry::getKey, toSet()));
    }
}
