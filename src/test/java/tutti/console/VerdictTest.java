package tutti.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tutti.commit.Outcome;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.console.Verdict.Level;
import tutti.event.EventId;
import tutti.journal.Backlog;
import tutti.journal.Backlog.InDoubt;
import tutti.replica.Forced;
import tutti.site.Silence;
import tutti.site.Silence.Sign;
import tutti.site.SiteReport;
import tutti.site.SiteReporter.Heard;

class VerdictTest {
    private static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");
    private static final String SITE_BYTES_MAX = "tutti.limit.site-bytes-max";
    private static final SiteName WEST = new SiteName("west");
    private static final SiteName EAST = new SiteName("east");
    private static final TransactionId PHOTO = TransactionId.parse("photo:abc@east#7");

    private static final String AWAY =
            "Until all sites are there, new photos wait and nothing is published; reading goes on.";

    private final Map<SiteName, Optional<Heard>> sites = new LinkedHashMap<>();

    @BeforeEach
    void all_is_well() {
        says(WEST, backlog());
        says(EAST, backlog());
    }

    @Test
    void says_that_all_is_well() {
        is(Level.GOOD, "All 2 sites serve, and nothing is held up.");
    }

    @Test
    void names_a_site_that_does_not_answer_and_what_that_means() {
        sites.put(EAST, Optional.empty());

        are(Level.BAD, "east does not answer.", AWAY);
    }

    @Test
    void says_since_when_a_site_does_not_answer_what_it_does_instead_and_what_to_do() {
        sites.put(EAST, Optional.empty());
        met(EAST, Sign.REFUSES);
        are(
                Level.BAD,
                "east has not answered for 40 s: its machine is there, and nothing runs. Start it there:"
                        + " run-cluster.sh start east.",
                AWAY);

        met(EAST, Sign.HANGS);
        are(
                Level.BAD,
                "east has not answered for 40 s: it takes connections and says nothing, so it hangs, or the line to"
                        + " it loses what is said. Look at its log there, and at its load; if it does not come back,"
                        + " stop it and start it again.",
                AWAY);

        met(EAST, Sign.OUT_OF_REACH);
        are(
                Level.BAD,
                "east has not answered for 40 s: nobody takes a connection, so its machine or the line to it is down.",
                AWAY);

        met(EAST, Sign.UNKNOWN);
        are(Level.BAD, "east has not answered for 40 s. Look at it on its own machine: run-cluster.sh status.", AWAY);
    }

    /** West has asked in vain for 40 s. */
    private void met(SiteName silent, Sign sign) {
        var report = report(WEST, Optional.of(backlog()), silent);
        report.silent().put(silent, new Silence(NOW.minusSeconds(40), sign));
        put(WEST, report, Duration.ZERO);
    }

    @Test
    void blames_the_link_where_both_ends_are_up() {
        put(WEST, report(WEST, Optional.of(backlog()), EAST), Duration.ZERO);

        is(
                Level.BAD,
                "west has not heard east, which is up, for 40 s: the line between them is broken in this direction. Until"
                        + " it is mended, new photos wait and nothing is published.");
    }

    @Test
    void does_not_blame_the_link_to_a_site_without_its_database() {
        put(WEST, report(WEST, Optional.of(backlog()), EAST), Duration.ZERO);
        put(EAST, report(EAST, Optional.empty()), Duration.ZERO);

        assertThat(Verdict.of(sites).findings()).singleElement().asString().startsWith("The database of east");
    }

    @Test
    void names_what_is_configured_otherwise_at_another_site() {
        put(EAST, report(EAST, Optional.of(backlog()), Map.of("tutti.limit.title-max", "100")), Duration.ZERO);

        is(Level.WATCH, "tutti.limit.title-max is not the same everywhere: 100 at east, 120 at west.");
    }

    @Test
    void expects_of_an_older_site_no_more_than_it_says() {
        put(EAST, report(EAST, Optional.of(backlog()), Map.of()), Duration.ZERO);

        is(Level.GOOD, "All 2 sites serve, and nothing is held up.");
    }

    @Test
    void does_not_blame_the_link_to_a_site_that_is_away() {
        put(WEST, report(WEST, Optional.of(backlog()), EAST), Duration.ZERO);
        sites.put(EAST, Optional.empty());

        assertThat(Verdict.of(sites).findings()).hasSize(2).noneMatch(finding -> finding.contains("line between"));
    }

    @Test
    void names_a_database_that_is_out_of_reach() {
        put(EAST, report(EAST, Optional.empty()), Duration.ZERO);

        is(
                Level.BAD,
                "The database of east is out of reach: nothing is read or written there. If it does not run, start it"
                        + " there: run-cluster.sh start east.");
    }

    @Test
    void counts_a_transaction_in_doubt_once_and_only_when_it_is_old() {
        says(WEST, inDoubt(Duration.ofSeconds(10)));
        assertThat(Verdict.of(sites).level()).isEqualTo(Level.GOOD);

        says(WEST, inDoubt(Duration.ofMinutes(3)));
        says(EAST, inDoubt(Duration.ofMinutes(5)));
        is(
                Level.WATCH,
                "One transaction has been in doubt for 5 min: east and west promised a new photo, and east, which decides,"
                        + " has not told. Until then nobody can vote in that event.");
        assertThat(Doubt.joined(
                        sites.values().stream().flatMap(Optional::stream).toList()))
                .singleElement()
                .satisfies(doubt -> assertThat(doubt.holders()).containsExactly(EAST, WEST))
                .satisfies(doubt -> assertThat(doubt.kind()).isEqualTo("new photo"));
    }

    @Test
    void says_at_once_who_has_to_come_back_for_a_transaction_in_doubt() {
        says(WEST, inDoubt(Duration.ofSeconds(2)));
        sites.put(EAST, Optional.empty());

        are(
                Level.BAD,
                "east does not answer.",
                AWAY,
                "One transaction has been in doubt for 2 s: west promised a new photo, and east, which decides, does not"
                        + " answer. It is decided as soon as that site is there again. Until then nobody can vote in that"
                        + " event.");
    }

    @Test
    void a_mixed_outcome_is_bad_until_somebody_concludes_it() {
        says(WEST, inDoubt(Duration.ofMinutes(3), Optional.of(new Forced(Outcome.COMMITTED, true))));

        is(
                Level.BAD,
                "Mixed outcome: west shows a new photo as committed, as an operator forced it, and east decided aborted."
                        + " Conclude it in the console of west.");
    }

    @Test
    void a_forced_outcome_is_still_in_doubt_and_says_where_it_was_forced() {
        says(WEST, inDoubt(Duration.ofMinutes(3), Optional.of(new Forced(Outcome.ABORTED, false))));
        says(EAST, inDoubt(Duration.ofMinutes(3)));

        assertThat(Verdict.of(sites).level()).isEqualTo(Level.WATCH);
        assertThat(Doubt.joined(
                        sites.values().stream().flatMap(Optional::stream).toList()))
                .singleElement()
                .satisfies(doubt -> assertThat(doubt.holdersText()).isEqualTo("east, west (forced: aborted)"))
                .satisfies(doubt -> assertThat(doubt.isMixed()).isFalse());
    }

    @Test
    void does_not_believe_a_site_that_cannot_serve_that_all_others_are_away() {
        sites.replaceAll((site, heard) -> Optional.empty());
        var report = new SiteReport(
                WEST,
                NOW,
                NOW,
                Optional.of("The database of west is a new one."),
                new TreeMap<>(Map.of(EAST, new Silence(NOW.minusSeconds(9), Sign.UNKNOWN))),
                Optional.empty(),
                new TreeSet<>(),
                Optional.of(backlog()),
                50,
                100,
                0,
                new TreeMap<>());
        put(WEST, report, Duration.ZERO);

        are(
                Level.BAD,
                "No answer from east, which may well serve: west cannot, and may not be known there any more. Their own"
                        + " consoles say more.",
                "west: The database of west is a new one.");
    }

    @Test
    void tells_for_how_long_something_has_been_owed() {
        says(EAST, owedFor(Duration.ofSeconds(30)));
        assertThat(Verdict.of(sites).level()).isEqualTo(Level.GOOD);

        says(EAST, owedFor(Duration.ofHours(3)));
        is(Level.WATCH, "east has owed its peers something for 3 h.");
    }

    @Test
    void tells_a_clock_that_is_wrong_from_an_answer_that_took_its_time() {
        put(EAST, report(EAST, Optional.of(backlog())), Duration.ofSeconds(-40));
        is(Level.WATCH, "The clock of east is 40 s behind.");

        sites.put(
                EAST,
                Optional.of(new Heard(
                        report(EAST, Optional.of(backlog())), Duration.ofSeconds(60), Duration.ofSeconds(-40))));
        assertThat(Verdict.of(sites).level()).isEqualTo(Level.GOOD);
    }

    @Test
    void says_what_it_means_that_a_disk_is_nearly_full() {
        put(WEST, report(WEST, Optional.of(backlog()), Map.of("tutti.limit.disk-free-min", "51")), Duration.ZERO);

        is(Level.BAD, "The disk of west is nearly full, so it takes no photos: new ones wait, everywhere.");
    }

    @Test
    void says_what_it_means_that_photos_have_no_more_room() {
        put(WEST, report(WEST, Optional.of(backlog()), Map.of(SITE_BYTES_MAX, "90")), Duration.ZERO);

        is(
                Level.BAD,
                "west has as many bytes of photos as it may (tutti.limit.site-bytes-max), so it takes no more: new ones wait,"
                        + " everywhere.");
    }

    @Test
    void says_that_they_will_soon_have_none() {
        put(WEST, report(WEST, Optional.of(backlog()), Map.of(SITE_BYTES_MAX, "100")), Duration.ZERO);

        is(Level.WATCH, "The photos of west take 90 % of what they may (tutti.limit.site-bytes-max).");
    }

    @Test
    void says_when_a_drained_site_can_be_stopped() {
        var since = Optional.of(NOW.minusSeconds(120));
        put(WEST, report(WEST, Optional.of(backlog()), Map.of(), since, List.of()), Duration.ZERO);

        is(
                Level.WATCH,
                "west has taken nothing new for 2 min: nothing is under way there any more, so it can be stopped.");

        for (var busy : List.of(owedFor(Duration.ZERO), inDoubt(Duration.ZERO), voting())) {
            put(WEST, report(WEST, Optional.of(busy), Map.of(), since, List.of()), Duration.ZERO);

            is(
                    Level.WATCH,
                    "west has taken nothing new for 2 min: wait until nothing is under way there before you stop it.");
        }
    }

    @Test
    void says_what_it_means_that_an_operator_has_paused_deliveries() {
        put(WEST, report(WEST, Optional.of(backlog()), Map.of(), Optional.empty(), List.of(EAST)), Duration.ZERO);

        is(
                Level.BAD,
                "west delivers nothing to east, as an operator has asked. New photos of its users wait, and it publishes"
                        + " nothing.");
    }

    @Test
    void puts_the_worst_first() {
        says(WEST, owedFor(Duration.ofHours(3)));
        sites.put(EAST, Optional.empty());

        assertThat(Verdict.of(sites).findings())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("east does not answer."),
                        means -> assertThat(means).isEqualTo(AWAY),
                        second -> assertThat(second).startsWith("west has owed"));
    }

    private void is(Level level, String finding) {
        are(level, finding);
    }

    private void are(Level level, String... findings) {
        assertThat(Verdict.of(sites)).isEqualTo(new Verdict(level, List.of(findings)));
    }

    private void says(SiteName site, Backlog backlog) {
        put(site, report(site, Optional.of(backlog)), Duration.ZERO);
    }

    private void put(SiteName site, SiteReport report, Duration ahead) {
        sites.put(site, Optional.of(new Heard(report, Duration.ofMillis(5), ahead)));
    }

    private static SiteReport report(SiteName site, Optional<Backlog> backlog, SiteName... silent) {
        return report(site, backlog, Map.of("tutti.limit.title-max", "120"), silent);
    }

    private static SiteReport report(
            SiteName site, Optional<Backlog> backlog, Map<String, String> measures, SiteName... silent) {
        return report(site, backlog, measures, Optional.empty(), List.of(), silent);
    }

    private static SiteReport report(
            SiteName site,
            Optional<Backlog> backlog,
            Map<String, String> measures,
            Optional<Instant> drainedSince,
            List<SiteName> paused,
            SiteName... silent) {
        return new SiteReport(
                site,
                NOW,
                NOW.minusSeconds(60),
                Optional.empty(),
                Arrays.stream(silent)
                        .collect(Collectors.toMap(
                                peer -> peer,
                                peer -> new Silence(NOW.minusSeconds(40), Sign.OUT_OF_REACH),
                                (one, other) -> one,
                                TreeMap::new)),
                drainedSince,
                new TreeSet<>(paused),
                backlog,
                50,
                100,
                90,
                new TreeMap<>(measures));
    }

    private static Backlog backlog() {
        return new Backlog(0, 0, 0, Optional.empty(), new TreeMap<>(), List.of(), 0, 0);
    }

    private static Backlog voting() {
        return new Backlog(1, 1, 0, Optional.empty(), new TreeMap<>(), List.of(), 0, 1);
    }

    private static Backlog owedFor(Duration age) {
        return new Backlog(1, 1, 1, Optional.of(NOW.minus(age)), new TreeMap<>(), List.of(), 0, 0);
    }

    private static Backlog inDoubt(Duration age) {
        return inDoubt(age, Optional.empty());
    }

    private static Backlog inDoubt(Duration age, Optional<Forced> forced) {
        var promise = new InDoubt(new EventId("a".repeat(22)), PHOTO, NOW.minus(age), forced);
        return new Backlog(1, 1, 0, Optional.empty(), new TreeMap<>(), List.of(promise), 0, 0);
    }
}
