package tutti.cluster;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Evening.published;
import static tutti.cluster.Evening.wall;
import static tutti.cluster.Guest.digestOf;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a group has of its montage: receipts, its own originals, and a screen in the room. */
@ExtendWith({RunningCluster.Resolver.class, Evening.Resolver.class})
class AfterwardsIT {

    private final RunningCluster cluster;
    private final Evening evening;

    AfterwardsIT(RunningCluster cluster, Evening evening) {
        this.cluster = cluster;
        this.evening = evening;
    }

    @Test
    void who_has_said_yes_can_prove_it_at_every_site() throws Exception {
        var wim = Guest.named("Wim", cluster, WEST);
        var ella = Guest.named("Ella", cluster, EAST);
        var stranger = Guest.named("Stranger", cluster, ASIA);
        var event = wim.creates("Receipts", 120);
        wim.adds(event, Photos.ofAnAfternoon().get(0));
        ella.adds(event, Photos.ofAnAfternoon().get(1));
        wim.get("/events/" + event + "/receipt").isProblem(404, "not-found");

        Guest.publish(event, wim, ella);

        var receipt = wim.get("/events/" + event + "/receipt").is(200).json();
        assertThat(receipt.getString("digest")).isEqualTo(digestOf(wim.sees(event)));
        assertThat(receipt.getInt("ballot")).isEqualTo(1);
        var others = ella.get("/events/" + event + "/receipt").is(200).json();
        assertThat(others.getString("code")).isNotEqualTo(receipt.getString("code"));
        stranger.get("/events/" + event + "/receipt").isProblem(403, "not-a-contributor");
        for (var site : Site.values()) {
            var here = stranger.at(site);
            var checked = here.get("/events/" + event + "/receipts/" + receipt.getString("code"))
                    .is(200)
                    .json();
            assertThat(checked).isEqualTo(receipt);
            here.get("/events/" + event + "/receipts/" + "0".repeat(64)).isProblem(404, "not-found");
            assertThat(here.page("/p/" + event + "?receipt=" + receipt.getString("code"))
                            .is(200)
                            .text())
                    .contains("This receipt is genuine")
                    .doesNotContain("Wim");
            assertThat(here.page("/p/" + event + "?receipt=nonsense").is(200).text())
                    .contains("This is no receipt of this picture");
        }
    }

    @Test
    void the_originals_come_back_as_they_were_and_to_their_owner_only() throws Exception {
        var wim = Guest.named("Wim", cluster, WEST);
        var ella = Guest.named("Ella", cluster, EUROPE);
        var event = wim.creates("Originals", 120);
        wim.adds(event, Photos.withPosition());
        wim.adds(event, Photos.ofAPhone());
        ella.adds(event, Photos.ofAnAfternoon().get(0));

        var archive = wim.at(ASIA).get("/events/" + event + "/photos/originals").is(200);

        assertThat(archive.header("Content-Type")).isEqualTo("application/zip");
        assertThat(archive.header("Content-Disposition")).contains("attachment");
        assertThat(unpacked(archive.body()))
                .containsOnlyKeys("tutti-01.jpg", "tutti-02.jpg")
                .satisfies(files -> {
                    assertThat(files.get("tutti-01.jpg")).isEqualTo(Photos.withPosition());
                    assertThat(files.get("tutti-02.jpg")).isEqualTo(Photos.ofAPhone());
                });
        Guest.named("Stranger", cluster, EAST)
                .get("/events/" + event + "/photos/originals")
                .isProblem(403, "not-a-contributor");
    }

    @Test
    void the_wall_shows_the_montage_to_contributors_and_in_the_end_to_everybody() throws Exception {
        var wim = Guest.named("Wim", cluster, WEST);
        var ella = Guest.named("Ella", cluster, EAST);
        var stranger = Guest.named("Stranger", cluster, EUROPE);
        var event = wim.creates("Wall", 120);
        var photo = Photos.ofAnAfternoon().get(0);
        wim.adds(event, photo);
        ella.adds(event, photo);
        var wall = "/wall/" + event;

        assertThat(wim.page(wall).is(200).text()).contains("/montage?v=").contains("Point your camera");
        assertThat(stranger.page(wall).is(200).text())
                .contains("Point your camera", "Wall")
                .doesNotContain("/montage")
                .doesNotContain("og:");
        wim.votes(event, "accept").is(201);
        Soon.until("the wall counts down at another site, for everybody", () -> assertThat(
                        stranger.page(wall).is(200).text())
                .contains("data-seconds=\"")
                .doesNotContain("/montage"));
        ella.votes(event, "accept").is(201);
        Soon.until("the wall shows what is published", () -> assertThat(
                        stranger.page(wall).is(200).text())
                .contains("/montage?v=")
                .doesNotContain("data-seconds=\""));
        stranger.page("/wall/" + "A".repeat(22)).is(404);
    }

    @Test
    void a_screen_in_the_room_goes_along_and_receipts_can_be_checked() {
        var wim = evening.phone(WEST);
        var ella = evening.phone(EAST);
        var screen = evening.phone(ASIA);
        var event = wim.creates("Summer at the lake");
        evening.isEverywhere(event);
        ella.opens(event);
        wim.addsAs("Wim", Photos.ofAnAfternoon().subList(0, 3));
        ella.addsAs("Ella", Photos.ofAnAfternoon().subList(3, 5));
        var own = wim.opensAnother(wall(event));
        screen.opens(wall(event)).sees("2 people are in");
        screen.isPhotographed("wall-stranger");
        own.isPicture(own.page().locator("#wall img"));
        own.isPhotographed("wall-contributor");

        wim.accepts("Accept and start the vote");
        screen.sees("left to vote");
        assertThat(screen.page().locator("#clock")).hasText(Pattern.compile("[45]:\\d\\d"));
        assertThat(screen.page().locator("#wall img")).hasCount(0);
        screen.isPhotographed("wall-voting");
        ella.sees("voting", "Do you agree?");
        ella.accepts("Accept");

        screen.sees("2 people said yes");
        screen.isPicture(screen.page().locator("#wall img"));
        screen.isSound();
        screen.isPhotographed("wall-published");
        wim.sees("published", "Your receipt");
        wim.isPhotographed("event-receipt");
        screen.opens(wim.receipt()).sees("This receipt is genuine");
        screen.isPhotographed("published-receipt");
        evening.hadNoTroubles();
    }

    @Test
    void what_somebody_takes_down_goes_dark_on_every_page() {
        var vera = evening.phone(EUROPE);
        var screen = evening.phone(ASIA);
        var event = vera.creates("Not like this");
        evening.isEverywhere(event);
        vera.addsAs("Vera", List.of(Photos.ofAPhone()));
        vera.acceptsAlone();
        vera.sees("published", "Everyone said yes!");
        Soon.until("it is published at " + ASIA, () -> evening.stranger(ASIA, published(event))
                .is(200));
        screen.opens(wall(event));
        screen.isPicture(screen.page().locator("#wall img"));

        vera.page().getByText("Take it down").click();
        vera.sees("It then disappears for everyone");
        vera.isPhotographed("event-taking-down");
        vera.taps("Take the montage down");

        vera.sees("taken-down", "This montage was taken down");
        vera.isPhotographed("event-taken-down");
        screen.sees("There is nothing here");
        screen.isPhotographed("not-found");
        for (var site : Site.values()) {
            Soon.until("it is gone at " + site, () -> evening.stranger(site, published(event))
                    .is(404));
        }
    }

    private static Map<String, byte[]> unpacked(byte[] archive) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}
