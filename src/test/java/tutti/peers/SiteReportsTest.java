package tutti.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tutti.commit.Outcome;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.EventId;
import tutti.journal.Backlog;
import tutti.journal.Backlog.InDoubt;
import tutti.replica.Forced;
import tutti.site.Silence;
import tutti.site.SiteReport;

class SiteReportsTest {
    private static final Instant NOW = Instant.parse("2026-11-27T03:00:00.123456Z");
    private static final SiteName WEST = new SiteName("west");
    private static final SiteName EAST = new SiteName("east");

    @Test
    void reads_what_it_has_written() {
        var promise = new InDoubt(
                new EventId("a".repeat(22)),
                TransactionId.parse("photo:abc@east#7"),
                NOW,
                Optional.of(new Forced(Outcome.ABORTED, true)));
        var backlog = new Backlog(
                7_000_000_000L, 3, 2, Optional.of(NOW), new TreeMap<>(Map.of(EAST, 4)), List.of(promise), 5, 6);
        isReadAsWritten(new SiteReport(
                WEST,
                NOW,
                NOW.minusSeconds(9),
                Optional.of("It is being made again."),
                new TreeMap<>(Map.of(EAST, new Silence(NOW.minusSeconds(7), Silence.Sign.HANGS))),
                Optional.of(NOW.minusSeconds(5)),
                new TreeSet<>(List.of(EAST)),
                Optional.of(backlog),
                1L << 40,
                1L << 41,
                1L << 39,
                new TreeMap<>(Map.of("tutti.limit.title-max", "120"))));
    }

    @Test
    void reads_what_a_site_without_a_database_has_written() {
        isReadAsWritten(new SiteReport(
                WEST,
                NOW,
                NOW,
                Optional.empty(),
                new TreeMap<>(),
                Optional.empty(),
                new TreeSet<>(),
                Optional.empty(),
                0,
                1,
                0,
                new TreeMap<>()));
    }

    @Test
    void a_site_of_an_older_release_does_not_say_what_operators_have_asked_of_it() {
        var older = SiteReports.read(Messages.read(
                """
                {"site": "west", "at": "%1$s", "startedAt": "%1$s", "silent": [], "diskFree": 0, "diskSize": 1}
                """
                        .formatted(NOW)));

        assertThat(older.drainedSince()).isEmpty();
        assertThat(older.paused()).isEmpty();
        assertThat(older.measures()).isEmpty();
        assertThat(older.photoBytes()).isZero();
    }

    private static void isReadAsWritten(SiteReport report) {
        assertThat(SiteReports.read(Messages.read(SiteReports.text(report)))).isEqualTo(report);
    }
}
