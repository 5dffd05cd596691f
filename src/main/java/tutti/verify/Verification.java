package tutti.verify;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A comparison of all sites: first by a digest over each event, then, where digests differ, row by row, so that each
 * difference gets a sentence of its own. Also, at each site, whether the photos' bytes are there and are those very bytes.
 */
public final class Verification {

    private final List<Snapshot> snapshots;
    private final List<String> differences = new ArrayList<>();

    private Verification(List<Snapshot> snapshots) {
        this.snapshots = snapshots;
    }

    /** @throws StoreUnreadable when a database or a folder cannot be read */
    public static Verification of(List<SiteStore> stores) {
        var verification = new Verification(stores.stream().map(Snapshot::of).toList());
        verification.compare();
        return verification;
    }

    private void compare() {
        var events = new TreeSet<String>();
        snapshots.forEach(snapshot -> events.addAll(snapshot.events().keySet()));
        for (var event : events) {
            var digests = snapshots.stream()
                    .map(snapshot -> snapshot.events().getOrDefault(event, ""))
                    .distinct()
                    .count();
            if (digests > 1) {
                compare(event);
            }
        }
        snapshots.forEach(snapshot -> differences.addAll(snapshot.damages()));
    }

    private void compare(String event) {
        for (var kind : Kind.values()) {
            var sites = new LinkedHashMap<String, SortedMap<String, Map<String, String>>>();
            var keys = new TreeSet<String>();
            for (var snapshot : snapshots) {
                var rows = Snapshot.rows(snapshot.store(), kind, event);
                sites.put(snapshot.store().site(), rows);
                keys.addAll(rows.keySet());
            }
            for (var key : keys) {
                var name = kind.title() + " " + key + (kind == Kind.EVENT ? "" : " of event " + event);
                compare(name, kind.columns(), sites, key);
            }
        }
    }

    private void compare(
            String name, List<String> columns, Map<String, SortedMap<String, Map<String, String>>> sites, String key) {
        var there = sites.keySet().stream()
                .filter(site -> sites.get(site).containsKey(key))
                .toList();
        var missing = new ArrayList<>(sites.keySet());
        missing.removeAll(there);
        if (!missing.isEmpty()) {
            differences.add(name + " is at " + listed(there) + ", and not at " + listed(missing) + ".");
        }
        for (var column : columns) {
            var values = there.stream()
                    .collect(groupingBy(site -> sites.get(site).get(key).get(column), TreeMap::new, toList()));
            if (values.size() > 1) {
                differences.add(name + " differs in its " + column.replace('_', ' ') + ": "
                        + values.entrySet().stream()
                                .map(value -> value.getKey() + " at " + listed(value.getValue()))
                                .collect(joining("; "))
                        + ".");
            }
        }
    }

    private static String listed(Collection<String> sites) {
        return String.join(", ", sites);
    }

    /** A sentence for each difference and each damaged file; none when all sites are equal. */
    public List<String> differences() {
        return List.copyOf(differences);
    }

    /** What was still on its way, as site and words; differences may only be that. */
    public List<String> underWay() {
        return snapshots.stream()
                .flatMap(snapshot -> atSite(snapshot.store(), snapshot.underWay()))
                .toList();
    }

    /** What is on its way now, without a comparison. */
    public static List<String> underWay(List<SiteStore> stores) {
        return stores.stream()
                .flatMap(store -> atSite(store, Snapshot.underWayAt(store)))
                .toList();
    }

    private static Stream<String> atSite(SiteStore store, List<String> words) {
        return words.stream().map(one -> store + ": " + one);
    }

    /** A line per site: its digest, and what went into it. */
    public List<String> summary() {
        return snapshots.stream()
                .map(snapshot -> "%-8s %s  %d events, %d files hashed again"
                        .formatted(
                                Objects.toString(snapshot.store()),
                                snapshot.digest(),
                                snapshot.events().size(),
                                snapshot.files()))
                .toList();
    }
}
