package tutti.cluster;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators see, and that nobody else does. */
@ExtendWith({RunningCluster.Resolver.class, Evening.Resolver.class})
class ConsoleIT {
    private static final String WELL = "All 4 sites serve, and nothing is held up.";

    /** Sites in tests wait a second longer for each other than they do elsewhere. */
    private static final Duration IN_TIME = Duration.ofSeconds(5).plusSeconds(1);

    private final RunningCluster cluster;
    private final Evening evening;

    ConsoleIT(RunningCluster cluster, Evening evening) {
        this.cluster = cluster;
        this.evening = evening;
    }

    @Test
    void an_operator_sees_that_all_is_well_and_then_that_it_is_not() throws IOException {
        var operator = evening.phone(WEST);
        operator.opens("/admin");
        assertThat(operator.page()).hasURL(cluster.url(WEST) + "/admin/login");
        operator.isPhotographed("console-login");
        evening.logsIn(operator, "not the password");
        operator.sees("That is not the password.");
        assertThat(operator.page().getByLabel("Password")).hasValue("");
        evening.logsIn(operator, evening.password());
        operator.sees(WELL);
        operator.sees("Olga at west");
        assertThat(operator.page().locator(".site-cards .status.is-ready")).hasCount(4);
        operator.isSound();
        operator.isPhotographed("console-sites");

        var guest = Guest.named("Gina", cluster, EAST);
        var event = guest.creates("Seen by an operator", 60);
        guest.adds(event, Photos.small(System.nanoTime()));
        looks_for(operator, cluster.url(EAST) + "/e/" + event);
        operator.sees("Seen by an operator");
        assertThat(operator.page().getByText("committed", new Page.GetByTextOptions().setExact(true)))
                .hasCount(8);
        operator.isSound();
        operator.isPhotographed("console-event");
        operator.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("photo:.*@east#2")))
                .first()
                .click();
        operator.sees("All of the event");
        assertThat(operator.page().locator("section[aria-labelledby=timeline-title] tbody tr"))
                .hasCount(8);
        looks_for(operator, "SEEN BY");
        operator.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Seen by an operator"))
                .first()
                .click();
        operator.sees("What happened");
        looks_for(operator, "nothing of the kind");
        operator.sees("No site that answers knows such an event.");
        looks_for(operator, "A".repeat(22));
        operator.sees("No site that answers knows such an event.");
        operator.isPhotographed("console-event-unknown");
        operator.opens("/admin");

        cluster.kill(ASIA);
        operator.sees("its machine is there, and nothing runs. Start it there: run-cluster.sh start asia.");
        assertThat(operator.page().locator(".site-cards .status.is-away")).hasCount(1);
        operator.isSound();
        operator.isPhotographed("console-site-away");
        cluster.start(ASIA);
        operator.sees(WELL);

        operator.taps("Try again now what west owes");
        operator.sees("All that this site owes is tried again now.");
        gives_what_helps_to_find_out(operator, event);
        operator.opens("/admin/audit");
        operator.sees("refused: not the password");
        assertThat(operator.page().locator("tbody tr").first()).containsText("Olga");
        assertThat(operator.page().locator("tbody tr").first()).containsText("diagnosis bundle");
        assertThat(operator.page().locator("tbody tr").nth(1)).containsText("retry now");
        operator.isSound();
        operator.isPhotographed("console-audit");

        operator.taps("Log out");
        assertThat(operator.page()).hasURL(Pattern.compile(".*/admin/login"));
        operator.opens("/admin");
        assertThat(operator.page()).hasURL(cluster.url(WEST) + "/admin/login");
        evening.hadNoTroubles();
    }

    /** All at once, as far as four sites can have it: of those that are left, neither can reach anybody. */
    @Test
    void an_operator_is_told_within_five_seconds_what_is_wrong_in_a_bad_night() {
        cluster.link(WEST, EAST);
        try {
            a_bad_night();
        } finally {
            cluster.everybodyUp();
            cluster.unlink();
        }
    }

    private void a_bad_night() {
        var hugo = Guest.named("Hugo", cluster, EUROPE);
        var event = hugo.creates("A bad night", 60);
        var west = evening.operator(WEST);
        var east = evening.operator(EAST);
        west.sees(WELL);
        CompletableFuture<Answer> upload;
        var asia = cluster.database(ASIA).lock(event);
        try {
            upload = CompletableFuture.supplyAsync(() -> hugo.upload(event, Photos.small(System.nanoTime())));
            Soon.until("the others have promised", () -> {
                assertThat(cluster.database(WEST).holds(event)).isOne();
                assertThat(cluster.database(EAST).holds(event)).isOne();
            });
            cluster.pause(EUROPE);
            cluster.kill(ASIA);
            cluster.cutLinks();
        } finally {
            asia.close();
        }

        tells_in_time(west, "east");
        east.opens("/admin");
        tells_in_time(east, "west");
        west.isSound();
        west.isPhotographed("console-bad-night");

        cluster.everybodyUp();
        assertThat(upload.join().status()).isIn(201, 202);
        hugo.seesEverywhere(
                event, view -> assertThat(view.getJsonObject("version").getInt("number"))
                        .isOne());
        west.sees(WELL);
        east.sees(WELL);
    }

    private static void tells_in_time(Phone operator, String other) {
        var end = System.nanoTime() + IN_TIME.toNanos();
        for (var finding : List.of(
                "asia has not answered for \\d+ s: its machine is there, and nothing runs\\. Start it there",
                "europe has not answered for \\d+ s: it takes connections and says nothing, so it hangs, or the line",
                other + " has not answered for \\d+ s: it takes connections and says nothing, so it hangs, or the line",
                "One transaction has been in doubt for \\d+ s: .* promised a new photo, and europe, which decides, does"
                        + " not answer\\. It is decided as soon as that site is there again",
                "Until all sites are there, new photos wait and nothing is published; reading goes on\\.")) {
            assertThat(operator.page().locator(".verdict li").getByText(Pattern.compile(finding)))
                    .isVisible(new LocatorAssertions.IsVisibleOptions()
                            .setTimeout(
                                    Duration.ofNanos(end - System.nanoTime()).toMillis()));
        }
    }

    @Test
    void an_operator_can_take_a_montage_down_and_erase_a_person() throws IOException {
        var gina = Guest.named("Gina", cluster, EAST);
        var event = gina.creates("Not to be public", 60);
        gina.adds(event, Photos.small(System.nanoTime()));
        var hugo = Guest.named("Hugo", cluster, ASIA);
        hugo.adds(event, Photos.small(System.nanoTime()));
        Guest.publish(event, gina, hugo);
        var operator = evening.operator(WEST);

        operator.opens("/admin/events");
        operator.sees("Not to be public");
        operator.isSound();
        operator.isPhotographed("console-events");
        operator.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Not to be public"))
                .first()
                .click();
        operator.choice("Take the montage down …").click();
        operator.page().locator("#take-down-reason").fill("The police asked for it");
        operator.isSound();
        operator.isPhotographed("console-event-deeds");
        operator.taps("Take it down");
        operator.sees("The montage is taken down, at all sites.");
        gina.seesEverywhere(event, seen -> assertThat(seen.getString("status")).isEqualTo("taken-down"));

        operator.choice("Erase Hugo, 1 photo …").click();
        operator.page().locator("details[open] [name=reason]").fill("Hugo asked for it");
        operator.taps("Erase");
        operator.sees("The person's photos and name are erased, at all sites.");
        assertThat(operator.choice("Erase Hugo, 1 photo …")).hasCount(0);
        assertThat(operator.choice("Erase Gina, 1 photo …")).hasCount(1);

        operator.opens("/admin/audit");
        assertThat(operator.page().locator("tbody tr").nth(0)).containsText("Hugo asked for it");
        assertThat(operator.page().locator("tbody tr").nth(1)).containsText("The police asked for it");
    }

    @Test
    void an_operator_stops_an_event_and_lets_it_go_on() throws IOException {
        var gina = Guest.named("Gina", cluster, EAST);
        var event = gina.creates("Not like this", 120);
        gina.adds(event, Photos.small(System.nanoTime()));
        var hugo = Guest.named("Hugo", cluster, ASIA);
        hugo.adds(event, Photos.small(System.nanoTime()));
        gina.votes(event, "accept").is(201);
        var operator = evening.operator(WEST);
        looks_for(operator, event);

        operator.choice("Freeze the event …").click();
        operator.page().locator("#freeze-reason").fill("Somebody has complained");
        operator.isSound();
        operator.isPhotographed("console-freeze");
        operator.taps("Freeze it");
        operator.sees("The event is stopped, at all sites. A vote that was on has ended.");
        assertThat(operator.page().getByText("open, frozen")).hasCount(4);
        assertThat(operator.choice("Freeze the event …")).hasCount(0);
        operator.isPhotographed("console-frozen");

        gina.seesEverywhere(event, seen -> {
            assertThat(seen.getString("status")).isEqualTo("open");
            assertThat(seen.getBoolean("frozen")).isTrue();
            assertThat(seen.getJsonObject("ballot").getString("reason")).isEqualTo("frozen");
        });
        gina.upload(event, Photos.small(System.nanoTime())).isProblem(409, "frozen");
        hugo.votes(event, "accept").isProblem(409, "frozen");
        var page = evening.phone(EAST);
        page.opens("/e/" + event);
        page.sees("This event is stopped for now");
        assertThat(page.page().locator("#picker")).isHidden();
        page.isSound();
        page.isPhotographed("frozen");

        cluster.kill(ASIA);
        operator.opens("/admin/events?find=" + event);
        operator.choice("Let the event go on …").click();
        operator.page().locator("#go-on-reason").fill("All is said");
        operator.taps("Let it go on");
        operator.sees("No answer from asia.");
        cluster.start(ASIA);
        gina.upload(event, Photos.small(System.nanoTime())).isProblem(409, "frozen");
        operator.opens("/admin/events?find=" + event);
        operator.choice("Let the event go on …").click();
        operator.page().locator("#go-on-reason").fill("All is said");
        operator.taps("Let it go on");
        operator.sees("The event goes on, at all sites.");
        gina.adds(event, Photos.small(System.nanoTime()));
        Guest.publish(event, gina, hugo);
        operator.opens("/admin/audit");
        operator.sees("Somebody has complained");
    }

    @Test
    void an_operator_sees_whether_all_sites_are_equal() throws IOException {
        var gina = Guest.named("Gina", cluster, EAST);
        var event = gina.creates("The same everywhere", 60);
        gina.adds(event, Photos.small(System.nanoTime()));
        var operator = evening.operator(EUROPE);

        operator.taps("Compare all sites");
        operator.sees("is the same at asia, east, europe and west.");
        var asia = cluster.database(ASIA);
        asia.rows("UPDATE photo SET name = 'Eve' WHERE event_id = '" + event + "'");
        try {
            operator.taps("Compare all sites");
            operator.sees("Not the same at asia, east, europe and west: 1 of ");
            var row = operator.page().locator("tr", new Page.LocatorOptions().setHasText(event));
            assertThat(row.locator("td").nth(1)).hasText("asia | east, europe and west");
            operator.isSound();
            operator.isPhotographed("console-different");
        } finally {
            asia.rows("UPDATE photo SET name = 'Gina' WHERE event_id = '" + event + "'");
        }
        operator.taps("Compare all sites");
        operator.sees("is the same at asia, east, europe and west.");
        operator.isPhotographed("console-equal");
    }

    @Test
    void a_site_is_drained_before_maintenance_and_ends_what_has_begun() throws IOException {
        var gina = Guest.named("Gina", cluster, WEST);
        var hugo = Guest.named("Hugo", cluster, ASIA);
        var begun = gina.creates("A vote is on", 120);
        var open = gina.creates("No vote is on yet", 120);
        for (var event : List.of(begun, open)) {
            gina.adds(event, Photos.small(System.nanoTime()));
            hugo.adds(event, Photos.small(System.nanoTime()));
        }
        gina.votes(begun, "accept").is(201);
        hugo.seesEverywhere(begun, view -> assertThat(view.getString("status")).isEqualTo("voting"));
        var operator = evening.operator(ASIA);

        operator.taps("Drain asia");
        operator.sees("Nothing new begins here from now on.");
        operator.sees("wait until nothing is under way there before you stop it.");
        assertThat(operator.page().locator(".site-cards .status.is-drained")).hasCount(1);
        operator.isSound();
        operator.isPhotographed("console-drained");

        hugo.page("/health/ready").is(503);
        hugo.create("Too late", 120).isProblem(503, "drained");
        hugo.upload(open, Photos.small(System.nanoTime())).isProblem(503, "drained");
        hugo.votes(open, "accept").isProblem(503, "drained");
        gina.adds(open, Photos.small(System.nanoTime()));
        var host = evening.phone(ASIA);
        host.opens("/");
        host.fills("What is it called?", "Too late");
        host.taps("Create the event");
        host.sees("It takes nothing new just now");
        host.isPhotographed("drained");
        hugo.votes(begun, "accept").is(201);
        hugo.seesEverywhere(begun, view -> assertThat(view.getString("status")).isEqualTo("published"));
        operator.sees("nothing is under way there any more, so it can be stopped.");

        operator.taps("Take new work at asia again");
        operator.sees(WELL);
        hugo.page("/health/ready").is(200);
        hugo.adds(open, Photos.small(System.nanoTime()));

        operator.opens("/admin/activity");
        var added = operator.page()
                .locator("tr", new Page.LocatorOptions().setHasText("photos sent here"))
                .filter(new Locator.FilterOptions().setHasText("added"));
        assertThat(added.locator("td").nth(2)).hasText(Pattern.compile("[1-9]\\d*"));
        operator.sees("votes cast here");
        operator.sees("a call to west");
        operator.isSound();
        operator.isPhotographed("console-activity");
    }

    @Test
    void a_peer_can_be_left_alone_for_a_while() throws IOException {
        var gina = Guest.named("Gina", cluster, WEST);
        var event = gina.creates("Not to asia", 120);
        var operator = evening.operator(WEST);

        operator.taps("Pause deliveries to asia");
        operator.sees("west delivers nothing to asia, as an operator has asked.");
        operator.isSound();
        operator.isPhotographed("console-paused");
        var waiting =
                gina.upload(event, Photos.small(System.nanoTime())).is(202).json();
        assertThat(waiting.getJsonArray("waitingFor").getString(0)).isEqualTo("asia");
        gina.at(EAST).adds(event, Photos.small(System.nanoTime()));

        operator.page().locator("[name=peer][value=asia]").evaluate("field => { field.value = 'mars'; }");
        operator.taps("Resume deliveries to asia");
        operator.sees("That form is not one of this console as it is now.");
        operator.taps("Resume deliveries to asia");
        operator.sees(WELL);
        gina.seesEverywhere(
                event, view -> assertThat(view.getJsonObject("version").getInt("number"))
                        .isEqualTo(2));
    }

    @Test
    void nobody_gets_in_by_another_way() {
        for (var path : new String[] {
            "/admin",
            "/admin/",
            "/admin/events",
            "/admin/activity",
            "/admin/audit",
            "/admin/bundle",
            "/WEB-INF/console/sites.xhtml",
            "/admin/sites.xhtml"
        }) {
            assertThat(evening.stranger(EAST, path).status()).as(path).isNotEqualTo(200);
        }
    }

    private void gives_what_helps_to_find_out(Phone operator, String event) throws IOException {
        var download = operator.page()
                .waitForDownload(() ->
                        operator.page().getByText("Get a diagnosis bundle").click());
        assertThat(download.suggestedFilename()).matches("tutti-west-[0-9]{8}-[0-9]{6}\\.zip");
        try (var zip = new ZipFile(download.path().toFile())) {
            var all = new StringBuilder();
            for (var entry : Collections.list(zip.entries())) {
                all.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
            assertThat(zip.getEntry("log/server.0.log")).isNotNull();
            assertThat(all)
                    .contains(WELL, "asia: ready", "TUTTI050 step site=west event=event-", "BundleServlet.threads")
                    .doesNotContain(event, "Seen by an operator", "Gina", evening.password());
        }
    }

    private static void looks_for(Phone operator, String what) {
        operator.opens("/admin/events");
        operator.fills("Id of an event, a link to it, or words of its title", what);
        operator.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Look"))
                .click();
    }
}
