package tutti.chaos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

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
 * @param late "event photo" of what had waited here until the event was published without it
 * @param votes all votes taken here
 * @param outcomes of transactions, by id
 * @param revisions how many steps have changed an event, by event
 */
record SiteState(
        Site site,
        Map<String, String> phases,
        Map<String, List<PhotoRow>> photos,
        Set<String> late,
        List<VoteRow> votes,
        List<BallotRow> ballots,
        Map<String, String> outcomes,
        Map<String, Long> revisions) {

    /** @param carried the greatest ballot that had ended where the photo was promised */
    record PhotoRow(String event, String id, String contributor, String site, long uploaded, int carried) {}

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
        var photos = columns(
                        database,
                        """
                        SELECT p.event_id, p.id, p.contributor, p.site, p.uploaded_us, c.carried
                        FROM photo p JOIN commitment c ON c.event_id = p.event_id AND c.state = 'COMMITTED'
                        AND JSON_VALUE(c.content, '$.id') = p.id""")
                .stream()
                .map(row ->
                        new PhotoRow(row[0], row[1], row[2], row[3], Long.parseLong(row[4]), Integer.parseInt(row[5])))
                .collect(groupingBy(PhotoRow::event));
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

    Set<String> published() {
        return phases.entrySet().stream()
                .filter(event -> event.getValue().equals("PUBLISHED"))
                .collect(mapping(Map.Entry::getKey, toSet()));
    }
}
