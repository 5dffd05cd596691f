package tutti.cluster;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Evening.published;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import com.microsoft.playwright.Locator;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people do and see: real browsers, as small as phones, at the sites of a real cluster. */
@ExtendWith({RunningCluster.Resolver.class, Evening.Resolver.class})
class PagesIT {

    private final RunningCluster cluster;
    private final Evening evening;

    PagesIT(RunningCluster cluster, Evening evening) {
        this.cluster = cluster;
        this.evening = evening;
    }

    @Test
    void a_group_gets_from_an_empty_page_to_a_published_montage() {
        var wim = evening.phone(WEST);
        var ella = evening.phone(EAST);
        var astrid = evening.phone(EUROPE);
        var all = List.of(wim, ella, astrid);
        var stranger = evening.phone(ASIA);

        var event = create_an_event(wim, "Summer at the lake");
        wim.isPhotographed("event-new");
        the_invitation_leads_to_it(wim, event);
        ella.opens(event);
        astrid.opens(event);

        var afternoon = Photos.ofAnAfternoon();
        wim.addsAs("Wim", afternoon.subList(0, 1));
        ella.addsAs("Ella", afternoon.subList(1, 4));
        astrid.addsAs("Astrid", List.of(Photos.ofAPhone(), Photos.withPosition()));
        everybody_sees_one_montage(all, "Wim: 1 photo", "Ella: 3 photos", "Astrid: 2 photos");
        wim.isPhotographed("event-open");
        a_stranger_sees_nothing(stranger, event);

        start_the_vote(wim, ella, astrid);
        ella.isPhotographed("event-voting");
        reject(astrid, wim, ella);
        wim.isPhotographed("event-rejected");
        ella.addsAs("Ella", afternoon.subList(4, 5));
        everybody_sees_one_montage(all, "Wim: 1 photo", "Ella: 4 photos", "Astrid: 2 photos");

        start_the_vote(ella, wim, astrid);
        wim.accepts("Accept");
        wim.sees("Still missing: Astrid");
        astrid.accepts("Accept");
        for (var phone : all) {
            phone.sees("published", "Everyone said yes!");
        }
        wim.isPhotographed("event-published");
        everybody_can_look_at_it(stranger, event, wim);

        evening.hadNoTroubles();
    }

    /** Fills in the form, forgetting the name at first, and ends on the page of the event. */
    private static String create_an_event(Phone phone, String title) {
        phone.opens("/").isPhotographed("home");
        phone.taps("Create the event");
        phone.sees("Please give it a name");
        phone.isSound();
        phone.fills("What is it called?", title);
        phone.fills("Anything the others should know?", "The best ones of all of us, for the wall.");
        phone.page().getByLabel("5 minutes").check();
        phone.taps("Create the event");
        phone.sees("open", "Nobody has added a photo yet");
        return phone.path();
    }

    @Test
    void a_vote_that_runs_out_of_time_is_said_to_do_so_before_and_after() {
        var event = evening.event("Somebody is asleep", 20);
        var ute = evening.phone(WEST).opens(event);
        var max = evening.phone(ASIA).opens(event);
        ute.addsAs("Ute", List.of(Photos.small(101)));
        max.addsAs("Max", List.of(Photos.small(102)));
        assertThat(ute.person("Max")).isVisible();

        ute.accepts("Accept and start the vote");

        assertThat(max.page().locator("#said")).hasText("10 seconds left to vote");
        for (var phone : List.of(ute, max)) {
            phone.sees("open", "Time ran out before everyone had answered: one person was missing.");
        }
        max.isPhotographed("event-timeout");
        evening.hadNoTroubles();
    }

    @Test
    void a_host_chooses_how_the_picture_looks() {
        var jade = evening.phone(WEST);
        jade.opens("/");
        jade.fills("What is it called?", "Sommerfest");
        jade.page().getByText("How the picture looks").click();
        jade.page().getByLabel("One big").check();
        jade.page().getByLabel("Night").check();
        jade.fills("A line below the photos", "Sommerfest \ud83c\udf89");
        jade.fills("When is it, or was it?", "2026-07-18");
        jade.isPhotographed("home-looks");
        jade.taps("Create the event");

        jade.sees("others cannot be painted, nor emoji");
        jade.isSound();
        jade.page().getByText("How the picture looks").click();
        assertThat(jade.page().getByLabel("One big")).isChecked();
        jade.fills("A line below the photos", "Sommerfest");
        jade.taps("Create the event");

        jade.sees("open", "18 July 2026");
        var event = evening.stranger(WEST, "/api/v1/events/" + jade.path().substring("/e/".length()))
                .is(200)
                .json();
        assertThat(event.getString("layout")).isEqualTo("one-big");
        assertThat(event.getString("background")).isEqualTo("night");
        assertThat(event.getString("textLine")).isEqualTo("Sommerfest");
        evening.hadNoTroubles();
    }

    private void the_invitation_leads_to_it(Phone phone, String event) {
        var link = cluster.url(WEST) + event;
        assertThat(phone.page().locator("#link")).hasValue(link);
        assertThat(Camera.reads(phone.page().locator(".qr svg"))).isEqualTo(link);
        evening.isEverywhere(event);
    }

    private static void everybody_sees_one_montage(List<Phone> contributors, String... photos) {
        var digest = "";
        for (var phone : contributors) {
            for (var one : photos) {
                var name = one.substring(0, one.indexOf(':'));
                assertThat(phone.person(name)).containsText(one.substring(name.length() + 2));
            }
            digest = digest.isEmpty() ? phone.digest() : digest;
            phone.seesMontage(digest);
            phone.isSound();
        }
    }

    private void a_stranger_sees_nothing(Phone stranger, String event) {
        stranger.opens(event).sees("3 people are in. Add a photo to see who.");
        assertThat(stranger.page().locator("#part-montage img")).hasCount(0);
        assertThat(stranger.page().locator(".persons li")).hasCount(0);
        stranger.isPhotographed("event-stranger");
        for (var site : Site.values()) {
            assertThat(evening.stranger(site, published(event)).is(404).text())
                    .doesNotContain("og:image")
                    .doesNotContain("Summer at the lake");
        }
        stranger.opens("/gallery");
        assertThat(cardOf(event, stranger)).hasCount(0);
    }

    /** The first to accept asks all others. */
    private static void start_the_vote(Phone first, Phone... others) {
        assertThat(first.choice("Reject")).hasCount(0);
        first.accepts("Accept and start the vote");
        first.sees("voting", "Thank you. Your yes is safe.");
        for (var phone : others) {
            phone.sees("voting", "Do you agree?");
            phone.sees("1 of 3 said yes");
            assertThat(phone.page().locator("#clock")).hasText(Pattern.compile("[45]:\\d\\d"));
            assertThat(phone.choice("Reject")).isVisible();
            phone.sees("No new photos while the vote is on");
            assertThat(phone.page().getByText("Choose photos")).isHidden();
        }
    }

    private static void reject(Phone one, Phone... others) {
        one.choice("Reject").click();
        one.isPhotographed("event-rejecting");
        one.choice("Reject").click();
        one.rejects();
        for (var phone : Stream.concat(Stream.of(one), Stream.of(others)).toList()) {
            phone.sees("open", "Somebody said no, so nothing was published.");
            assertThat(phone.choice("Reject")).hasCount(0);
            assertThat(phone.page().getByText("Choose photos")).isVisible();
        }
    }

    private void everybody_can_look_at_it(Phone stranger, String event, Phone contributor) {
        stranger.opens(published(event));
        stranger.isPicture(stranger.page().locator(".public img"));
        var image = stranger.page().locator("meta[property='og:image']").getAttribute("content");
        assertThat(image).startsWith(cluster.url(ASIA) + "/");
        var link = URI.create(image);
        assertThat(evening.stranger(ASIA, link.getPath() + "?" + link.getQuery())
                        .is(200)
                        .header("Content-Type"))
                .isEqualTo("image/jpeg");
        stranger.isPhotographed("published");

        stranger.opens("/gallery");
        stranger.isPicture(cardOf(event, stranger).locator("img"));
        stranger.isPhotographed("gallery");
        cardOf(event, stranger).click();
        stranger.sees("3 people said yes");
        assertThat(stranger.path()).isEqualTo(published(event));

        contributor.page().getByText("See the published montage").click();
        contributor.isPicture(contributor.page().locator(".public img"));
        contributor.isSound();
    }

    private static Locator cardOf(String event, Phone phone) {
        return phone.page().locator(".cards a[href='" + published(event) + "']");
    }

    @Test
    void somebody_leaves_for_good() {
        var wim = evening.phone(WEST);
        var ella = evening.phone(EAST);
        var noor = evening.phone(EUROPE);
        var ada = evening.phone(ASIA);
        var event = create_an_event(wim, "Summer at the lake");
        evening.isEverywhere(event);
        ada.opens(event);
        assertThat(ada.choice("Erase my photos and my name")).hasCount(0);
        ella.opens(event);
        noor.opens(event);
        wim.addsAs("Wim", Photos.ofAnAfternoon().subList(0, 2));
        ella.addsAs("Ella", Photos.ofAnAfternoon().subList(2, 4));
        noor.addsAs("Noor", Photos.ofAnAfternoon().subList(4, 5));

        ada.addsAs("Ada", List.of(Photos.small(77)));
        ada.taps("Take out");
        ada.taps("Take it out for everyone?");
        ada.hasIn(0);
        considers_leaving(ada);
        ada.taps("Erase everything of mine");
        ada.sees("Your data is erased");

        considers_leaving(ella);
        ella.sees("This cannot be undone, and with this browser you cannot come back to this event.");
        ella.isSound();
        ella.isPhotographed("event-erase");
        ella.taps("Erase everything of mine");
        ella.sees("Your data is erased");
        assertThat(ella.page().getByText("Choose photos")).isHidden();
        assertThat(ella.choice("Erase my photos and my name")).hasCount(0);
        ella.isSound();
        ella.isPhotographed("event-erased");
        assertThat(wim.person("Ella")).hasCount(0);

        wim.sees("2 people are in");
        wim.accepts("Accept and start the vote");
        noor.sees("voting", "Do you agree?");
        considers_leaving(noor);
        noor.taps("Erase everything of mine");
        noor.sees("A vote on your photos is on, so nothing can be erased now.");
        noor.accepts("Accept");
        noor.sees("published", "Everyone said yes!");
        wim.sees("published", "Everyone said yes!");
        wim.isPicture(wim.page().locator("#part-montage img"));
        considers_leaving(noor);
        noor.sees("The montage is taken down for everyone and never comes back");
        noor.isPhotographed("event-erase-published");
        noor.taps("Erase everything of mine");
        noor.sees("taken-down", "Your data is erased");
        noor.isPhotographed("event-erased-published");
        wim.sees("taken-down", "Someone who left");
        wim.isSound();
        wim.isPhotographed("event-left");
        assertThat(wim.person("Noor")).hasCount(0);
        for (var phone : List.of(wim, ella, noor, ada)) {
            // A picture may have been on its way to a page when it was taken away.
            assertThat(phone.troubles())
                    .allSatisfy(trouble -> assertThat(trouble).matches(".* status of 40[34] .*/montage\\?v=.*"));
        }
    }

    /** The first of two steps; what was opened stays open while the page goes along. */
    private static void considers_leaving(Phone phone) {
        if (!phone.button("Erase everything of mine").isVisible()) {
            phone.choice("Erase my photos and my name").click();
        }
    }
}
