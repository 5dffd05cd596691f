package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Guest.digestOf;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sites die at the worst moments. The moment is made and not hit: a test holds the event's row at one site, so that the
 * transaction stands still in its middle, looks at the promises in the other databases, and only then kills.
 */
@ExtendWith({RunningCluster.Resolver.class, Evening.Resolver.class})
class CrashIT {

    /** Longer than any site stays in doubt without asking. */
    private static final Duration DOUBT = Duration.ofSeconds(6);

    /** Longer than a site tries to get the lock on an event before it answers that it cannot say. */
    private static final Duration TRYING = Duration.ofSeconds(16);

    private final RunningCluster cluster;
    private final Evening evening;
    private final List<SiteDatabase.Lock> standing = new ArrayList<>();

    CrashIT(RunningCluster cluster, Evening evening) {
        this.cluster = cluster;
        this.evening = evening;
    }

    @AfterEach
    void all_sites_agree() {
        standing.forEach(SiteDatabase.Lock::close);
        Invariants.hold(cluster);
    }

    // Uploads

    @Test
    void a_coordinator_that_dies_before_all_have_promised_leaves_neither_a_photo_nor_a_hold() {
        var ella = Guest.named("Ella", cluster, EAST);
        var event = ella.creates("Half promised", 60);
        var photo = Photos.small(10);

        var asia = standsStill(ASIA, event);
        var upload = inTheBackground(() -> ella.upload(event, photo));
        promised(event, EAST, WEST, EUROPE);
        cluster.kill(EAST);
        stillPromised(event, WEST, EUROPE);
        assertThat(upload).failsWithin(Duration.ofSeconds(10));
        // Asia's own trying is over then: what the coordinator had asked of it can no longer become a promise.
        Soon.throughout(TRYING, "they keep the promise, and asia gives none", () -> {
            stillPromised(event, WEST, EUROPE);
            assertThat(cluster.database(ASIA).holds(event)).isZero();
        });
        asia.close();

        // The one that never promised rules a commit out, and so the others need not wait for the coordinator.
        Soon.until("no hold is left at the living sites", () -> {
            for (var site : Site.allBut(EAST)) {
                assertThat(cluster.database(site).holds(event)).as(site.id()).isZero();
            }
        });
        cluster.start(EAST);

        photosEverywhere(event, 0);
        ella.adds(event, photo);
        photosEverywhere(event, 1);
    }

    @Test
    void nobody_guesses_while_all_have_promised_and_the_coordinator_is_dead() {
        var ella = Guest.named("Ella", cluster, EAST);
        var event = ella.creates("All promised", 60);
        var photo = Photos.small(11);

        var upload = diesWhenAllHavePromised(ella, event, photo);
        assertThat(upload).failsWithin(Duration.ofSeconds(10));
        Soon.throughout(DOUBT, "everybody keeps the promise", () -> stillPromised(event, WEST, EUROPE, ASIA));
        var patient = Guest.named("Patient", cluster, WEST);
        patient.upload(event, Photos.small(12)).is(202);
        cluster.start(EAST);

        nobodyHoldsAnything(event);
        photosEverywhere(event, 1);
        ella.adds(event, photo);
        photosEverywhere(event, 2);
    }

    @Test
    void the_console_of_a_living_site_tells_what_is_wrong_what_it_holds_up_and_what_to_do() {
        var ella = Guest.named("Ella", cluster, EAST);
        var event = ella.creates("At three in the morning", 60);

        var upload = diesWhenAllHavePromised(ella, event, Photos.small(14));
        cluster.pause(ASIA);
        cluster.killDatabase(EUROPE);
        assertThat(upload).failsWithin(Duration.ofSeconds(10));

        var operator = evening.operator(WEST);
        operator.sees("its machine is there, and nothing runs. Start it there: run-cluster.sh start east.");
        operator.sees("it takes connections and says nothing, so it hangs, or the line to it loses what is said.");
        operator.sees("The database of europe is out of reach: nothing is read or written there.");
        operator.sees("new photos wait and nothing is published; reading goes on.");
        operator.sees("west promised a new photo, and east, which decides, does not answer."
                + " It is decided as soon as that site is there again. Until then nobody can vote in that event.");
        operator.isSound();
        operator.isPhotographed("console-night");
        cluster.resume(ASIA);
        cluster.start(EUROPE);
        cluster.start(EAST);

        operator.sees("All 4 sites serve, and nothing is held up.");
        nobodyHoldsAnything(event);
        ella.adds(event, Photos.small(14));
        photosEverywhere(event, 1);
    }

    @Test
    void what_an_operator_has_forced_is_shown_there_and_gives_way_to_what_was_decided() {
        var ella = Guest.named("Ella", cluster, EAST);
        var event = ella.creates("Shown by force", 60);
        ella.adds(event, Photos.small(15));
        var operator = evening.operator(WEST);

        assertThat(diesWhenAllHavePromised(ella, event, Photos.small(16))).failsWithin(Duration.ofSeconds(10));
        operator.sees("west promised a new photo, and east, which decides, does not answer.");
        var id = operator.page()
                .locator("section[aria-labelledby=doubts-title] td code")
                .nth(1)
                .textContent();
        forces(operator, id.substring(1), "COMMITTED");
        operator.sees("Nothing with that id is in doubt at west.");
        operator.taps("Pause deliveries to asia");
        forces(operator, id, "COMMITTED");
        operator.sees("Deliveries to asia are paused here, and the decision may be known there.");
        operator.taps("Resume deliveries to asia");
        operator.choice("Force an outcome at west …").click();
        operator.isSound();
        operator.isPhotographed("console-force");
        forces(operator, id, "COMMITTED");
        operator.sees("west shows it as committed from now on. Its promise stays");
        operator.sees("west (forced: committed)");
        operator.isPhotographed("console-forced");

        seenPhotos(ella.at(WEST), event, 2);
        seenPhotos(ella.at(EUROPE), event, 1);
        stillPromised(event, WEST, EUROPE, ASIA);
        ella.at(WEST).votes(event, "accept").isProblem(421, "wrong-site");
        cluster.start(EAST);

        operator.sees("Mixed outcome: west shows a new photo as committed, as an operator forced it,"
                + " and east decided aborted. Conclude it in the console of west.");
        Soon.until("only west waits for its operator", () -> {
            stillPromised(event, WEST);
            assertThat(cluster.database(EUROPE).holds(event)).isZero();
        });
        operator.opens("/admin");
        operator.isSound();
        operator.isPhotographed("console-mixed");
        operator.taps("Conclude: adopt what east decides");
        operator.sees("Concluded: the decision of east is adopted.");
        operator.sees("All 4 sites serve, and nothing is held up.");
        nobodyHoldsAnything(event);
        seenPhotos(ella.at(WEST), event, 1);
        operator.opens("/admin/audit");
        operator.sees("Nobody knows when east comes back");
        operator.sees("conclude a forced outcome");
    }

    private static void forces(Phone operator, String transaction, String outcome) {
        operator.opens("/admin");
        operator.choice("Force an outcome at west …").click();
        operator.fills("Its id, as in the table above", transaction);
        operator.page().getByLabel("Show it as").selectOption(outcome);
        operator.page().locator("#force-reason").fill("Nobody knows when east comes back");
        operator.taps("Force it");
    }

    private static void seenPhotos(Guest guest, String event, int number) {
        Soon.until(guest + " sees " + number, () -> assertThat(guest.sees(event).getJsonArray("contributors").stream()
                        .map(JsonValue::asJsonObject)
                        .mapToInt(one -> one.getInt("photos"))
                        .sum())
                .isEqualTo(number));
    }

    @Test
    void what_was_decided_reaches_a_site_in_doubt_although_the_coordinator_is_dead() {
        var ella = Guest.named("Ella", cluster, EAST);
        var event = ella.creates("Decided, not told", 60);

        var europe = standsStill(EUROPE, event);
        var upload = inTheBackground(() -> ella.upload(event, Photos.small(13)));
        promised(event, EAST, WEST, ASIA);
        var asia = standsStill(ASIA, event);
        europe.close();
        upload.join().is(201);
        Soon.until("west and europe have the photo", () -> {
            assertThat(cluster.database(WEST).photos(event)).isOne();
            assertThat(cluster.database(EUROPE).photos(event)).isOne();
        });
        stillPromised(event, ASIA);
        assertThat(cluster.database(ASIA).photos(event)).isZero();
        cluster.kill(EAST);
        asia.close();

        Soon.until(
                "asia has learnt it from its neighbours",
                () -> assertThat(cluster.database(ASIA).photos(event)).isOne());
        cluster.start(EAST);

        photosEverywhere(event, 1);
    }

    @Test
    void a_database_that_dies_with_a_promise_keeps_it() {
        var ella = Guest.named("Ella", cluster, EAST);
        var event = ella.creates("A database dies", 60);
        var photo = Photos.small(14);

        var asia = standsStill(ASIA, event);
        var upload = inTheBackground(() -> ella.upload(event, photo));
        promised(event, EAST, WEST, EUROPE);
        cluster.killDatabase(EUROPE);
        asia.close();
        upload.join().is(201);
        var there = ella.at(EUROPE);
        assertThat(there.get("/events/" + event)
                        .isProblem(503, "storage-unavailable")
                        .header("Retry-After"))
                .isNotEmpty();
        there.create("No database", 60).isProblem(503, "storage-unavailable");
        there.page("/health/live").is(200);
        Soon.until("europe says that it is not ready", () -> there.page("/health/ready")
                .is(503));
        cluster.start(EUROPE);

        photosEverywhere(event, 1);
        ella.at(EUROPE).upload(event, photo).is(200);
    }

    // Ballots

    @Test
    void a_vote_taken_while_the_master_is_dead_counts() {
        var nora = Guest.named("Nora", cluster, EUROPE);
        var astrid = Guest.named("Astrid", cluster, ASIA);
        var event = nora.creates("The master is away", 300);
        nora.adds(event, Photos.small(17));
        astrid.adds(event, Photos.small(18));
        nora.votes(event, "accept").is(201);
        astrid.seesEverywhere(
                event, view -> assertThat(view.getString("status")).isEqualTo("voting"));

        cluster.kill(EUROPE);
        var seen = astrid.sees(event);
        astrid.vote(event, "accept", seen.getInt("ballotNumber") + 1, Guest.digestOf(seen))
                .isProblem(409, "ballot-unknown");
        astrid.votes(event, "accept").is(201);
        astrid.votes(event, "accept").is(200);
        assertThat(astrid.sees(event).getString("status")).isEqualTo("voting");
        cluster.start(EUROPE);

        nora.seesEverywhere(event, view -> assertThat(view.getString("status")).isEqualTo("published"));
    }

    // A site away

    @Test
    void what_a_missing_site_holds_up_goes_on_by_itself_when_it_is_back() {
        var wim = Guest.named("Wim", cluster, WEST);
        var other = Guest.named("Other", cluster, EAST);
        var open = wim.creates("Was there before", 60);
        cluster.kill(ASIA);

        var creating = wim.create("Created without asia", 60).is(202).json();
        assertThat(creating.getString("status")).isEqualTo("creating");
        assertThat(creating.getJsonArray("missingSites").getValuesAs(JsonString::getString))
                .contains("asia");
        var waiting = creating.getString("id");
        other.get("/events/" + waiting).isProblem(404, "not-found");
        wim.upload(waiting, Photos.small(19)).isProblem(409, "creating");
        var cancelled = wim.create("Thought better of it", 60).is(202).json().getString("id");
        Guest.named("Stranger", cluster, WEST).delete("/events/" + cancelled).isProblem(404, "not-found");
        wim.delete("/events/" + cancelled).is(204);
        assertThat(wim.sees(cancelled).getString("status")).isEqualTo("cancelled");
        other.at(WEST).get("/events/" + cancelled).isProblem(404, "not-found");

        var photo = wim.upload(open, Photos.small(20)).is(202).json();
        assertThat(photo.getString("status")).isEqualTo("waiting");
        assertThat(photo.getJsonArray("waitingFor").getValuesAs(JsonString::getString))
                .containsExactly("asia");
        wim.upload(open, Photos.small(20)).is(202);
        var withdrawn = wim.upload(open, Photos.small(21)).is(202).json().getString("id");
        other.at(WEST).delete("/events/" + open + "/photos/" + withdrawn).isProblem(404, "not-found");
        wim.delete("/events/" + open + "/photos/" + withdrawn).is(204);
        wim.photo(open, withdrawn).isProblem(404, "not-found");
        wim.at(EUROPE).photo(open, photo.getString("id")).isProblem(404, "not-found");
        cluster.start(ASIA);

        wim.seesEverywhere(
                open, view -> assertThat(view.getJsonObject("version").getInt("number"))
                        .isEqualTo(1));
        assertThat(wim.photo(open, photo.getString("id")).json().getString("status"))
                .isEqualTo("committed");
        Soon.until("the event is open everywhere", () -> {
            for (var site : Site.values()) {
                assertThat(wim.at(site).sees(waiting).getString("status")).isEqualTo("open");
                if (site != WEST) {
                    wim.at(site).get("/events/" + cancelled).isProblem(404, "not-found");
                }
            }
        });
        wim.delete("/events/" + waiting).isProblem(409, "too-late");
    }

    @Test
    void nothing_acknowledged_is_lost_when_every_process_of_every_site_is_killed_at_once() {
        var wim = Guest.named("Wim", cluster, WEST);
        var ella = Guest.named("Ella", cluster, EAST);
        var event = wim.creates("All at once", 300);
        var bytes = Photos.small(22);
        var committed = wim.adds(event, bytes).getString("id");
        var voted = ella.creates("Voted on", 300);
        ella.adds(voted, Photos.small(23));
        wim.adds(voted, Photos.small(24));
        var digest = digestOf(ella.sees(voted));
        ella.vote(voted, "accept", 1, digest).is(201);

        cluster.pause(ASIA);
        var late = inTheBackground(() -> wim.create("Begun before", 60).is(202));
        var waiting = ella.upload(event, Photos.small(25)).is(202).json().getString("id");
        var creating = late.join().json().getString("id");
        cluster.killEverything();
        cluster.everybodyUp();

        ella.vote(voted, "accept", 1, digest).is(200);
        wim.vote(voted, "accept", 1, digest).is(201);
        wim.seesEverywhere(
                event, view -> assertThat(view.getJsonObject("version").getInt("number"))
                        .isEqualTo(2));
        wim.seesEverywhere(
                creating, view -> assertThat(view.getString("status")).isEqualTo("open"));
        wim.seesEverywhere(voted, view -> assertThat(view.getString("status")).isEqualTo("published"));
        assertThat(ella.photo(event, waiting).is(200).json().getString("status"))
                .isEqualTo("committed");
        for (var site : Site.values()) {
            assertThat(wim.at(site)
                            .get("/events/" + event + "/photos/" + committed + "/original")
                            .is(200)
                            .body())
                    .isEqualTo(bytes);
        }
    }

    private static CompletableFuture<Answer> inTheBackground(Supplier<Answer> call) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return call.get();
            } catch (AssertionError e) {
                throw new CompletionException(e);
            }
        });
    }

    private SiteDatabase.Lock standsStill(Site site, String event) {
        var lock = cluster.database(site).lock(event);
        standing.add(lock);
        return lock;
    }

    private void promised(String event, Site... sites) {
        Soon.within(Duration.ofSeconds(9), "they have promised", () -> stillPromised(event, sites));
    }

    private void stillPromised(String event, Site... sites) {
        for (var site : sites) {
            assertThat(cluster.database(site).holds(event))
                    .as("holds at " + site)
                    .isOne();
        }
    }

    /** East begins to add a photo, and is killed when every site has promised it and nothing is decided. */
    private CompletableFuture<Answer> diesWhenAllHavePromised(Guest atEast, String event, byte[] photo) {
        var europe = standsStill(EUROPE, event);
        var upload = inTheBackground(() -> atEast.upload(event, photo));
        promised(event, EAST, WEST, ASIA);
        var coordinator = standsStill(EAST, event);
        europe.close();
        promised(event, EAST, WEST, EUROPE, ASIA);
        cluster.kill(EAST);
        coordinator.close();
        return upload;
    }

    private void nobodyHoldsAnything(String event) {
        Soon.until("nobody holds anything", () -> {
            for (var site : Site.values()) {
                assertThat(cluster.database(site).holds(event)).as(site.id()).isZero();
            }
        });
    }

    private void photosEverywhere(String event, int number) {
        Soon.until(number + " photos at all sites", () -> {
            for (var site : Site.values()) {
                assertThat(cluster.database(site).photos(event)).as(site.id()).isEqualTo(number);
            }
        });
    }
}
