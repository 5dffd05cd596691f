package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.WEST;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a browser becomes somebody who is known elsewhere, as it is said over HTTP: what is asked, and what is told to whom. */
@ExtendWith(RunningCluster.Resolver.class)
class SamePersonIT {

    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([A-Za-z0-9_-]+)\"");
    private static final String STRANGE = "https://elsewhere.example";
    private static final String CLOSED = "This way is closed again";
    private static final String ASKED = "Is this you?";

    private final RunningCluster cluster;
    private final Set<String> secrets = new HashSet<>();

    SamePersonIT(RunningCluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void no_log_knows_a_secret_and_all_sites_agree() {
        Secrecy.isKept(cluster, secrets);
        Invariants.hold(cluster);
    }

    /** Somebody who has added a photo at this site. */
    private Guest contributor(String name, Site home) {
        var guest = Guest.named(name, cluster, home);
        secrets.add(guest.secret());
        return guest;
    }

    private String eventOf(Guest guest, String title) {
        var event = guest.creates(title, 60);
        guest.adds(event, Photos.small(title.hashCode()));
        return event;
    }

    /** The token that a site gives to somebody for the way home. */
    private String departure(Guest away, String event) {
        var page = away.sendForm("/home/" + event, "", "Origin", origin(away.site()))
                .is(200);
        var token = TOKEN.matcher(page.text());
        assertThat(token.find()).as(page.text()).isTrue();
        secrets.add(token.group(1));
        return token.group(1);
    }

    private Answer arrival(Guest browser, String token, String origin) {
        return browser.sendForm("/hand-over", "token=" + token, "Origin", origin);
    }

    private String origin(Site site) {
        return cluster.url(site).toString();
    }

    private static void becomes(Answer answer, Guest who, String path) {
        assertThat(answer.is(303).header("Location")).endsWith(path);
        assertThat(answer.header("Set-Cookie"))
                .startsWith("tutti_user=" + who.secret() + ";")
                .contains("HttpOnly", "SameSite=Lax", "Path=/");
    }

    private static void staysWhoItIs(Answer answer, String says) {
        assertThat(answer.is(200).text()).contains(says);
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void a_site_sends_a_contributor_home_with_a_token_that_only_the_home_takes_and_only_once() {
        var ella = contributor("Ella", ASIA);
        var event = eventOf(ella, "Way home");
        var browser = Guest.unknown(cluster, ASIA);

        var token = departure(ella.at(EAST), event);
        staysWhoItIs(arrival(Guest.unknown(cluster, WEST), token, origin(WEST)), CLOSED);
        var first = arrival(browser, token, origin(EAST));
        staysWhoItIs(first, "On the way to asia");
        assertThat(first.text()).contains("action=\"/hand-over\"", token).doesNotContain(ella.secret());
        arrival(browser, token, STRANGE).isProblem(403, "foreign-origin");
        becomes(arrival(browser, token, origin(ASIA)), ella, "/e/" + event);

        var again = arrival(browser, token, origin(ASIA));
        staysWhoItIs(again, CLOSED);
        assertThat(again.text()).contains("href=\"" + origin(EAST) + "/e/" + event + "\"");
    }

    @Test
    void the_page_on_the_way_tells_the_home_its_origin_and_nobody_anything_else() {
        var ella = contributor("Ella", ASIA);
        var event = eventOf(ella, "What is told");

        var page = ella.at(EAST).sendForm("/home/" + event, "").is(200);

        assertThat(page.header("Content-Security-Policy")).endsWith("form-action 'self' " + origin(ASIA));
        assertThat(page.header("Referrer-Policy")).isEqualTo("strict-origin");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.text())
                .contains("action=\"" + origin(ASIA) + "/hand-over\"")
                .doesNotContain(ella.secret());
        assertThat(ella.page("/e/" + event).is(200).header("Content-Security-Policy"))
                .endsWith("form-action 'self'");
    }

    @Test
    void nobody_is_sent_home_without_a_tap_or_without_a_home_elsewhere() {
        var ella = contributor("Ella", ASIA);
        var event = eventOf(ella, "Nowhere to go");
        var stranger = contributor("Stranger", EAST);

        for (var answer : new Answer[] {
            ella.at(EAST).page("/home/" + event),
            ella.sendForm("/home/" + event, ""),
            stranger.sendForm("/home/" + event, "")
        }) {
            assertThat(answer.is(303).header("Location")).endsWith("/e/" + event);
            assertThat(answer.text()).doesNotContain("token");
        }
        ella.at(EAST).sendForm("/home/" + event, "", "Origin", STRANGE).isProblem(403, "foreign-origin");
        assertThat(ella.page("/hand-over").is(303).header("Location")).endsWith("/");
    }

    @Test
    void a_token_that_no_site_has_sealed_opens_nothing() {
        var ella = contributor("Ella", ASIA);
        var token = departure(ella.at(EAST), eventOf(ella, "Forged"));
        var flipped = (token.charAt(0) == 'A' ? "B" : "A") + token.substring(1);

        for (var forged : new String[] {flipped, token.substring(1), "", ella.secret(), "%00"}) {
            staysWhoItIs(arrival(Guest.unknown(cluster, ASIA), forged, origin(ASIA)), CLOSED);
        }
    }

    @Test
    void somebody_else_with_a_past_at_home_is_asked_first_and_somebody_without_is_not() {
        var ella = contributor("Ella", ASIA);
        var event = eventOf(ella, "Evening of Ella");
        var mia = contributor("Mia", ASIA);
        eventOf(mia, "Morning of Mia");
        var newcomer = contributor("Newcomer", ASIA);

        becomes(arrival(newcomer, departure(ella.at(EAST), event), origin(EAST)), ella, "/e/" + event);
        var question = arrival(mia, departure(ella.at(EAST), event), origin(EAST));
        staysWhoItIs(question, ASKED);
        assertThat(question.text())
                .contains("Evening of Ella", "Morning of Mia", "You would no longer be who you are here")
                .contains("href=\"/e/" + event + "\"");
        var yes = mia.sendForm("/me", "wish=become&key=" + ella.secret() + "&event=" + event, "Origin", origin(ASIA));
        becomes(yes, ella, "/e/" + event);
    }

    @Test
    void whoever_is_that_person_at_home_already_gets_there_with_any_token_of_theirs() {
        var ella = contributor("Ella", ASIA);
        var event = eventOf(ella, "At home already");
        var token = departure(ella.at(EAST), event);

        for (var time = 0; time < 2; time++) {
            var answer = arrival(ella, token, origin(EAST));
            assertThat(answer.is(303).header("Location")).endsWith("/e/" + event);
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void a_personal_link_is_shown_after_a_tap_and_to_nobody_else() {
        var wim = contributor("Wim", WEST);
        eventOf(wim, "Wedding of Wim");

        var before = wim.page("/me");
        staysWhoItIs(before, "Wedding of Wim");
        assertThat(before.text()).contains("Show my link").doesNotContain(wim.secret());
        var shown = wim.sendForm("/me", "wish=show", "Origin", origin(WEST));
        staysWhoItIs(shown, origin(WEST) + "/me#key=" + wim.secret());
        assertThat(shown.header("Referrer-Policy")).isEqualTo("same-origin");
        wim.sendForm("/me", "wish=show", "Origin", STRANGE).isProblem(403, "foreign-origin");
        staysWhoItIs(Guest.unknown(cluster, WEST).page("/me"), "you are nobody yet");
        assertThat(Guest.unknown(cluster, WEST).sendForm("/me", "wish=show").text())
                .doesNotContain("#key=");
    }

    @Test
    void a_link_asks_before_it_makes_anybody_somebody_else() {
        var wim = contributor("Wim", WEST);
        eventOf(wim, "Wedding of Wim");
        var link = "key=%20" + origin(WEST) + "/me%23key=" + wim.secret();
        var browser = Guest.unknown(cluster, ASIA);

        var question = browser.sendForm("/me", "wish=look&" + link, "Origin", origin(ASIA));
        staysWhoItIs(question, ASKED);
        assertThat(question.text()).contains("Wedding of Wim").doesNotContain("You would no longer be");
        browser.sendForm("/me", "wish=become&" + link, "Origin", STRANGE).isProblem(403, "foreign-origin");
        becomes(browser.sendForm("/me", "wish=become&" + link, "Origin", origin(ASIA)), wim, "/me");

        staysWhoItIs(wim.sendForm("/me", "wish=look&" + link), "You are that person already");
        staysWhoItIs(browser.sendForm("/me", "wish=look&key=" + wim.secret().substring(1)), "no whole personal link");
        staysWhoItIs(browser.sendForm("/me", "wish=become&key="), "no whole personal link");
        staysWhoItIs(browser.sendForm("/me", "wish=somethingElse"), "you are nobody yet");
    }
}
