package tutti.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.EventId;
import tutti.journal.Backlog.InDoubt;
import tutti.site.SiteReporter.Heard;

/**
 * One transaction that is promised at some sites and not decided as far as they know.
 *
 * @param holders where
 * @param age of the oldest promise, by the clock of the site that made it
 */
public record Doubt(EventId event, TransactionId id, SortedSet<SiteName> holders, Duration age) {

    /** Of all sites' reports together, the oldest first. */
    static List<Doubt> joined(Collection<Heard> heard) {
        Map<TransactionId, Doubt> byId = new TreeMap<>();
        for (var one : heard) {
            var report = one.report();
            report.backlog().stream()
                    .flatMap(backlog -> backlog.inDoubt().stream())
                    .forEach(promise -> byId.merge(promise.id(), at(report.site(), promise, one), Doubt::with));
        }
        return byId.values().stream()
                .sorted(Comparator.comparing(Doubt::age).reversed())
                .toList();
    }

    private static Doubt at(SiteName site, InDoubt promise, Heard heard) {
        return new Doubt(
                promise.event(),
                promise.id(),
                new TreeSet<>(List.of(site)),
                Duration.between(promise.since(), heard.report().at()));
    }

    private Doubt with(Doubt other) {
        var both = new TreeSet<>(holders);
        both.addAll(other.holders);
        return new Doubt(event, id, both, age.compareTo(other.age) > 0 ? age : other.age);
    }

    /** What it is about, in a word. */
    public String kind() {
        return kind(id.subject().substring(0, id.subject().indexOf(':')));
    }

    /** The same of the beginning of a transaction's subject. */
    static String kind(String code) {
        return switch (code) {
            case "create" -> "new event";
            case "photo" -> "new photo";
            case "removal" -> "photo taken out";
            case "takedown" -> "take-down";
            case "erase" -> "erasure";
            default -> "publication";
        };
    }

    /** As a parameter of an address. */
    public String idInAddress() {
        return URLEncoder.encode(id.toString(), StandardCharsets.UTF_8);
    }

    public String ageText() {
        return Ages.text(age);
    }
}
