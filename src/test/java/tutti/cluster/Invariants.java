package tutti.cluster;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tutti.montage.Background;
import tutti.montage.Digest;
import tutti.montage.LayoutKind;
import tutti.montage.Style;
import tutti.photo.PhotoId;
import tutti.photo.Sha256;

/**
 * What must hold at every moment once all sites are up and all messages are delivered ("What must hold, always" of the
 * replication protocol), read from the four databases and photo folders and not from what the sites say. Their logs are held
 * against the model of the protocol besides: every step that led here was one that it allows.
 */
final class Invariants {

    private final RunningCluster cluster;

    private Invariants(RunningCluster cluster) {
        this.cluster = cluster;
    }

    /** Waits until nothing is owed any more, then compares all sites, and what they have done with the model. */
    static void hold(RunningCluster cluster) {
        cluster.everybodyUp();
        var invariants = new Invariants(cluster);
        Soon.until("every promise is decided, and every outcome is told", invariants::nothingIsOwed);
        invariants.sitesAreEqual();
        invariants.oneOutcome();
        invariants.votesAreSound();
        invariants.publishedUnanimously();
        invariants.deadlinesStand();
        invariants.everyPhotoIsThere();
        cluster.stepLogs().areAsTheModelAllows();
    }

    private void nothingIsOwed() {
        for (var database : cluster.databases()) {
            assertThat(database.rows("SELECT id, state FROM commitment WHERE live OR state = 'PREPARED'"))
                    .as("live at %s", database.site())
                    .isEmpty();
        }
    }

    /** Two: all or nothing. */
    private void sitesAreEqual() {
        same("SELECT id, phase, title, description, max_contributors, voting_seconds, layout, background, text_line,"
                + " held_on, master, creator, created_us, published_us, last_ended, changes, erased FROM event"
                + " WHERE phase NOT IN ('ABSENT', 'CREATING', 'CANCELLED') ORDER BY id");
        same("SELECT event_id, id, contributor, name, caption, site, uploaded_us, type, width, height, bytes, sha256"
                + " FROM photo ORDER BY event_id, id");
        same("SELECT event_id, number, state, reason FROM ballot WHERE state <> 'OPEN' ORDER BY event_id, number");
        same("SELECT event_id, id, content FROM commitment WHERE state = 'COMMITTED' ORDER BY event_id, id");
        same("SELECT event_id, number, digest, accepted FROM ballot WHERE state = 'PUBLISHED' ORDER BY event_id");
    }

    private void same(String sql) {
        var first = cluster.database(Site.WEST).rows(sql);
        for (var database : cluster.databases()) {
            assertThat(database.rows(sql)).as("%s: %s", database.site(), sql).isEqualTo(first);
        }
    }

    /** One: no two sites ever record different outcomes. */
    private void oneOutcome() {
        var outcomes = everywhere("SELECT DISTINCT id, state FROM commitment").stream()
                .distinct()
                .collect(groupingBy(row -> row.split(" ")[0], counting()));
        assertThat(outcomes).as("outcomes of one transaction").allSatisfy((id, different) -> assertThat(different)
                .isEqualTo(1));
    }

    /** Five: one digest a ballot, one vote a contributor. */
    private void votesAreSound() {
        var digests = everywhere("SELECT DISTINCT event_id, ballot, digest FROM vote").stream()
                .distinct()
                .collect(groupingBy(row -> row.substring(0, row.lastIndexOf(' ')), counting()));
        assertThat(digests).as("digests of one ballot").allSatisfy((ballot, different) -> assertThat(different)
                .isEqualTo(1));
        assertThat(everywhere("SELECT event_id, ballot, contributor FROM vote"))
                .as("votes, over all sites")
                .doesNotHaveDuplicates();
    }

    /** Four: unanimous or not at all, for exactly the digest that the photos have. */
    private void publishedUnanimously() {
        var west = cluster.database(Site.WEST);
        for (var row : west.rows("SELECT event_id, number, digest FROM ballot WHERE state = 'PUBLISHED'")) {
            var columns = row.split(" ");
            var event = columns[0];
            var photos = west.rows("SELECT id FROM photo WHERE event_id = ?", event).stream()
                    .map(PhotoId::new)
                    .toList();
            assertThat(Digest.of(style(west, event), photos).hex())
                    .as("montage of %s", event)
                    .isEqualTo(columns[2]);
            assertThat(acceptsAtHome(event, columns[1], columns[2]))
                    .as("accepts of event %s, ballot %s", event, columns[1])
                    .isEqualTo(contributorsWithHomes(event));
        }
        // What is taken down is hidden, and stays published in the books.
        assertThat(west.rows("SELECT id FROM event WHERE phase IN ('PUBLISHED', 'TAKING_DOWN', 'TAKEN_DOWN')"))
                .containsExactlyInAnyOrderElementsOf(
                        west.rows("SELECT event_id FROM ballot WHERE state = 'PUBLISHED'"));
    }

    private static Style style(SiteDatabase database, String event) {
        return new Style(
                LayoutKind.of(ofEvent(database, "layout", event)).orElseThrow(),
                Background.of(ofEvent(database, "background", event)).orElseThrow(),
                ofEvent(database, "text_line", event),
                Optional.of(ofEvent(database, "COALESCE(held_on, '')", event))
                        .filter(day -> !day.isEmpty())
                        .map(LocalDate::parse));
    }

    private static String ofEvent(SiteDatabase database, String column, String event) {
        return database.rows("SELECT " + column + " FROM event WHERE id = ?", event)
                .get(0);
    }

    /** Eight: no ballot is open for longer than its event says, whatever was restarted meanwhile. */
    private void deadlinesStand() {
        for (var database : cluster.databases()) {
            assertThat(database.rows(
                            "SELECT event_id, number FROM ballot JOIN event ON event.id = event_id WHERE master = ?"
                                    + " AND deadline_us > opened_us + 1000000 * voting_seconds",
                            database.site().id()))
                    .as("moved deadlines at %s", database.site())
                    .isEmpty();
        }
    }

    private Set<String> acceptsAtHome(String event, String ballot, String digest) {
        return cluster.databases().stream()
                .flatMap(database -> database
                        .rows(
                                "SELECT contributor FROM vote WHERE event_id = ? AND ballot = ? AND digest = ?"
                                        + " AND choice = 'ACCEPT'",
                                event,
                                ballot,
                                digest)
                        .stream()
                        .map(contributor -> contributor + " " + database.site()))
                .collect(toSet());
    }

    private Set<String> contributorsWithHomes(String event) {
        return Set.copyOf(cluster.database(Site.WEST)
                .rows(
                        "SELECT contributor, site FROM (SELECT contributor, site, ROW_NUMBER() OVER"
                                + " (PARTITION BY contributor ORDER BY uploaded_us, id) AS age"
                                + " FROM photo WHERE event_id = ?) AS p WHERE age = 1",
                        event));
    }

    /** Seven: a committed photo's bytes are at every site, and are the very bytes. */
    private void everyPhotoIsThere() {
        for (var database : cluster.databases()) {
            var folder = cluster.photos(database.site());
            for (var sha256 : database.rows("SELECT DISTINCT sha256 FROM photo WHERE bytes > 0")) {
                var file = folder.resolve(sha256.substring(0, 2)).resolve(sha256);
                try {
                    assertThat(Sha256.of(Files.readAllBytes(file)).hex())
                            .as("%s at %s", file, database.site())
                            .isEqualTo(sha256);
                } catch (IOException e) {
                    throw new AssertionError("a committed photo is not at " + database.site() + ": " + e, e);
                }
            }
        }
    }

    private List<String> everywhere(String sql) {
        var rows = new ArrayList<String>();
        Stream.of(Site.values())
                .forEach(site -> rows.addAll(cluster.database(site).rows(sql)));
        return rows;
    }
}
