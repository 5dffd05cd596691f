package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Guest.digestOf;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.GpsDirectory;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tutti.pictures.GeneratedPhotos;

/** What Tutti is for, told once from the first click to the published montage, by people at different sites. */
@ExtendWith(RunningCluster.Resolver.class)
class StoryIT {

    private final RunningCluster cluster;

    StoryIT(RunningCluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void all_sites_agree() {
        Invariants.hold(cluster);
    }

    @Test
    void three_friends_at_three_sites_publish_what_all_three_have_accepted() throws Exception {
        var wim = Guest.named("Wim", cluster, WEST);
        var ella = Guest.named("Ella", cluster, EAST);
        var astrid = Guest.named("Astrid", cluster, ASIA);
        var stranger = Guest.named("Stranger", cluster, EUROPE);

        var event = wim.creates("Summer at the lake", 300);
        assertThat(wim.sees(event).getString("master")).isEqualTo("west");
        ask_for_what_is_not_there_yet(wim, event);

        var wims = wim.adds(event, GeneratedPhotos.megapixels(12, 1));
        var ellas = ella.adds(event, GeneratedPhotos.megapixels(48, 2));
        var astrids = astrid.adds(event, Photos.withPosition());
        assertThat(ellas.getInt("width")).isEqualTo(8000);
        repeat_an_upload(astrid, event, astrids);
        everybody_sees_one_montage(List.of(wim, ella, astrid), event, 3);
        strangers_see_nothing(stranger, event, wims.getString("id"));
        nothing_tells_where_it_was(astrid, event, astrids.getString("id"));
        originals_are_for_their_owners(wim, astrid, event, astrids.getString("id"));

        reject_the_first_ballot(wim, ella, astrid, stranger, event);

        var first = digestOf(wim.sees(event));
        astrid.adds(event, Photos.ofAPhone());
        everybody_sees_one_montage(List.of(wim, ella, astrid), event, 4);
        take_a_photo_out_and_add_it_again(astrid, List.of(wim, ella, astrid), event, first);
        var superseded = ella.vote(event, "accept", 2, first).isProblem(412, "superseded");
        var second = digestOf(ella.sees(event));
        assertThat(digestOf(superseded.json())).isEqualTo(second).isNotEqualTo(first);

        for (var one : List.of(ella, astrid, wim)) {
            assertThat(one.sees(event).getInt("ballotNumber")).isEqualTo(2);
            one.votes(event, "accept").is(201);
        }
        published_everywhere_at_one_time(List.of(wim, ella, astrid), stranger, event, second);
        nothing_changes_any_more(wim, ella, stranger, event, second);
        Invariants.hold(cluster);
        take_it_down(ella, stranger, event);
        cluster.stepLogs().areComplete(event);
    }

    /** Consent that cannot be withdrawn is no consent. */
    private static void take_it_down(Guest contributor, Guest stranger, String event) {
        stranger.delete("/events/" + event + "/publication").isProblem(403, "not-a-contributor");

        contributor.delete("/events/" + event + "/publication").is(204);

        contributor.seesEverywhere(
                event, view -> assertThat(view.getString("status")).isEqualTo("taken-down"));
        for (var site : Site.values()) {
            var here = stranger.at(site);
            here.get("/events/" + event).isProblem(404, "not-found");
            here.get("/events/" + event + "/montage").isProblem(404, "not-found");
            here.page("/p/" + event).is(404);
            here.page("/e/" + event).is(404);
            assertThat(ids(here.get("/published?limit=50"))).doesNotContain(event);
            contributor.at(site).get("/events/" + event + "/montage").isProblem(404, "not-found");
            contributor.at(site).page("/e/" + event).is(200);
        }
        contributor.delete("/events/" + event + "/publication").is(204);
    }

    private static void ask_for_what_is_not_there_yet(Guest creator, String event) {
        creator.get("/events/" + event + "/montage").isProblem(403, "not-a-contributor");
        creator.at(ASIA).page("/p/" + event).is(404);
        creator.delete("/events/" + event).isProblem(409, "too-late");
    }

    private static void repeat_an_upload(Guest guest, String event, JsonObject photo) {
        var again = guest.upload(event, Photos.withPosition()).is(200).json();

        assertThat(again.getString("id")).isEqualTo(photo.getString("id"));
    }

    private static void everybody_sees_one_montage(List<Guest> guests, String event, int photos) {
        var digests = new HashSet<String>();
        var paintings = new HashSet<String>();
        for (var guest : guests) {
            guest.seesEverywhere(
                    event, view -> assertThat(view.getJsonObject("version").getInt("number"))
                            .isEqualTo(photos));
            assertThat(guest.sees(event).getInt("contributorCount")).isEqualTo(3);
            for (var site : Site.values()) {
                digests.add(digestOf(guest.at(site).sees(event)));
            }
        }
        var guest = guests.get(0);
        for (var site : Site.values()) {
            var montage = guest.at(site).get("/events/" + event + "/montage").is(200);
            assertThat(montage.header("Content-Type")).isEqualTo("image/jpeg");
            digests.add(montage.header("ETag").replace("\"", ""));
            paintings.add(tutti.photo.Sha256.of(montage.body()).hex());
            guest.at(site)
                    .get("/events/" + event + "/montage", "If-None-Match", montage.header("ETag"))
                    .is(304);
        }
        assertThat(digests).as("digests at all sites").hasSize(1);
        assertThat(paintings).as("montages at all sites, byte by byte").hasSize(1);
    }

    private void strangers_see_nothing(Guest stranger, String event, String photo) {
        for (var site : Site.values()) {
            var here = stranger.at(site);
            var view = here.sees(event);
            assertThat(view.getString("title")).isEqualTo("Summer at the lake");
            assertThat(view.getInt("contributorCount")).isEqualTo(3);
            assertThat(view.getJsonArray("contributors")).isEmpty();
            assertThat(view.isNull("ballot")).isTrue();
            here.get("/events/" + event + "/montage").isProblem(403, "not-a-contributor");
            here.get("/events/" + event + "/photos").isProblem(403, "not-a-contributor");
            here.get("/events/" + event + "/photos/" + photo).isProblem(404, "not-found");
            here.get("/events/" + event + "/photos/" + photo + "/original").isProblem(404, "not-found");
            here.get("/events/" + event + "/photos/" + photo + "/tile").isProblem(403, "not-a-contributor");
            assertThat(here.get("/events/" + event + "/ballots").is(200).list()).isEmpty();
            assertThat(here.page("/p/" + event).is(404).header("Content-Type")).startsWith("text/html");
        }
    }

    private void nothing_tells_where_it_was(Guest owner, String event, String photo) throws Exception {
        assertThat(directories(Photos.withPosition())).contains(GpsDirectory.class);
        for (var site : Site.values()) {
            var here = owner.at(site);
            for (var picture : List.of(
                    here.get("/events/" + event + "/photos/" + photo + "/tile").is(200),
                    here.get("/events/" + event + "/montage").is(200))) {
                assertThat(metadata(picture.body()).getDirectoriesOfType(ExifDirectoryBase.class))
                        .as(picture.toString())
                        .isEmpty();
                assertThat(directories(picture.body())).as(picture.toString()).doesNotContain(GpsDirectory.class);
            }
        }
    }

    private static Set<Class<?>> directories(byte[] picture) throws IOException, ImageProcessingException {
        var classes = new HashSet<Class<?>>();
        metadata(picture).getDirectories().forEach(directory -> classes.add(directory.getClass()));
        return classes;
    }

    private static Metadata metadata(byte[] picture) throws IOException, ImageProcessingException {
        return ImageMetadataReader.readMetadata(new ByteArrayInputStream(picture));
    }

    private void originals_are_for_their_owners(Guest other, Guest owner, String event, String photo) {
        var path = "/events/" + event + "/photos/" + photo + "/original";

        assertThat(owner.at(WEST).get(path).is(200).body()).isEqualTo(Photos.withPosition());
        other.get(path).isProblem(403, "not-yours");
        other.delete("/events/" + event + "/photos/" + photo).isProblem(404, "not-found");
    }

    /** The same photos are the same montage, whatever has come and gone between. */
    private static void take_a_photo_out_and_add_it_again(
            Guest owner, List<Guest> guests, String event, String without) {
        var with = digestOf(owner.sees(event));
        var photo = owner.upload(event, Photos.ofAPhone()).is(200).json().getString("id");

        owner.at(ASIA).delete("/events/" + event + "/photos/" + photo).is(204);
        everybody_sees_one_montage(guests, event, 5);
        assertThat(digestOf(owner.sees(event))).isEqualTo(without);
        owner.photo(event, photo).isProblem(404, "not-found");
        owner.delete("/events/" + event + "/photos/" + photo).isProblem(404, "not-found");

        assertThat(owner.adds(event, Photos.ofAPhone()).getString("id")).isEqualTo(photo);
        everybody_sees_one_montage(guests, event, 6);
        assertThat(digestOf(owner.sees(event))).isEqualTo(with);
    }

    private void reject_the_first_ballot(Guest wim, Guest ella, Guest astrid, Guest stranger, String event) {
        var digest = digestOf(wim.sees(event));
        var votes = "/events/" + event + "/votes";
        wim.post(votes, Guest.ballotPaper("accept", 1)).isProblem(428, "version-required");
        wim.post(votes, "{\"choice\":\"accept\"}", "If-Match", "\"" + digest + "\"")
                .isProblem(400, "validation");
        wim.vote(event, "accept", 1, "0".repeat(64)).isProblem(412, "superseded");
        assertThat(wim.vote(event, "accept", 2, digest)
                        .isProblem(409, "ballot-unknown")
                        .header("Retry-After"))
                .isNotEmpty();
        stranger.vote(event, "accept", 1, digest).isProblem(403, "not-a-contributor");
        var wrong = wim.at(EUROPE).vote(event, "accept", 1, digest).isProblem(421, "wrong-site");
        assertThat(wrong.json().getString("home")).isEqualTo("west");
        assertThat(wrong.json().getString("url")).isEqualTo(cluster.url(WEST) + "/e/" + event);

        wim.vote(event, "accept", 1, digest).is(201);
        wim.vote(event, "accept", 1, digest).is(200);
        wim.vote(event, "reject", 1, digest).isProblem(409, "already-voted");
        wim.seesEverywhere(event, view -> {
            assertThat(view.getString("status")).isEqualTo("voting");
            assertThat(view.getJsonObject("ballot").getInt("accepted")).isEqualTo(1);
            assertThat(view.getJsonObject("ballot").getInt("missing")).isEqualTo(2);
        });
        for (var site : Site.values()) {
            astrid.at(site).upload(event, Photos.ofAPhone()).isProblem(409, "voting-in-progress");
            wim.at(site).delete(pathOfPhoto(wim, event)).isProblem(409, "voting-in-progress");
        }
        ella.vote(event, "reject", 1, digest).is(201);
        wim.seesEverywhere(event, view -> {
            assertThat(view.getString("status")).isEqualTo("open");
            assertThat(view.getInt("ballotNumber")).isEqualTo(2);
            assertThat(view.getJsonObject("ballot").getString("state")).isEqualTo("aborted");
            assertThat(view.getJsonObject("ballot").getString("reason", "")).isEqualTo("rejected");
        });
        assertThat(astrid.vote(event, "accept", 1, digest)
                        .isProblem(409, "ballot-over")
                        .json()
                        .getInt("ballotNumber"))
                .isEqualTo(2);
        wim.vote(event, "accept", 1, digest).is(200);
    }

    private static String pathOfPhoto(Guest owner, String event) {
        var photos = owner.sees(event).getJsonObject("you").getJsonArray("photos");
        return "/events/" + event + "/photos/" + photos.getJsonObject(0).getString("id");
    }

    private void published_everywhere_at_one_time(
            List<Guest> contributors, Guest stranger, String event, String digest) {
        var wim = contributors.get(0);
        wim.seesEverywhere(event, view -> assertThat(view.getString("status")).isEqualTo("published"));
        var times = new HashSet<String>();
        for (var site : Site.values()) {
            var here = stranger.at(site);
            times.add(here.sees(event).getString("publishedAt"));
            assertThat(here.get("/events/" + event + "/montage").is(200).header("ETag"))
                    .isEqualTo("\"" + digest + "\"");
            here.page("/p/" + event).is(200);
            here.get("/events/" + event + "/photos").isProblem(403, "not-a-contributor");
            var ballots =
                    wim.at(site).get("/events/" + event + "/ballots").is(200).list();
            assertThat(ballots).hasSize(2);
            var first = ballots.getJsonObject(0);
            var second = ballots.getJsonObject(1);
            assertThat(List.of(first.getInt("number"), second.getInt("number"))).containsExactly(1, 2);
            assertThat(first.getString("state") + " " + first.getString("reason"))
                    .isEqualTo("aborted rejected");
            assertThat(second.getString("state")).isEqualTo("published");
            assertThat(second.getString("digest")).isEqualTo(digest);
            assertThat(second.getInt("accepted")).isEqualTo(3);
        }
        assertThat(times).as("publishedAt at all sites").hasSize(1);
    }

    private static void nothing_changes_any_more(Guest wim, Guest ella, Guest stranger, String event, String digest) {
        stranger.upload(event, Photos.small(9)).isProblem(409, "published");
        wim.delete(pathOfPhoto(wim, event)).isProblem(409, "published");
        wim.vote(event, "accept", 2, digest).is(200);
        wim.vote(event, "reject", 2, digest).isProblem(409, "already-voted");
        ella.vote(event, "accept", 3, digest).isProblem(409, "published");
        assertThat(wim.upload(event, GeneratedPhotos.megapixels(12, 1))
                        .is(200)
                        .json()
                        .getString("status"))
                .isEqualTo("committed");
    }

    @Test
    void the_gallery_shows_the_newest_first_page_by_page_at_every_site() {
        var nora = Guest.named("Nora", cluster, EUROPE);
        var older = published(nora, "Older");
        var newer = published(nora, "Newer");
        var newest = published(nora, "Newest");

        for (var site : Site.values()) {
            var here = Guest.named("Visitor", cluster, site);
            Soon.until("the gallery at " + site, () -> assertThat(ids(here.get("/published?limit=2")))
                    .containsExactly(newest, newer));
            assertThat(ids(here.get("/published?limit=1&before=" + newest))).containsExactly(newer);
            assertThat(ids(here.get("/published?limit=50&before=" + newer)))
                    .startsWith(older)
                    .doesNotContain(newest, newer);
            here.page("/gallery").is(200);
            here.get("/published?limit=0").isProblem(400, "validation");
            here.get("/published?before=nonsense").isProblem(400, "validation");
        }
    }

    private static String published(Guest guest, String title) {
        var event = guest.creates(title, 60);
        guest.adds(event, Photos.small(title.hashCode()));
        guest.votes(event, "accept").is(201);
        guest.seesEverywhere(event, view -> assertThat(view.getString("status")).isEqualTo("published"));
        return event;
    }

    private static List<String> ids(Answer list) {
        return list.is(200).list().getValuesAs(JsonObject.class).stream()
                .map(event -> event.getString("id"))
                .toList();
    }
}
