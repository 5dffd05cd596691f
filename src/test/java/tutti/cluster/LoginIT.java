package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The door of the console, as it is spoken with over HTTP: who gets in, and what is kept of everybody else. */
@ExtendWith(RunningCluster.Resolver.class)
class LoginIT {

    private static final List<String> PAGES = List.of(
            "/admin",
            "/admin/",
            "/admin/events",
            "/admin/events?find=x",
            "/admin/activity",
            "/admin/audit",
            "/admin/bundle",
            "/admin/nothing");

    private static final String LONG = "a".repeat(1_900_000);
    private static final int KNOCKS = 40;

    /** Far less than what comes in. */
    private static final long GROWTH_BYTES_MOST = 15 << 20;

    /** Through a proxy, so that these attempts are not counted with those of this machine. */
    private static final String[] FROM_ELSEWHERE = {"X-Forwarded-For", "192.0.2.7"};

    private final RunningCluster cluster;

    LoginIT(RunningCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void whoever_only_knocks_is_led_to_the_login_and_gets_no_session() {
        var nobody = Operator.unknown(cluster, WEST);
        for (var page : PAGES) {
            for (var method : List.of("GET", "POST", "PUT", "DELETE")) {
                var body = method.startsWith("P") ? BodyPublishers.ofString("a=b") : BodyPublishers.noBody();
                isLedToTheLogin(Guest.send(nobody.to(page).method(method, body)));
            }
            isLedToTheLogin(nobody.sends(page, Operator.filledIn("guessed")));
        }
    }

    private static void isLedToTheLogin(Answer answer) {
        assertThat(answer.is(302).header("Location")).endsWith(Operator.LOGIN);
        isGivenNothing(answer);
    }

    private static void isGivenNothing(Answer answer) {
        assertThat(answer.headers().allValues("Set-Cookie"))
                .as(answer.toString())
                .isEmpty();
    }

    @Test
    void there_is_no_session_before_the_right_password() {
        var nobody = Operator.unknown(cluster, WEST);

        isGivenNothing(nobody.looksAt(Operator.LOGIN).is(200));
        isGivenNothing(nobody.sends(Operator.LOGIN, "login=login&jakarta.faces.ViewState=stateless")
                .is(200));
        var guess = nobody.triesToLogIn("guessed", FROM_ELSEWHERE).is(200);
        assertThat(guess.text()).contains("That is not the password.");
        isGivenNothing(guess);
    }

    @Test
    void knocking_leaves_nothing_behind() {
        var nobody = Operator.unknown(cluster, WEST);
        isLedToTheLogin(nobody.sends("/admin", "a=" + LONG));
        var before = cluster.liveBytes(WEST);

        for (var knock = 0; knock < KNOCKS; knock++) {
            isLedToTheLogin(nobody.sends("/admin/events", "a=" + LONG));
        }

        assertThat(cluster.liveBytes(WEST) - before)
                .as("bytes more in the heap, of %d million", KNOCKS * LONG.length() / 1_000_000)
                .isLessThan(GROWTH_BYTES_MOST);
    }

    @Test
    void the_session_of_an_operator_goes_to_the_console_of_this_site_alone() {
        var nobody = Operator.unknown(cluster, ASIA);

        var answer = nobody.triesToLogIn(Operator.password(cluster)).is(302);

        assertThat(answer.header("Location")).endsWith("/admin");
        assertThat(answer.headers().allValues("Set-Cookie")).singleElement().satisfies(cookie -> assertThat(cookie)
                .startsWith("tutti_admin_asia=")
                .containsIgnoringCase("; SameSite=Strict")
                .contains("; HttpOnly", "; Path=/admin")
                .doesNotContain("Secure", "Domain", "Expires"));
        assertThat(nobody.with(answer).looksAt("/admin").is(200).text()).contains("Olga at asia");
    }

    @Test
    void a_login_begins_a_session_of_its_own_whatever_was_there_before() {
        var password = Operator.password(cluster);
        var nobody = Operator.unknown(cluster, EUROPE);
        var planted = new Operator(nobody.door(), "tutti_admin_europe=0123456789abcdef0123456789ab");

        var first = planted.with(planted.triesToLogIn(password));
        var second = nobody.with(nobody.triesToLogIn(password));

        assertThat(List.of(planted.session(), first.session(), second.session()))
                .doesNotHaveDuplicates();
        isLedToTheLogin(planted.looksAt("/admin"));
        first.looksAt("/admin").is(200);
        assertThat(first.triesToLogIn("guessed").is(200).text()).contains("That is not the password.");
        isLedToTheLogin(first.looksAt("/admin"));
        second.looksAt("/admin").is(200);
    }

    @Test
    void whoever_is_at_the_machine_gets_in_when_others_have_used_up_all_attempts() {
        var nobody = Operator.unknown(cluster, ASIA);
        for (var attempt = 0; attempt < 5; attempt++) {
            nobody.triesToLogIn("guessed", FROM_ELSEWHERE).is(200);
        }
        assertThat(nobody.triesToLogIn(Operator.password(cluster), FROM_ELSEWHERE)
                        .is(200)
                        .text())
                .contains("Too many attempts");

        nobody.with(nobody.triesToLogIn(Operator.password(cluster)))
                .looksAt("/admin")
                .is(200);
    }
}
