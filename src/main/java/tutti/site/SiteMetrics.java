package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.journal.Backlog;
import tutti.journal.Remembered;
import tutti.replica.Turn;

/** What a site has decided and still owes, as numbers for a monitoring system; the README lists them. */
@ApplicationScoped
public class SiteMetrics {

    private static final Set<String> OUTCOMES = Set.of("COMMITTED", "ABORTED");
    private static final String BALLOT = "ballot:";
    private static final String VOTE = "vote:";
    private static final String OPEN = "OPEN";
    private static final String REASON = "reason=";

    /** Several gauges are read at once, and one report answers all. */
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(2);

    @Inject
    private MetricRegistry registry;

    @Inject
    private SiteReporter reporter;

    @Inject
    private PeerStates peers;

    @Inject
    private Activity activity;

    @Inject
    private SiteConfig config;

    private SiteReport report;
    private long reportedAt;

    void begin(@Observes @Initialized(ApplicationScoped.class) Object start) {
        gauge("tutti_disk_free_bytes", SiteReport::diskFree);
        gauge("tutti_disk_size_bytes", SiteReport::diskSize);
        gauge("tutti_photo_bytes", SiteReport::photoBytes);
        gauge("tutti_database_up", report -> report.backlog().isPresent() ? 1 : 0);
        backlog("tutti_events_owing", Backlog::owing);
        backlog("tutti_uploads_waiting", Backlog::waiting);
        backlog("tutti_ballots_open", Backlog::openBallots);
        backlog("tutti_transactions_in_doubt", backlog -> backlog.inDoubt().size());
        backlog("tutti_outcomes_mixed", backlog -> backlog.inDoubt().stream()
                .filter(Backlog.InDoubt::isMixed)
                .count());
        gauge(
                "tutti_oldest_in_doubt_seconds",
                report -> age(
                        report,
                        report.backlog()
                                .flatMap(backlog -> backlog.inDoubt().stream().findFirst())
                                .map(Backlog.InDoubt::since)));
        gauge(
                "tutti_oldest_owed_seconds",
                report -> age(report, report.backlog().flatMap(Backlog::owedSince)));
        config.peers().forEach(peer -> {
            var tag = new Tag("peer", peer.name());
            registry.gauge("tutti_peer_up", () -> peers.silent().contains(peer) ? 0 : 1, tag);
            registry.gauge(
                    "tutti_decisions_undelivered",
                    () -> now().backlog()
                            .map(backlog -> backlog.undelivered().getOrDefault(peer, 0))
                            .orElse(0),
                    tag);
        });
    }

    private void backlog(String name, ToDoubleFunction<Backlog> value) {
        gauge(name, report -> report.backlog().map(value::applyAsDouble).orElse(Double.NaN));
    }

    private void gauge(String name, ToDoubleFunction<SiteReport> value) {
        registry.gauge(name, () -> value.applyAsDouble(now()));
    }

    private static double age(SiteReport report, Optional<Instant> since) {
        return since.map(then -> Math.max(0, Duration.between(then, report.at()).toMillis() / 1000.0))
                .orElse(0.0);
    }

    private synchronized SiteReport now() {
        if (report == null || System.nanoTime() - reportedAt > REPORT_NANOS) {
            report = reporter.own();
            reportedAt = System.nanoTime();
        }
        return report;
    }

    /** A transaction counts at the site that coordinates it, and a ballot or a vote at each that hears of it. */
    void onRemembered(@Observes Remembered remembered) {
        remembered.turns().turns().forEach(this::count);
    }

    private void count(Turn turn) {
        if (turn.from().equals(turn.to())) {
            return;
        }
        if (turn.what().startsWith(VOTE)) {
            registry.counter("tutti_votes_total", new Tag("choice", lower(turn.to())))
                    .inc();
            activity.happened("vote", lower(turn.to()));
        } else if (turn.what().startsWith(BALLOT)) {
            if (!turn.to().equals(OPEN)) {
                registry.counter("tutti_ballots_total", new Tag("outcome", outcome(turn)))
                        .inc();
                activity.happened("ballot", outcome(turn));
            }
        } else if (OUTCOMES.contains(turn.to())) {
            countOwn(TransactionId.parse(turn.what()), outcome(turn));
        }
    }

    private void countOwn(TransactionId id, String outcome) {
        if (id.coordinator().equals(config.self())) {
            var kind = id.subject().substring(0, id.subject().indexOf(':'));
            registry.counter("tutti_transactions_total", new Tag("kind", kind), new Tag("outcome", outcome))
                    .inc();
            activity.happened(kind, outcome);
        }
    }

    /** Such as {@code committed}, or why not: {@code out-of-time}. */
    private static String outcome(Turn turn) {
        return turn.more().stream()
                .filter(more -> more.startsWith(REASON))
                .map(more -> more.substring(REASON.length()))
                .findFirst()
                .orElse(lower(turn.to()));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A call to a peer has been answered, or has failed. Payara's timers would tell nanoseconds and call them seconds. */
    public void called(SiteName peer, Duration took) {
        registry.histogram("tutti_peer_call_milliseconds", new Tag("peer", peer.name()))
                .update(took.toMillis());
        activity.took("a call to " + peer, took);
    }

    /** A photo that somebody has sent was answered. */
    void uploaded(UploadAnswer answer, Duration took) {
        var outcome = outcome(answer);
        registry.counter("tutti_uploads_total", new Tag("outcome", outcome)).inc();
        registry.histogram("tutti_upload_milliseconds", new Tag("outcome", outcome))
                .update(took.toMillis());
        activity.happened("upload", outcome);
        activity.took("a photo until it was answered: " + outcome, took);
    }

    private static String outcome(UploadAnswer answer) {
        if (answer instanceof UploadAnswer.Refused refused) {
            return refused.why().code();
        }
        return answer instanceof UploadAnswer.Waiting
                ? "waiting"
                : answer instanceof UploadAnswer.Added ? "added" : "already-there";
    }
}
