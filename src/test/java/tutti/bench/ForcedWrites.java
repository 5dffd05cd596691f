package tutti.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tutti.cluster.RunningCluster;
import tutti.cluster.Site;
import tutti.model.LoggedStep;
import tutti.model.LoggedStep.Turned;

/**
 * Counts how many forced writes may have waited for each other between a last accept and the publication everywhere. Each step of
 * an event is one database transaction under the lock of its row, and so one forced write; the sites log every one that has changed
 * something. Whatever a site has written meanwhile counts as if the publication had waited for it.
 */
final class ForcedWrites {

    private final RunningCluster cluster;

    ForcedWrites(RunningCluster cluster) {
        this.cluster = cluster;
    }

    /** How many steps of an event each site has taken so far. */
    Map<Site, Long> steps(String event) {
        var steps = new EnumMap<Site, Long>(Site.class);
        for (var site : Site.values()) {
            var rows = cluster.database(site).rows("SELECT revision FROM event WHERE id = ?", event);
            steps.put(site, Long.parseLong(rows.get(0)));
        }
        return steps;
    }

    /** All that the sites have logged of their steps, by event. */
    Map<String, List<LoggedStep>> logged() throws IOException {
        var logged = new HashMap<String, List<LoggedStep>>();
        for (var site : Site.values()) {
            for (var log : cluster.logs(site)) {
                try (var lines = Files.lines(log)) {
                    lines.map(LoggedStep::read).flatMap(Optional::stream).forEach(step -> logged.computeIfAbsent(
                                    step.event(), event -> new ArrayList<>())
                            .add(step));
                }
            }
        }
        return logged;
    }

    /**
     * The longest chain of one ballot: the vote, the master's prepare and decision, and what one other site has written until the
     * publication is in effect there.
     *
     * @param logged the steps of the event
     * @param before how many there were at each site before the vote
     */
    static int inSequence(List<LoggedStep> logged, Map<Site, Long> before, Site home, Site master) {
        var atMaster =
                (int) of(logged, master, before).filter(upTo(logged, master)).count();
        return Stream.of(Site.values())
                .filter(site -> site != master)
                .mapToInt(site -> (int) of(logged, site, before)
                                .filter(upTo(logged, site))
                                .count()
                        + (site == home || home == master ? 0 : 1)
                        + atMaster)
                .max()
                .orElseThrow();
    }

    private static Stream<LoggedStep> of(List<LoggedStep> logged, Site site, Map<Site, Long> before) {
        return logged.stream().filter(step -> step.site().equals(site.id()) && step.revision() > before.get(site));
    }

    /** Whether a step is the one that has published here, or an earlier one. */
    private static Predicate<LoggedStep> upTo(List<LoggedStep> logged, Site site) {
        var last = logged.stream()
                .filter(step ->
                        step.site().equals(site.id()) && step.turns().stream().anyMatch(ForcedWrites::publishes))
                .min(Comparator.comparing(LoggedStep::revision))
                .orElseThrow(() -> new IllegalStateException(site + " has logged no publication"));
        return step -> step.revision() <= last.revision();
    }

    private static boolean publishes(Turned turn) {
        return turn.what().startsWith("ballot:") && turn.to().equals("PUBLISHED");
    }
}
