package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Guest.digestOf;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tutti.photo.Sha256;

/** Somebody leaves an event for good: looked for in the four databases, photo folders and caches. */
@ExtendWith(RunningCluster.Resolver.class)
class ErasureIT {

    private static final String ME = "/contributors/me";
    private static final String GONE = "Ella-who-leaves";

    private final RunningCluster cluster;
    private final Guest wim;
    private final Guest ella;

    ErasureIT(RunningCluster cluster) {
        this.cluster = cluster;
        wim = Guest.named("Wim", cluster, WEST);
        ella = Guest.named(GONE, cluster, EAST);
    }

    @AfterEach
    void all_sites_agree() {
        Invariants.hold(cluster);
    }

    @Test
    void before_a_publication_photos_go_first_and_then_every_trace() {
        var event = wim.creates("Somebody leaves", 120);
        var shared = Photos.small(System.nanoTime());
        var own = Photos.small(System.nanoTime());
        wim.adds(event, shared);
        ella.adds(event, shared);
        ella.at(EUROPE).adds(event, own);
        everybodyLooks(event);
        ella.votes(event, "reject").is(201);
        wim.seesEverywhere(
                event, view -> assertThat(view.getInt("ballotNumber")).isEqualTo(2));
        for (var site : Site.values()) {
            assertThat(traces(site, event, own)).as("before, at %s", site).isNotEmpty();
        }

        ella.at(ASIA).delete("/events/" + event + ME).is(204);

        nothingIsLeft(event, own);
        for (var site : Site.values()) {
            assertThat(original(site, shared))
                    .as("wim's same photo at %s", site)
                    .exists();
            assertThat(names(wim.at(site).sees(event))).containsExactly("Wim");
            var hers = ella.at(site).sees(event).getJsonObject("you");
            assertThat(hers.getBoolean("contributor")).isFalse();
            assertThat(hers.getString("erasure")).isEqualTo("done");
            ella.at(site).upload(event, own).isProblem(409, "erased");
            ella.at(site).delete("/events/" + event + ME).is(204);
        }
        assertThat(wim.get("/events/" + event + "/ballots")
                        .is(200)
                        .list()
                        .getJsonObject(0)
                        .getString("reason"))
                .as("outcomes stay")
                .isEqualTo("rejected");
        wim.get("/events/" + event + "/montage").is(200);
        wim.votes(event, "accept").is(201);
        wim.seesEverywhere(event, view -> assertThat(status(view)).isEqualTo("published"));
    }

    @Test
    void after_a_publication_the_montage_goes_and_the_others_keep_their_photos_and_their_proof() {
        var event = wim.creates("Somebody leaves afterwards", 120);
        var wims = Photos.small(System.nanoTime());
        var own = Photos.small(System.nanoTime());
        wim.adds(event, wims);
        ella.adds(event, own);
        wim.votes(event, "accept").is(201);
        ella.votes(event, "accept").is(201);
        wim.seesEverywhere(event, view -> assertThat(status(view)).isEqualTo("published"));
        everybodyLooks(event);
        for (var site : Site.values()) {
            wim.at(site).get("/events/" + event + "/montage?size=print").is(200);
        }
        var digest = digestOf(wim.sees(event));
        var receipt = wim.get("/events/" + event + "/receipt").is(200).json();

        ella.delete("/events/" + event + ME).is(204);
        cluster.killEverything();
        cluster.everybodyUp();

        nothingIsLeft(event, own);
        for (var site : Site.values()) {
            var view = wim.at(site).sees(event);
            assertThat(status(view)).isEqualTo("taken-down");
            assertThat(digestOf(view)).isEqualTo(digest);
            assertThat(names(view)).containsExactlyInAnyOrder("Wim", "");
            wim.at(site).get("/events/" + event + "/montage").isProblem(404, "not-found");
            assertThat(wim.at(site)
                            .get("/events/" + event + "/receipts/" + receipt.getString("code"))
                            .is(200)
                            .json())
                    .isEqualTo(receipt);
            assertThat(wim.at(site).page("/e/" + event).is(200).text())
                    .contains("Someone who left")
                    .doesNotContain(GONE);
            assertThat(ella.at(site).page("/e/" + event).is(200).text()).contains("Your data is erased");
            ella.at(site).get("/events/" + event + "/photos/originals").isProblem(403, "not-a-contributor");
            assertThat(original(site, wims)).exists();
        }
        assertThat(wim.get("/events/" + event + "/photos").is(200).list()).hasSize(1);
        Guest.named("Stranger", cluster, EUROPE).get("/events/" + event).isProblem(404, "not-found");
    }

    @Test
    void a_site_that_is_down_gets_it_afterwards_though_the_one_that_was_asked_dies_too() {
        var event = wim.creates("Somebody leaves while a site is away", 120);
        var own = Photos.small(System.nanoTime());
        wim.adds(event, Photos.small(System.nanoTime()));
        ella.adds(event, own);
        everybodyLooks(event);

        cluster.kill(ASIA);
        ella.delete("/events/" + event + ME).is(202);
        assertThat(ella.sees(event).getJsonObject("you").getString("erasure")).isEqualTo("under-way");
        ella.upload(event, Photos.small(System.nanoTime())).isProblem(409, "erased");
        cluster.kill(EAST);
        cluster.start(EAST);
        assertThat(ella.page("/e/" + event).is(200).text()).contains("Your data is being erased");
        cluster.start(ASIA);

        ella.seesEverywhere(event, view -> assertThat(view.getJsonObject("you").getString("erasure", ""))
                .isEqualTo("done"));
        nothingIsLeft(event, own);
    }

    @Test
    void a_site_that_dies_between_the_row_and_the_file_removes_the_file_when_it_is_back() {
        var event = wim.creates("A site dies while somebody leaves", 120);
        var own = Photos.small(System.nanoTime());
        wim.adds(event, Photos.small(System.nanoTime()));
        ella.adds(event, own);
        everybodyLooks(event);
        var instance = cluster.processes(EUROPE).instance();
        var removal = new Moment(
                "java.nio.file.Files",
                "deleteIfExists",
                Moment.Place.ENTRY,
                "$1.getFileName().toString().equals(\"" + Sha256.of(own).hex() + "\")");
        cluster.hasLostAProcess(EUROPE);
        SiteAgent.in(ProcessHandle.of(instance).orElseThrow())
                .install("erasure", removal.rules("erasure", "killJVM()"));

        ella.delete("/events/" + event + ME).is(204);
        SiteProcesses.awaitEnd(instance);

        assertThat(rowsAbout(EUROPE, own)).as("rows").isEmpty();
        assertThat(original(EUROPE, own)).as("the file").exists();
        cluster.start(EUROPE);
        nothingIsLeft(event, own);
    }

    @Test
    void during_a_ballot_it_has_to_wait_and_strangers_have_nothing_to_erase() {
        var event = wim.creates("Somebody leaves too early", 120);
        wim.adds(event, Photos.small(System.nanoTime()));
        ella.adds(event, Photos.small(System.nanoTime()));
        wim.votes(event, "accept").is(201);
        ella.seesEverywhere(event, view -> assertThat(status(view)).isEqualTo("voting"));

        ella.delete("/events/" + event + ME).isProblem(409, "voting-in-progress");

        assertThat(ella.sees(event).getJsonObject("you").isNull("erasure")).isTrue();
        ella.votes(event, "reject").is(201);
        wim.seesEverywhere(event, view -> assertThat(status(view)).isEqualTo("open"));
        ella.delete("/events/" + event + ME).is(204);
        Guest.named("Stranger", cluster, EUROPE).delete("/events/" + event + ME).isProblem(403, "not-a-contributor");
        wim.delete("/events/" + "A".repeat(22) + ME).isProblem(404, "not-found");
    }

    @Test
    void an_older_copy_of_a_site_brings_nothing_back() {
        var copy = Path.of("target", "backup-" + System.nanoTime()).toAbsolutePath();
        var event = wim.creates("Somebody leaves after the copy", 120);
        var own = Photos.small(System.nanoTime());
        wim.adds(event, Photos.small(System.nanoTime()));
        ella.adds(event, own);
        everybodyLooks(event);
        cluster.backUp(EAST, copy);
        ella.delete("/events/" + event + ME).is(204);
        nothingIsLeft(event, own);

        assertThat(cluster.restore(EAST, copy)).contains("All sites are equal.");

        nothingIsLeft(event, own);
        assertThat(ella.sees(event).getJsonObject("you").getString("erasure")).isEqualTo("done");
    }

    /** Each site has made of the photos all that it ever makes of them. */
    private void everybodyLooks(String event) {
        for (var site : Site.values()) {
            for (var size : List.of("640", "1280", "full")) {
                ella.at(site).get("/events/" + event + "/montage?size=" + size).is(200);
            }
        }
    }

    private void nothingIsLeft(String event, byte[] photo) {
        for (var site : Site.values()) {
            Soon.until("nothing is left at " + site, () -> assertThat(traces(site, event, photo))
                    .isEmpty());
        }
    }

    /** Files that are made of this photo, and rows that name it or its contributor. */
    private List<String> traces(Site site, String event, byte[] photo) {
        var sha256 = Sha256.of(photo).hex();
        var made = Stream.of(cluster.folder(site).resolve("cache"), cluster.photos(site))
                .flatMap(ErasureIT::files)
                .map(Path::toString)
                .filter(file -> file.contains(sha256) || file.contains(event));
        return Stream.concat(rowsAbout(site, photo).stream(), made).toList();
    }

    private List<String> rowsAbout(Site site, byte[] photo) {
        var sha256 = Sha256.of(photo).hex();
        var database = cluster.database(site);
        return Stream.of(
                        "SELECT 'photo', id FROM photo WHERE name = ? OR sha256 = ?",
                        "SELECT 'upload', id FROM upload WHERE name = ? OR sha256 = ?",
                        "SELECT 'commitment', id FROM commitment WHERE content LIKE CONCAT('%', ?, '%')"
                                + " OR content LIKE CONCAT('%', ?, '%')")
                .flatMap(sql -> database.rows(sql, GONE, sha256).stream())
                .toList();
    }

    private static Stream<Path> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path original(Site site, byte[] photo) {
        var sha256 = Sha256.of(photo).hex();
        return cluster.photos(site).resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    private static List<String> names(JsonObject view) {
        return view.getJsonArray("contributors").getValuesAs(JsonObject.class).stream()
                .map(one -> one.getString("name"))
                .toList();
    }

    private static String status(JsonObject event) {
        return event.getString("status");
    }
}
