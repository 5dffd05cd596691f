package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tutti.cluster.Guest.digestOf;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.WEST;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tutti.verify.Verification;

/** A site loses its disk in the middle of everything, and is made again from the others. */
@ExtendWith({RunningCluster.Resolver.class, Evening.Resolver.class})
class RebuildIT {

    private static final Duration A_START = Duration.ofMinutes(3);

    private final RunningCluster cluster;
    private final Evening evening;
    private final Guest wim;
    private final Guest ella;
    private final Guest astrid;

    RebuildIT(RunningCluster cluster, Evening evening) {
        this.cluster = cluster;
        this.evening = evening;
        wim = Guest.named("Wim", cluster, WEST);
        ella = Guest.named("Ella", cluster, EAST);
        astrid = Guest.named("Astrid", cluster, ASIA);
    }

    @Test
    void a_lost_site_comes_back_with_all_but_its_votes() throws IOException {
        var published = withPhotosOfWimAndElla(wim);
        wim.votes(published, "accept").is(201);
        ella.votes(published, "accept").is(201);
        ella.seesEverywhere(published, view -> assertThat(status(view)).isEqualTo("published"));
        var voting = withPhotosOfWimAndElla(astrid);
        ella.votes(voting, "accept").is(201);
        var masterless = withPhotosOfWimAndElla(ella);
        wim.votes(masterless, "accept").is(201);
        var open = withPhotosOfWimAndElla(wim);
        var last = ella.upload(open, Photos.small(System.nanoTime())).is(201).json();

        cluster.loseDisk(EAST);

        var waiting = wim.upload(open, Photos.small(System.nanoTime())).is(202).json();
        assertThat(status(wim.sees(published))).isEqualTo("published");
        assertThatThrownBy(() -> cluster.start(EAST))
                .as("a new database is not taken for the lost one")
                .hasMessageContaining("rebuild east");
        isMadeAgainThoughItDiesInTheMiddle();
        Soon.until("all sites are equal", () -> assertThat(
                        Verification.of(cluster.stores()).differences())
                .isEmpty());

        for (var photo : new JsonObject[] {last, waiting}) {
            ella.seesEverywhere(open, view -> assertThat(ella.photo(open, photo.getString("id"))
                            .is(200)
                            .json()
                            .getString("status"))
                    .isEqualTo("committed"));
        }
        ella.get("/events/" + open + "/photos/" + last.getString("id") + "/original")
                .is(200);
        aNewBallotPublishes(voting);
        aNewBallotPublishes(masterless);
        ella.vote(published, "accept", 1, digestOf(ella.sees(published))).is(200);
        Invariants.hold(cluster);
    }

    @Test
    void an_operator_has_a_lost_site_made_again_from_its_console() {
        var event = withPhotosOfWimAndElla(wim);
        cluster.loseDisk(EAST);
        assertThatThrownBy(() -> cluster.start(EAST)).hasMessageContaining("its console");
        var operator = evening.operator(EAST);
        operator.sees("The database of east is a new one; another one of this site is known to");
        operator.choice("Make east again from the others …").click();
        operator.page().locator("#rebuild-reason").fill("The disk is broken");
        operator.isSound();
        operator.isPhotographed("console-rebuild");

        operator.taps("Make it again");
        operator.sees("east is being made again.");
        operator.sees("All 4 sites serve, and nothing is held up.");

        operator.opens("/admin");
        PlaywrightAssertions.assertThat(operator.choice("Make east again from the others …"))
                .hasCount(0);
        cluster.startWithAnotherDatabase(EAST);
        wim.adds(event, Photos.small(System.nanoTime()));
        assertThat(Verification.of(cluster.stores()).differences()).isEmpty();
        Invariants.hold(cluster);
    }

    private String withPhotosOfWimAndElla(Guest creator) {
        var event = creator.creates("Before the loss", 600);
        wim.adds(event, Photos.small(System.nanoTime()));
        ella.adds(event, Photos.small(System.nanoTime()));
        return event;
    }

    /** What has begun goes on by an ordinary start; while a peer is missing, it waits and serves nobody. */
    private void isMadeAgainThoughItDiesInTheMiddle() throws IOException {
        var rebuild = CompletableFuture.runAsync(() -> cluster.rebuild(EAST));
        Soon.within(A_START, "east is being made again", () -> assertThat(log()).contains("TUTTI060"));
        cluster.kill(EAST);
        assertThatThrownBy(rebuild::join).isInstanceOf(CompletionException.class);

        cluster.pause(ASIA);
        var start = CompletableFuture.runAsync(() -> cluster.startWithAnotherDatabase(EAST));
        Soon.within(A_START, "east is up and serves nobody", () -> ella.get("/published")
                .isProblem(503, "rebuilding"));
        ella.post("/events", "{\"title\":\"Too early\"}").isProblem(503, "rebuilding");
        assertThat(ella.page("/").is(503).text()).contains("This site is being made again");
        assertThat(ella.page("/health/ready").is(503).text()).contains("has lost its disk");
        cluster.resume(ASIA);
        start.join();

        assertThat(log()).contains("TUTTI060").contains("TUTTI063");
    }

    private String log() throws IOException {
        var log = cluster.folder(EAST).resolve("log/server.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** The ballot whose votes are lost is over everywhere, and everybody may vote again in the next one. */
    private void aNewBallotPublishes(String event) {
        wim.seesEverywhere(event, view -> {
            assertThat(status(view)).isEqualTo("open");
            assertThat(view.getJsonObject("ballot").getString("state")).isEqualTo("aborted");
        });
        var next = wim.sees(event).getInt("ballotNumber");
        assertThat(next).isGreaterThan(1);
        for (var one : new Guest[] {ella, wim}) {
            one.vote(event, "accept", next, digestOf(one.sees(event))).is(201);
        }
        wim.seesEverywhere(event, view -> assertThat(status(view)).isEqualTo("published"));
    }

    private static String status(JsonObject event) {
        return event.getString("status");
    }
}
