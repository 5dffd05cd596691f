package tutti.console;

import static java.util.stream.Collectors.joining;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tutti.commit.Outcome;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.EventId;
import tutti.journal.Backlog.InDoubt;
import tutti.replica.Forced;
import tutti.site.SiteReporter.Heard;

/**
 * One transaction that is promised at some sites and not decided as far as they know.
 *
 * @param holders where
 * @param age of the oldest promise, by the clock of the site that made it
 * @param forced what operators have these sites show of it
 */
public record Doubt(
        EventId event,
        TransactionId id,
        SortedSet<SiteName> holders,
        Duration age,
        SortedMap<SiteName, Forced> forced) {

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
        var forced = new TreeMap<SiteName, Forced>();
        promise.forced().ifPresent(shown -> forced.put(site, shown));
        return new Doubt(
                promise.event(),
                promise.id(),
                new TreeSet<>(List.of(site)),
                Duration.between(promise.since(), heard.report().at()),
                forced);
    }

    private Doubt with(Doubt other) {
        var both = new TreeSet<>(holders);
        both.addAll(other.holders);
        var allForced = new TreeMap<>(forced);
        allForced.putAll(other.forced);
        return new Doubt(event, id, both, age.compareTo(other.age) > 0 ? age : other.age, allForced);
    }

    /** The sites where its decision has come and waits, since the other outcome was forced there. */
    SortedSet<SiteName> mixedAt() {
        var mixed = new TreeSet<SiteName>();
        forced.forEach((site, shown) -> {
            if (shown.mixed()) {
                mixed.add(site);
            }
        });
        return mixed;
    }

    /** Whether what some site shows is not what was decided. */
    public boolean isMixed() {
        return !mixedAt().isEmpty();
    }

    /** Such as {@code east, europe (forced: committed)}. */
    public String holdersText() {
        return holders.stream()
                .map(site -> Optional.ofNullable(forced.get(site))
                        .map(shown -> site + " (forced: " + word(shown.outcome())
                                + (shown.mixed() ? ", decided otherwise)" : ")"))
                        .orElse(site.name()))
                .collect(joining(", "));
    }

    static String word(Outcome outcome) {
        return outcome == Outcome.COMMITTED ? "committed" : "aborted";
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
