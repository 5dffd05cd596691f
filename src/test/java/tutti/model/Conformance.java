package tutti.model;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether a cluster has done only what the model allows, as its sites' logs tell. */
public final class Conformance {

    private Conformance() {}

    /**
     * Replays every event that the logs tell of.
     *
     * @param sites all sites of the cluster
     * @param lastRevisions by event and site: how many steps there were, where that is known
     * @return by event, where its replay had to stop; empty where all is as the model allows
     */
    public static SortedMap<String, String> unexplained(
            Collection<String> sites, Collection<LoggedStep> logged, Map<String, Map<String, Long>> lastRevisions) {
        var unexplained = new TreeMap<String, String>();
        logged.stream().collect(Collectors.groupingBy(LoggedStep::event)).forEach((event, steps) -> {
            var revisions = lastRevisions.getOrDefault(event, Map.of());
            try {
                Replay.unexplained(new History(sites, steps), revisions)
                        .ifPresent(stuck -> unexplained.put(event, stuck));
            } catch (Violation violation) {
                unexplained.put(event, violation.getMessage());
            }
        });
        return unexplained;
    }
}
