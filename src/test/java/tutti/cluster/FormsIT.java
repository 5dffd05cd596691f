package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * All forms of all pages, sent by hand: each field left out, left empty, sent twice, or with something in it that no browser
 * would let anybody choose. Whoever does that is told so, and no site is at a loss.
 */
@ExtendWith(RunningCluster.Resolver.class)
class FormsIT {

    /** As a form would write them. */
    private static final List<String> ABSURD = Stream.concat(
                    Stream.of(
                                    "",
                                    " ",
                                    "0",
                                    "-1",
                                    "1.5",
                                    "11",
                                    "2147483648",
                                    "99999999999999999999",
                                    "NaN",
                                    "null",
                                    "own",
                                    "\u0000",
                                    "\u0663",
                                    "#{7*7}",
                                    "<script>",
                                    "../../etc/passwd",
                                    "2026-02-30",
                                    "A".repeat(22),
                                    "A".repeat(43),
                                    "A".repeat(9_000))
                            .map(FormsIT::encoded),
                    Stream.of("%", "%zz", "%ED%A0%80", "%FF"))
            .toList();

    private static final Pattern INSIDE = Pattern.compile("Exception|\\bat (org|com|java|jakarta|tutti)\\.|SELECT ");

    private final RunningCluster cluster;

    FormsIT(RunningCluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void all_sites_agree() {
        Invariants.hold(cluster);
    }

    // The form of a new event

    @Test
    void a_title_alone_makes_an_event_like_those_of_the_api() {
        var guest = Guest.named("Guest", cluster, WEST);

        var created = guest.sendForm("/", creating("Title alone", Map.of())).is(302);

        var event = guest.sees(created.header("Location").replaceFirst(".*/", ""));
        assertThat(event.getInt("maxContributors")).isEqualTo(10);
        assertThat(event.getInt("votingSeconds")).isEqualTo(90);
        assertThat(event.getString("layout")).isEqualTo("mosaic");
        assertThat(event.getString("background")).isEqualTo("paper");
    }

    @Test
    void a_choice_that_is_none_is_answered_with_a_sentence_beside_it() {
        var guest = Guest.named("Guest", cluster, WEST);
        for (var field : List.of("maxContributors", "votingSeconds", "layout", "background", "date")) {
            for (var absurd : List.of("-1", "x", "99999999999999999999")) {
                var answer = guest.sendForm("/", creating("Absurd " + field, Map.of(field, absurd)));
                assertThat(answer.is(200).text())
                        .as(field + "=" + absurd)
                        .containsAnyOf(
                                "Please choose one of those that are offered.",
                                "Please choose a number from 1 to 10.",
                                "Please write the day as year, month and day")
                        .doesNotContain("Validation Error");
            }
        }
        for (var absurd : List.of("", "x", "-1", "1.5", "99999999999999999999")) {
            var own = Map.of("votingSeconds", "own", "ownVotingSeconds", absurd);
            assertThat(guest.sendForm("/", creating("Absurd time", own)).is(200).text())
                    .as("a time of one's own: " + absurd)
                    .contains("Please choose a whole number of seconds, from 5 to 600.");
        }
    }

    private static String creating(String title, Map<String, String> more) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("create", "create");
        fields.put("create:title", encoded(title));
        more.forEach((field, value) -> fields.put("create:" + field, encoded(value)));
        fields.put("create:submit", "Create");
        fields.put("jakarta.faces.ViewState", "stateless");
        return written(fields);
    }

    // All forms

    @Test
    void no_form_of_a_guest_finds_a_site_at_a_loss() {
        var guest = Guest.named("Gina", cluster, EUROPE);
        var open = guest.creates("For odd forms", 60);
        guest.adds(open, Photos.small(System.nanoTime()));
        var published = guest.creates("For odd forms, published", 60);
        guest.adds(published, Photos.small(System.nanoTime()));
        Guest.publish(published, guest);
        var empty = guest.creates("For odd forms, empty", 60);

        var forms = new ArrayList<PageForm>();
        var pages = List.of("/", "/me", "/e/" + empty, "/e/" + open, "/e/" + published);
        pages.forEach(page -> forms.addAll(PageForm.in(guest.page(page).is(200).text())));
        forms.addAll(PageForm.in(guest.at(ASIA).page("/e/" + open).is(200).text()));
        forms.addAll(PageForm.in(Guest.unknown(cluster, EUROPE)
                .sendForm("/me", "wish=look&key=" + guest.secret())
                .is(200)
                .text()));
        forms.add(new PageForm("/hand-over", Map.of("token", ""), List.of()));

        assertThat(forms.stream().flatMap(form -> form.buttons().stream()))
                .contains("create:submit", "vote:accept", "takeDown:do", "eraseMine:do");
        are_answered(forms, guest::sendForm);
    }

    @Test
    void no_form_of_the_console_finds_a_site_at_a_loss() {
        var guest = Guest.named("Gina", cluster, EUROPE);
        var event = guest.creates("For odd forms of operators", 60);
        guest.adds(event, Photos.small(System.nanoTime()));
        var nobody = Operator.unknown(cluster, EUROPE);
        var operator = nobody.with(nobody.triesToLogIn(Operator.password(cluster)));
        var find = "/admin/events?find=" + event;

        var forms = new ArrayList<PageForm>();
        for (var page : List.of("/admin", find)) {
            forms.addAll(PageForm.in(operator.looksAt(page).is(200).text()));
        }
        forms.removeIf(form -> form.buttons().contains("leave:do"));

        assertThat(forms.stream().flatMap(form -> form.buttons().stream()))
                .contains("drain:begin", "freeze:do")
                .anyMatch(button -> button.endsWith(":erase:do"));
        try {
            are_answered(forms, operator::sends);
        } finally {
            takes_new_work(operator);
        }
    }

    /** What drains and pauses has no field that could be wrong, so it is done. */
    private static void takes_new_work(Operator operator) {
        for (var form : PageForm.in(operator.looksAt("/admin").is(200).text())) {
            for (var button : form.buttons()) {
                if (button.endsWith(":end") || button.endsWith(":resume")) {
                    operator.sends(form.action(), written(with(encoded(form.fields()), button, "on")))
                            .is(200);
                }
            }
        }
        assertThat(operator.looksAt("/admin").text()).contains("Drain europe").doesNotContain("Resume deliveries");
    }

    @Test
    void no_address_of_a_page_finds_a_site_at_a_loss() {
        var guest = Guest.named("Gina", cluster, EUROPE);
        var published = guest.creates("For odd addresses", 60);
        guest.adds(published, Photos.small(System.nanoTime()));
        Guest.publish(published, guest);
        var nobody = Operator.unknown(cluster, EUROPE);
        var operator = nobody.with(nobody.triesToLogIn(Operator.password(cluster)));

        var complaints = new ArrayList<String>();
        for (var absurd :
                ABSURD.stream().filter(value -> !value.matches("%(zz)?")).toList()) {
            for (var page : List.of("/?language=", "/gallery?before=", "/p/" + published + "?receipt=")) {
                complain(page + absurd, guest.page(page + absurd), complaints);
            }
            for (var page : List.of("/admin/events?find=", "/admin/events?find=" + published + "&of=")) {
                complain(page + absurd, operator.looksAt(page + absurd), complaints);
            }
        }
        assertThat(complaints).isEmpty();
    }

    private static void are_answered(List<PageForm> forms, BiFunction<String, String, Answer> sending) {
        var complaints = new ArrayList<String>();
        for (var form : forms) {
            for (var fields : variations(form)) {
                complain(form.action() + " " + fields, sending.apply(form.action(), fields), complaints);
            }
        }
        assertThat(complaints).isEmpty();
    }

    private static void complain(String request, Answer answer, List<String> complaints) {
        if (answer.status() >= 500 || INSIDE.matcher(answer.text()).find()) {
            complaints.add(answer.status() + " to " + request.substring(0, Math.min(request.length(), 400)));
        }
    }

    private static List<String> variations(PageForm form) {
        var encoded = encoded(form.fields());
        var buttons = new ArrayList<>(form.buttons());
        buttons.add("");
        var all = new ArrayList<String>();
        for (var button : buttons) {
            var fields = button.isEmpty() ? encoded : with(encoded, button, "on");
            for (var field : encoded.keySet()) {
                var without = new LinkedHashMap<>(fields);
                without.remove(field);
                all.add(written(without));
                all.add(written(fields) + "&" + written(Map.of(field, "twice")));
                ABSURD.forEach(absurd -> all.add(written(with(fields, field, absurd))));
            }
            all.add(byScript(fields, button, "@all"));
            all.add(byScript(fields, button, "nobody:knows:this"));
        }
        return all;
    }

    /** As the scripts of Faces would send it, which no page of ours has. */
    private static String byScript(Map<String, String> fields, String button, String parts) {
        return written(fields) + "&jakarta.faces.partial.ajax=true&jakarta.faces.source=" + encoded(button)
                + "&jakarta.faces.partial.execute=" + encoded(parts) + "&jakarta.faces.partial.render="
                + encoded(parts);
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        var changed = new LinkedHashMap<>(fields);
        changed.put(name, value);
        return changed;
    }

    private static String written(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + field.getValue())
                .collect(Collectors.joining("&"));
    }

    private static Map<String, String> encoded(Map<String, String> fields) {
        var encoded = new LinkedHashMap<String, String>();
        fields.forEach((name, value) -> encoded.put(name, encoded(value)));
        return encoded;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
