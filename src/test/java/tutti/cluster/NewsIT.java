package tutti.cluster;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.Media;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an open page hears, from whom, and in which language it says so. */
@ExtendWith(RunningCluster.Resolver.class)
class NewsIT {

    /** Far less than the pause between two looks of a page that gets hints, on a machine that has more to do. */
    private static final double AT_ONCE_MILLIS = 8_000;

    /** Somebody who has gone is remembered for three quarters of a minute. */
    private static final double FORGOTTEN_MILLIS = 90_000;

    private static Chromium chromium;

    private final RunningCluster cluster;
    private final List<Phone> phones = new ArrayList<>();

    NewsIT(RunningCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    static void start_the_browser() {
        chromium = Chromium.started();
    }

    @AfterAll
    static void stop_the_browser() {
        chromium.close();
    }

    @AfterEach
    void put_the_phones_away() {
        phones.forEach(Phone::close);
        Invariants.hold(cluster);
    }

    private Phone phone(Site site) {
        var phone = chromium.phone(cluster.url(site));
        phones.add(phone);
        return phone;
    }

    private String event(String title) {
        return "/e/" + Guest.named("Host", cluster, WEST).creates(title, 120);
    }

    /** Opens the event and returns when the page listens; counts the hints that it gets. */
    private static AtomicInteger listens(Phone phone, String event) {
        var hints = new AtomicInteger();
        phone.page().onWebSocket(socket -> socket.onFrameReceived(frame -> hints.incrementAndGet()));
        phone.page().waitForWebSocket(() -> phone.opens(event));
        return hints;
    }

    private static void adds(Phone phone, String name, long seed) {
        phone.fills("Your name", name);
        phone.adds(List.of(Photos.small(seed)));
    }

    @Test
    void open_pages_at_all_sites_hear_at_once_and_strangers_only_what_they_may_know() {
        var event = event("Three at a table");
        var ada = phone(WEST);
        var ben = phone(EAST);
        var cleo = phone(EUROPE);
        var stranger = phone(ASIA);
        var all = List.of(ada, ben, cleo);
        all.forEach(phone -> listens(phone, event));
        var hints = listens(stranger, event);

        adds(ada, "Ada", 51);
        adds(ben, "Ben", 52);
        adds(cleo, "Cleo", 53);
        for (var phone : all) {
            assertThat(phone.page().locator(".persons li"))
                    .hasCount(3, new LocatorAssertions.HasCountOptions().setTimeout(AT_ONCE_MILLIS));
        }
        ada.choice("Accept and start the vote").click();
        ada.taps("Yes, publish this picture");
        assertThat(stranger.page().locator("#event[data-status=voting]"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(AT_ONCE_MILLIS));
        var before = hints.get();
        ben.choice("Accept").click();
        ben.taps("Yes, publish this picture");
        assertThat(cleo.person("Ben"))
                .containsText("said yes", new LocatorAssertions.ContainsTextOptions().setTimeout(AT_ONCE_MILLIS));

        assertThat(hints)
                .as("whom the vote waits for is not a stranger's to know")
                .hasValue(before);
        cleo.choice("Accept").click();
        cleo.taps("Yes, publish this picture");
        assertThat(stranger.page().locator("#event[data-status=published]"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(AT_ONCE_MILLIS));
        assertThat(hints.get()).isGreaterThan(before);
    }

    @Test
    void a_page_that_gets_no_hints_looks_by_itself() {
        var event = event("No sockets here");
        var dora = phone(WEST);
        var emil = phone(EAST);
        emil.page().routeWebSocket(url -> true, socket -> socket.close());
        emil.opens(event);
        dora.opens(event);

        adds(dora, "Dora", 61);

        emil.sees("1 person is in");
    }

    @Test
    void no_other_website_may_listen() {
        var address = URI.create((cluster.url(WEST) + event("Not for others") + "/news").replace("http", "ws"));
        var attempt = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", "https://elsewhere.example")
                .buildAsync(address, new WebSocket.Listener() {});

        assertThatThrownBy(attempt::join)
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .cause()
                .satisfies(refused -> assertThat(((WebSocketHandshakeException) refused)
                                .getResponse()
                                .statusCode())
                        .isEqualTo(403));
    }

    @Test
    void who_is_away_is_named_before_the_first_vote() {
        var event = event("Is everybody here?");
        var finn = phone(WEST).opens(event);
        var gita = phone(ASIA).opens(event);
        adds(finn, "Finn", 71);
        adds(gita, "Gita", 72);
        assertThat(finn.person("Gita")).containsText("here now");
        assertThat(finn.page().locator(".away")).hasCount(0);

        gita.page().navigate("about:blank");

        assertThat(finn.page().locator(".away"))
                .containsText(
                        "Not looking right now: Gita.",
                        new LocatorAssertions.ContainsTextOptions().setTimeout(FORGOTTEN_MILLIS));
        assertThat(finn.person("Gita")).not().containsText("here now");
        finn.isPhotographed("event-away");
    }

    @Test
    void a_page_speaks_the_language_that_is_chosen_at_its_foot() {
        var hana = phone(WEST).opens(event("Vier Sprachen"));
        for (var choice : List.of(
                List.of("Deutsch", "de", "Füge deine Fotos hinzu"),
                List.of("français", "fr", "Ajoutez vos photos"),
                List.of("español", "es", "Añade tus fotos"),
                List.of("English", "en", "Add your photos"))) {
            hana.page().locator(".languages").getByText(choice.get(0)).click();
            hana.sees(choice.get(2));
            assertThat(hana.page().locator("html")).hasAttribute("lang", choice.get(1));
            assertThat(URI.create(hana.page().url()).getQuery()).isNull();
            hana.isSound();
            hana.isPhotographed("event-" + choice.get(1));
        }
        assertThat(hana.troubles()).isEmpty();
    }

    @Test
    void an_invitation_can_be_printed_on_one_sheet() {
        var ivo = phone(WEST).opens(event("Come all"));
        ivo.isPhotographed("invite");

        ivo.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

        assertThat(ivo.page().locator("h1")).isVisible();
        assertThat(ivo.page().locator(".qr svg")).isVisible();
        assertThat(ivo.page().locator(".sheet")).isVisible();
        assertThat(ivo.page().locator("#upload")).isHidden();
        assertThat(ivo.page().locator(".top")).isHidden();
        var pdf = new String(ivo.page().pdf(), StandardCharsets.ISO_8859_1);
        assertThat(pdf.split("/Type\\s*/Page\\b").length - 1).isEqualTo(1);
        ivo.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Path.of("target", "screenshots", "invite-print.png")));
    }
}
