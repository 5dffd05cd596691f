package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Guest.digestOf;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a group has of its montage: receipts, its own originals, and a screen in the room. */
@ExtendWith(RunningCluster.Resolver.class)
class AfterwardsIT {

    private final RunningCluster cluster;

    AfterwardsIT(RunningCluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void all_sites_agree() {
        Invariants.hold(cluster);
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

        publish(event, wim, ella);

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

    private static void publish(String event, Guest... guests) {
        for (var guest : guests) {
            guest.votes(event, "accept").is(201);
        }
        guests[0].seesEverywhere(
                event, view -> assertThat(view.getString("status")).isEqualTo("published"));
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
