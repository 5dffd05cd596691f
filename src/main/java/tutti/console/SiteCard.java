package tutti.console;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tutti.commit.SiteName;
import tutti.journal.Backlog;
import tutti.site.SiteReport;
import tutti.site.SiteReporter.Heard;

/** One site as an operator sees it; of one that does not answer, no more than that. */
public record SiteCard(SiteName site, URI url, Optional<Heard> heard) {

    private static final int CLOCK_MILLIS_LEAST = 500;

    /** {@code ready}, {@code drained}, {@code troubled} or {@code away}. */
    public String state() {
        return heard.map(Heard::report).map(SiteCard::state).orElse("away");
    }

    private static String state(SiteReport report) {
        if (report.trouble().isPresent() || report.backlog().isEmpty()) {
            return "troubled";
        }
        return report.drainedSince().isPresent() ? "drained" : "ready";
    }

    public String since() {
        return report(report -> Ages.text(Duration.between(report.startedAt(), report.at())));
    }

    public String took() {
        return heard.map(one -> one.took().toMillis() + " ms").orElse("");
    }

    public String clock() {
        return heard.map(Heard::ahead).map(SiteCard::clock).orElse("");
    }

    /** A difference that may as well be in the asking is none. */
    private static String clock(Duration ahead) {
        return ahead.abs().toMillis() < CLOCK_MILLIS_LEAST
                ? "in step"
                : String.format(Locale.ROOT, "%+.1f s", ahead.toMillis() / 1000.0);
    }

    public String disk() {
        return report(report -> String.format(
                Locale.ROOT, "%.1f GB of %.0f GB free", report.diskFree() / 1e9, report.diskSize() / 1e9));
    }

    /** Bytes of photos. */
    public String photos() {
        return report(report -> report.photoBytes() < 1e9
                ? String.format(Locale.ROOT, "%.1f MB", report.photoBytes() / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", report.photoBytes() / 1e9));
    }

    public String database() {
        return report(report -> report.backlog().isPresent() ? "answers" : "out of reach");
    }

    public String unheard() {
        return report(report -> report.silent().isEmpty()
                ? "none"
                : report.silent().keySet().stream().map(SiteName::name).collect(joining(", ")));
    }

    public String holds() {
        return backlog(
                backlog -> "about " + count(backlog.events(), "event") + ", " + count(backlog.photos(), "photo"));
    }

    /** Decisions that peers have not acknowledged, by peer. */
    public String undelivered() {
        return backlog(backlog -> backlog.undelivered().isEmpty()
                ? "none"
                : backlog.undelivered().entrySet().stream()
                        .map(peer -> peer.getValue() + " to " + peer.getKey())
                        .collect(joining(", ")));
    }

    public String underWay() {
        return backlog(SiteCard::underWay);
    }

    private static String underWay(Backlog backlog) {
        var all = new ArrayList<String>();
        if (backlog.waiting() > 0) {
            all.add(count(backlog.waiting(), "photo") + " waiting");
        }
        if (backlog.openBallots() > 0) {
            all.add(count(backlog.openBallots(), "vote") + " open");
        }
        return all.isEmpty() ? "nothing" : String.join(", ", all);
    }

    private static String count(long many, String noun) {
        return many + " " + noun + (many == 1 ? "" : "s");
    }

    private String report(Function<SiteReport, String> text) {
        return heard.map(Heard::report).map(text).orElse("");
    }

    private String backlog(Function<Backlog, String> text) {
        return heard.flatMap(one -> one.report().backlog()).map(text).orElse("unknown");
    }
}
