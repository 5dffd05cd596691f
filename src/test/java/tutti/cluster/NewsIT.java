package tutti.cluster;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an open page hears, and from whom. */
@ExtendWith({RunningCluster.Resolver.class, Evening.Resolver.class})
class NewsIT {

    /** Far less than the pause between two looks of a page that gets hints, on a machine that has more to do. */
    private static final double AT_ONCE_MILLIS = 8_000;

    /** Somebody who has gone is remembered for three quarters of a minute. */
    private static final double FORGOTTEN_MILLIS = 90_000;

    /** Writes down what the phone would feel like: how many pushes and pauses each time. */
    private static final String FELT = "navigator.vibrate = pattern => (window.felt ??= []).push(pattern.length) > 0";

    private static final String UNTOUCHED =
            "Object.defineProperty(navigator, 'userActivation', {value: {hasBeenActive: false}})";

    private final RunningCluster cluster;
    private final Evening evening;

    NewsIT(RunningCluster cluster, Evening evening) {
        this.cluster = cluster;
        this.evening = evening;
    }

    /** Opens the event and returns when the page listens; counts the hints that it gets. */
    private static AtomicInteger listens(Phone phone, String event) {
        var hints = new AtomicInteger();
        phone.page().onWebSocket(socket -> socket.onFrameReceived(frame -> hints.incrementAndGet()));
        phone.page().waitForWebSocket(() -> phone.opens(event));
        return hints;
    }

    @Test
    void open_pages_at_all_sites_hear_at_once_and_strangers_only_what_they_may_know() {
        var event = evening.event("Three at a table");
        var ada = evening.phone(WEST);
        var ben = evening.phone(EAST);
        var cleo = evening.phone(EUROPE);
        var stranger = evening.phone(ASIA);
        var all = List.of(ada, ben, cleo);
        stranger.page().addInitScript(UNTOUCHED);
        for (var phone : List.of(ada, ben, cleo, stranger)) {
            phone.page().addInitScript(FELT);
        }
        all.forEach(phone -> listens(phone, event));
        var hints = listens(stranger, event);

        ada.addsAs("Ada", List.of(Photos.small(51)));
        ben.addsAs("Ben", List.of(Photos.small(52)));
        cleo.addsAs("Cleo", List.of(Photos.small(53)));
        for (var phone : all) {
            assertThat(phone.page().locator(".persons li"))
                    .hasCount(3, new LocatorAssertions.HasCountOptions().setTimeout(AT_ONCE_MILLIS));
        }
        var digest = cleo.digest();
        for (var phone : all) {
            assertThat(phone.page().locator("#part-montage img"))
                    .hasAttribute(
                            "src",
                            Pattern.compile("/montage\\?v=" + digest),
                            new LocatorAssertions.HasAttributeOptions().setTimeout(AT_ONCE_MILLIS));
        }
        ada.accepts("Accept and start the vote");
        assertThat(stranger.page().locator("#event[data-status=voting]"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(AT_ONCE_MILLIS));
        var before = hints.get();
        ben.accepts("Accept");
        assertThat(cleo.person("Ben"))
                .containsText("said yes", new LocatorAssertions.ContainsTextOptions().setTimeout(AT_ONCE_MILLIS));

        assertThat(hints)
                .as("whom the vote waits for is not a stranger's to know")
                .hasValue(before);
        cleo.accepts("Accept");
        assertThat(stranger.page().locator("#event[data-status=published]"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(AT_ONCE_MILLIS));
        assertThat(hints.get()).isGreaterThan(before);
        ben.sees("published", "Everyone said yes!");
        assertThat(ben.page().evaluate("() => felt"))
                .as("the vote, and its end")
                .isEqualTo(List.of(3, 5));
        assertThat(stranger.page().evaluate("() => window.felt"))
                .as("a page that nobody has touched")
                .isNull();
    }

    @Test
    void a_page_that_gets_no_hints_looks_by_itself() {
        var event = evening.event("No sockets here");
        var dora = evening.phone(WEST);
        var emil = evening.phone(EAST);
        emil.page().routeWebSocket(url -> true, socket -> socket.close());
        emil.opens(event);
        dora.opens(event);

        dora.addsAs("Dora", List.of(Photos.small(61)));

        emil.sees("1 person is in");
    }

    @Test
    void no_other_website_may_listen() {
        var address = URI.create((cluster.url(WEST) + evening.event("Not for others") + "/news").replace("http", "ws"));
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
        var event = evening.event("Is everybody here?");
        var finn = evening.phone(WEST).opens(event);
        var gita = evening.phone(ASIA).opens(event);
        finn.addsAs("Finn", List.of(Photos.small(71)));
        gita.addsAs("Gita", List.of(Photos.small(72)));
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
}
