package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever people type is kept as they typed it, made fit to be shown, and is the same at all sites. */
@ExtendWith(RunningCluster.Resolver.class)
class OddWordsIT {

    private final RunningCluster cluster;

    OddWordsIT(RunningCluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void all_sites_agree() {
        Invariants.hold(cluster);
    }

    @Test
    void names_titles_and_captions_are_words_and_never_paths_or_markup() {
        var guest = Guest.named("Guest", cluster, Site.EUROPE);
        var title = "<b>O'Brien & \"friends\"</b> 🎉 ../../etc/passwd {{7*7}} #{1+1}";
        var event = guest.creates(title, 60);
        var long2000 = "ñ🎉".repeat(1000);

        var first = added(guest, event, 50, "../../../etc/passwd\u0000\u0007", "<script>alert(1)</script>");
        var second = added(guest, event, 51, long2000, long2000);
        var third = added(guest, event, 52, " \t ", "first line\nsecond line");

        assertThat(first.getString("name")).isEqualTo("../../../etc/passwd");
        assertThat(first.getString("caption")).isEqualTo("<script>alert(1)</script>");
        assertThat(second.getString("name")
                        .codePointCount(0, second.getString("name").length()))
                .isEqualTo(60);
        assertThat(long2000).startsWith(second.getString("name")).startsWith(second.getString("caption"));
        assertThat(third.getString("name")).isEmpty();
        assertThat(third.getString("caption")).isEqualTo("first line second line");
        guest.seesEverywhere(event, view -> {
            assertThat(view.getString("title")).isEqualTo(title);
            assertThat(view.getJsonObject("version").getInt("number")).isEqualTo(3);
        });
        for (var site : Site.values()) {
            var page = guest.at(site).page("/e/" + event).is(200).text();
            assertThat(page).contains("&lt;b&gt;O").doesNotContain("<b>O'Brien", "<script>alert(1)", "{{49}}");
        }
    }

    @Test
    void a_title_of_120_characters_may_be_of_any_kind() {
        var guest = Guest.named("Guest", cluster, Site.ASIA);
        var title = "🎉".repeat(120);

        var event = guest.creates("  " + title + "\u0007 ", 600);

        guest.seesEverywhere(event, view -> assertThat(view.getString("title")).isEqualTo(title));
    }

    @Test
    void fields_that_nobody_knows_are_passed_over() {
        var guest = Guest.named("Guest", cluster, Site.WEST);
        var json = Json.createObjectBuilder()
                .add("title", "With more")
                .add("master", "asia")
                .add("status", "published")
                .addNull("description")
                .build();

        var event = guest.post("/events", json.toString()).is(201).json();

        assertThat(event.getString("master")).isEqualTo("west");
        assertThat(event.getString("status")).isEqualTo("open");
        assertThat(event.getInt("votingSeconds")).isEqualTo(90);
        assertThat(event.getInt("maxContributors")).isEqualTo(10);
    }

    private static JsonObject added(Guest guest, String event, long seed, String name, String caption) {
        var form = new Multipart()
                .file("photo", "..\\..\\evil<>.jpg", "text/html", Photos.small(seed))
                .field("name", name)
                .field("caption", caption);
        return guest.post("/events/" + event + "/photos", form).is(201).json();
    }
}
