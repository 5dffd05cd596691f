package tutti.cluster;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.WEST;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One person with more than one browser, at sites on more than one host: asia is not where the others are. */
@ExtendWith({RunningCluster.Resolver.class, Evening.Resolver.class})
class SamePersonPagesIT {

    private static final String LINK_FIELD = "Your personal link from there, or the code at its end";

    private final RunningCluster cluster;
    private final Evening evening;

    SamePersonPagesIT(RunningCluster cluster, Evening evening) {
        this.cluster = cluster;
        this.evening = evening;
    }

    @AfterEach
    void no_log_knows_a_secret_and_nothing_is_wrong_with_the_pages() {
        Secrecy.isKept(cluster, evening.secrets());
        evening.hadNoTroubles();
    }

    private String event(Phone phone, String name, String title) {
        phone.opens("/");
        phone.fills("What is it called?", title);
        phone.taps("Create the event");
        phone.sees("open", "Nobody has added a photo yet");
        var event = phone.path();
        joins(phone, event, name);
        return event;
    }

    private void joins(Phone phone, String event, String name) {
        phone.opens(event);
        phone.fills("Your name, as the others will see it", name);
        phone.adds(List.of(Photos.small((event + name).hashCode())));
    }

    /** As it is shown for another device, in letters and as a code. */
    private String linkOf(Phone phone) throws IOException {
        phone.opens("/me").taps("Show my link");
        phone.sees("Whoever has this link is you");
        phone.isSound();
        var link = phone.page().locator("#link").inputValue();
        assertThat(Camera.reads(phone.page().locator(".qr svg"))).isEqualTo(link);
        return link;
    }

    @Test
    void a_tap_at_another_site_leads_home_where_the_vote_counts() throws Exception {
        var ella = evening.traveller(ASIA);
        var wim = evening.traveller(WEST);
        var event = event(ella, "Ella", "One evening, two phones");
        wim.opens(event);
        joins(wim, event, "Wim");
        ella.opens("/me").isPhotographed("me");
        var link = linkOf(ella);
        ella.isPhotographed("me-link");

        var other = evening.traveller(EAST);
        other.opens("/me").isPhotographed("me-nobody");
        other.fills(LINK_FIELD, link);
        other.taps("Go on");
        other.sees("Is this you?");
        other.taps("Yes, this is me");
        assertThat(other.page().locator(".me .lead")).hasText("In this browser you are Ella");
        assertThat(other.secretAt(cluster.url(EAST)))
                .isEqualTo(ella.secretAt(cluster.url(ASIA)))
                .isNotEmpty();
        assertThat(other.secretAt(cluster.url(ASIA))).isEmpty();

        other.opens(event).sees("Your vote is taken at asia");
        other.isPhotographed("event-elsewhere");
        other.taps("Vote at asia");
        other.sees("Is it ready?");
        assertThat(other.page()).hasURL(cluster.url(ASIA) + event);
        assertThat(other.person("Ella").locator(".tag").first()).hasText("you");
        other.page().goBack();
        assertThat(other.page()).hasURL(cluster.url(EAST) + event);
        other.page().goForward();
        other.sees("Is it ready?");

        other.choice("Accept and start the vote").click();
        other.taps("Yes, publish this picture");
        other.sees("voting", "Thank you. Your yes is safe.");
        wim.sees("1 of 2 said yes");
        wim.choice("Accept").click();
        wim.taps("Yes, publish this picture");
        other.sees("published", "Everyone said yes!");
        ella.opens(event).sees("Everyone said yes!");
    }

    @Test
    void a_personal_link_makes_a_fresh_browser_the_same_person_with_the_keyboard_alone() throws Exception {
        var ella = evening.traveller(ASIA);
        var event = event(ella, "Ella", "A link for later");
        ella.opens("/me").pressesWithKeys("Show my link");
        ella.sees("Whoever has this link is you");
        var link = ella.page().locator("#link").inputValue();

        var fresh = evening.traveller(ASIA);
        fresh.follows(link);
        fresh.sees("Is this you?");
        fresh.sees("A link for later");
        assertThat(fresh.page()).hasURL(cluster.url(ASIA) + "/me");
        assertThat(fresh.secretAt(cluster.url(ASIA))).isEmpty();
        fresh.isSound();
        fresh.isPhotographed("me-asked");
        fresh.pressesWithKeys("Yes, this is me");
        assertThat(fresh.page().locator(".me .lead")).hasText("In this browser you are Ella");

        fresh.opens(event);
        assertThat(fresh.person("Ella").locator(".tag").first()).hasText("you");
        assertThat((String) fresh.page().evaluate("() => document.cookie")).doesNotContain("tutti_user");
        fresh.opens("/me");
        fresh.page().getByLabel(LINK_FIELD).fill(link.substring(0, link.length() - 1));
        fresh.page().getByLabel(LINK_FIELD).press("Enter");
        fresh.sees("This is no whole personal link.");
        fresh.isPhotographed("me-wrong");
    }

    @Test
    void a_browser_that_is_known_at_another_host_finds_the_way_there() {
        var ella = evening.traveller(ASIA);
        var event = event(ella, "Ella", "Where was I?");

        ella.follows(cluster.url(EAST) + event);
        ella.sees("You have added photos at another site?");
        ella.isPhotographed("event-stranger-here");
        ella.page()
                .locator(".doors a", new Page.LocatorOptions().setHasText("asia"))
                .click();

        ella.sees("Is it ready?");
        assertThat(ella.person("Ella").locator(".tag").first()).hasText("you");
    }

    @Test
    void whoever_is_somebody_already_is_told_what_would_be_lost_and_may_stay() throws Exception {
        var ella = evening.traveller(ASIA);
        var visited = event(ella, "Ella", "Ella’s evening");
        var link = linkOf(ella);
        var mia = evening.traveller(ASIA);
        event(mia, "Mia", "Mia’s morning");
        var before = mia.secretAt(cluster.url(ASIA));

        mia.follows(link);
        mia.sees("You would no longer be who you are here");
        mia.sees("Mia’s morning");
        mia.isPhotographed("me-asked-somebody");
        mia.page().getByText("No, stay who I am here").click();
        assertThat(mia.page().locator(".me .lead")).hasText("In this browser you are Mia");
        assertThat(mia.secretAt(cluster.url(ASIA))).isEqualTo(before);

        mia.follows(link.replace(cluster.url(ASIA).toString(), cluster.url(EAST).toString()));
        mia.taps("Yes, this is me");
        assertThat(mia.page().locator(".me .lead")).hasText("In this browser you are Ella");
        mia.follows(cluster.url(EAST) + visited);
        mia.taps("Vote at asia");
        mia.sees("You come here as");
        mia.sees("Mia’s morning");
        mia.isPhotographed("hand-over-asked");
        mia.page().getByText("No, stay who I am here").click();
        mia.sees("Add a photo, and you see the montage");
        assertThat(mia.secretAt(cluster.url(ASIA))).isEqualTo(before);

        mia.follows(cluster.url(EAST) + visited);
        mia.taps("Vote at asia");
        mia.taps("Yes, this is me");
        mia.sees("Is it ready?");
        assertThat(mia.page()).hasURL(cluster.url(ASIA) + visited);
        assertThat(mia.secretAt(cluster.url(ASIA))).isEqualTo(ella.secretAt(cluster.url(ASIA)));
    }
}
