package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.WEST;

import com.microsoft.playwright.options.LoadState;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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
