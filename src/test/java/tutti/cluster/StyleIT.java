package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import jakarta.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tutti.photo.Sha256;
import tutti.pictures.GeneratedPhotos;

/** How a montage looks belongs to its event: it is chosen at one site, and painted so at all of them. */
@ExtendWith(RunningCluster.Resolver.class)
class StyleIT {

    private static final String CHOSEN =
            """
            {"title": "Summer", "votingSeconds": 120, "layout": "one-big", "background": "pine",
             "textLine": " Été à Łódź\\n", "date": "2026-07-18"}
            """;

    private final RunningCluster cluster;

    StyleIT(RunningCluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void all_sites_agree() {
        Invariants.hold(cluster);
    }

    @Test
    void a_chosen_look_is_voted_on_and_painted_alike_at_all_sites_in_every_size() throws IOException {
        var wim = Guest.named("Wim", cluster, EAST);
        var ella = Guest.named("Ella", cluster, ASIA);
        var stranger = Guest.named("Stranger", cluster, EUROPE);
        var event = wim.post("/events", CHOSEN).is(201).json().getString("id");
        wim.seesEverywhere(event, StyleIT::looks_as_chosen);
        wim.adds(event, GeneratedPhotos.megapixels(12, 1));
        ella.adds(event, GeneratedPhotos.megapixels(12, 2));
        wim.adds(event, GeneratedPhotos.megapixels(8, 3));
        ella.adds(event, Photos.small(4));

        var montage = "/events/" + event + "/montage";
        wim.seesEverywhere(
                event, view -> assertThat(view.getJsonObject("version").getInt("number"))
                        .isEqualTo(4));
        assertThat(alike(wim, montage).getWidth()).isEqualTo(2048);
        assertThat(alike(wim, montage + "?size=640").getWidth()).isEqualTo(640);
        stranger.get(montage + "?size=print").isProblem(403, "not-a-contributor");
        wim.get(montage + "?size=print").isProblem(404, "not-found");
        wim.get(montage + "?size=9999").isProblem(400, "validation");

        wim.votes(event, "accept").is(201);
        ella.seesEverywhere(event, view -> assertThat(view.getString("status")).isEqualTo("voting"));
        ella.votes(event, "accept").is(201);
        wim.seesEverywhere(event, view -> assertThat(view.getString("status")).isEqualTo("published"));
        var print = alike(stranger, montage + "?size=print");
        assertThat(Math.max(print.getWidth(), print.getHeight())).isEqualTo(4961);
        cluster.stepLogs().areComplete(event);
    }

    private static void looks_as_chosen(JsonObject event) {
        assertThat(event.getString("status")).isEqualTo("open");
        assertThat(event.getString("layout")).isEqualTo("one-big");
        assertThat(event.getString("background")).isEqualTo("pine");
        assertThat(event.getString("textLine")).isEqualTo("Été à Łódź");
        assertThat(event.getString("date")).isEqualTo("2026-07-18");
    }

    /** The one picture that all sites show. */
    private static BufferedImage alike(Guest guest, String path) throws IOException {
        var paintings = new HashSet<String>();
        var tags = new HashSet<String>();
        for (var site : Site.values()) {
            var picture = guest.at(site).get(path).is(200);
            assertThat(picture.header("Content-Type")).isEqualTo("image/jpeg");
            paintings.add(Sha256.of(picture.body()).hex());
            tags.add(picture.header("ETag"));
        }
        assertThat(paintings).as("%s at all sites, byte by byte", path).hasSize(1);
        assertThat(tags).hasSize(1);
        return ImageIO.read(
                new ByteArrayInputStream(guest.at(WEST).get(path).is(200).body()));
    }

    @Test
    void what_was_not_chosen_is_as_usual() {
        var wim = Guest.named("Wim", cluster, WEST);

        var event = wim.sees(wim.creates("Winter", 60));

        assertThat(event.getString("layout")).isEqualTo("mosaic");
        assertThat(event.getString("background")).isEqualTo("paper");
        assertThat(event.getString("textLine")).isEmpty();
        assertThat(event.isNull("date")).isTrue();
    }
}
