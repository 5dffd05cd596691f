package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.WEST;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ViewportSize;
import com.microsoft.playwright.options.WaitUntilState;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the pages cost those who pay for each megabyte. */
@ExtendWith({RunningCluster.Resolver.class, Evening.Resolver.class})
class LightIT {

    private static final long FIRST_LOAD_BYTES_MOST = 300_000;

    /** Below this many bytes compression saves nothing that anybody would notice. */
    private static final int SMALL_BYTES = 2048;

    private static final String RESOURCES = "/jakarta.faces.resource/";
    private static final Pattern RESOURCE = Pattern.compile("(?:src|href)=\"(" + RESOURCES + "[^\"#]+)");
    private static final Pattern MAX_AGE_SECONDS = Pattern.compile("max-age=(\\d+)");

    /** A narrower montage's height is a whole number of pixels, and so not quite that of the full one in its shape. */
    private static final Comparator<Double> ROUNDED = new DoubleComparator(1);

    /** In the last ones a montage is as high as it may be, before it is as wide. */
    private static final List<ViewportSize> WINDOWS =
            List.of(new ViewportSize(360, 780), new ViewportSize(1024, 640), new ViewportSize(1280, 720));

    private final RunningCluster cluster;
    private final Evening evening;

    LightIT(RunningCluster cluster, Evening evening) {
        this.cluster = cluster;
        this.evening = evening;
    }

    @Test
    void an_event_page_costs_little_at_first_and_its_scripts_and_styles_nothing_the_second_time() {
        var ida = evening.phone(EAST);
        var event = evening.event("On the train");
        var traffic = Traffic.of(ida.page());

        ida.opens(event).page().waitForLoadState(LoadState.NETWORKIDLE);
        assertThat(traffic.bytes(address -> true)).as(traffic.toString()).isLessThan(FIRST_LOAD_BYTES_MOST);
        assertThat(traffic.bytes(address -> address.contains(RESOURCES)))
                .as(traffic.toString())
                .isPositive();
        traffic.forget();
        ida.opens(event).page().waitForLoadState(LoadState.NETWORKIDLE);

        assertThat(traffic.bytes(address -> address.contains(RESOURCES)))
                .as(traffic.toString())
                .isZero();
    }

    @Test
    void nothing_jumps_when_a_montage_arrives() {
        var ida = evening.phone(WEST);
        var event = ida.creates("Without a jolt");
        ida.addsAs("Ida", List.of(Photos.ofAPhone()));
        ida.acceptsAlone();
        ida.sees("published", "Everyone said yes!");
        var page = ida.page();
        var held = new ArrayList<Route>();
        page.route(Pattern.compile("/montage\\?"), held::add);

        for (var window : WINDOWS) {
            page.setViewportSize(window.width, window.height);
            for (var path : List.of(event, Evening.published(event))) {
                page.navigate(
                        cluster.url(WEST).resolve(path).toString(),
                        new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
                page.waitForCondition(() -> !held.isEmpty());
                var frame = page.locator(".frame");
                var before = frame.boundingBox();
                held.forEach(Route::resume);
                held.clear();
                page.waitForFunction("() => document.querySelector('.frame img').naturalWidth > 0");

                assertThat(frame.boundingBox())
                        .as(path + " in a window of " + window.width + " × " + window.height)
                        .usingRecursiveComparison()
                        .withComparatorForType(ROUNDED, Double.class)
                        .isEqualTo(before);
            }
        }
    }

    @Test
    void pages_scripts_styles_and_icons_travel_compressed_and_those_that_never_change_are_kept() {
        var event = evening.event("A long way");
        var page = compressed(event);
        assertThat(page.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(page.header("Cache-Control")).contains("no-cache");
        var resources = RESOURCE.matcher(evening.stranger(WEST, event).text())
                .results()
                .map(found -> found.group(1).replace("&amp;", "&"))
                .distinct()
                .toList();

        assertThat(resources).hasSizeGreaterThan(8);
        assertThat(resources).allSatisfy(resource -> {
            var plain = evening.stranger(WEST, resource).is(200);
            if (plain.body().length > SMALL_BYTES) {
                assertThat(compressed(resource).header("Content-Encoding")).isEqualTo("gzip");
            }
            assertThat(maxAge(plain)).isGreaterThanOrEqualTo(Duration.ofDays(300));
        });
    }

    private Answer compressed(String path) {
        return Guest.send(
                        HttpRequest.newBuilder(cluster.url(WEST).resolve(path)).header("Accept-Encoding", "gzip"))
                .is(200);
    }

    private static Duration maxAge(Answer answer) {
        return MAX_AGE_SECONDS
                .matcher(answer.header("Cache-Control"))
                .results()
                .map(LightIT::seconds)
                .findFirst()
                .orElse(Duration.ZERO);
    }

    private static Duration seconds(MatchResult found) {
        return Duration.ofSeconds(Long.parseLong(found.group(1)));
    }
}
