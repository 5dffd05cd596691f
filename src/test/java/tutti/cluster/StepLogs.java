package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tutti.model.Conformance;
import tutti.model.LoggedStep;

/**
 * What the instances of all sites have logged of their steps, laid beside the model of the protocol. It is read again and
 * again and remembered here, since a site keeps the logs of its last few instances only.
 */
final class StepLogs {

    private static final List<String> SITES =
            Stream.of(Site.values()).map(Site::id).toList();

    /** Of one event: a site that dies between its disk and its log loses a line, and all may die at once. */
    private static final int LOST_LINES_MOST = Site.values().length;

    private final RunningCluster cluster;
    /** By event, then by site and revision. */
    private final Map<String, Map<String, LoggedStep>> steps = new TreeMap<>();

    private final Map<String, Map<String, Long>> judged = new HashMap<>();
    private final Set<String> closed = new HashSet<>();
    private final Set<String> read = new HashSet<>();

    StepLogs(RunningCluster cluster) {
        this.cluster = cluster;
    }

    /** Each step of each event that has changed since the last time is one that the model allows there. */
    void areAsTheModelAllows() {
        // The databases first: what comes meanwhile is in the logs and not missed.
        var revisions = revisions();
        readAll();
        revisions.keySet().removeAll(closed);
        revisions.entrySet().removeIf(entry -> entry.getValue().equals(judged.get(entry.getKey())));
        assertThat(Conformance.unexplained(SITES, stepsOf(revisions.keySet()), revisions))
                .as("what the model of the protocol does not allow, by event")
                .isEmpty();
        revisions.forEach((event, counted) -> assertThat(lost(event, counted))
                .as("lines lost of event " + event)
                .isLessThanOrEqualTo(LOST_LINES_MOST));
        judged.putAll(revisions);
    }

    /**
     * A site is about to lose what it has, and counts its steps anew when it has been made again from the others. So the events
     * of before are judged up to here, and no further.
     */
    void judgeForTheLastTime() {
        areAsTheModelAllows();
        closed.addAll(revisions().keySet());
    }

    /** Every step of an event that the databases count is in the logs; so it is where no site has died. */
    void areComplete(String event) {
        var counted = revisions().get(event);
        readAll();
        assertThat(lost(event, counted)).as("lines lost").isZero();
    }

    private long lost(String event, Map<String, Long> counted) {
        return counted.values().stream().mapToLong(Long::longValue).sum()
                - stepsOf(Set.of(event)).size();
    }

    /** By event and site. */
    private Map<String, Map<String, Long>> revisions() {
        var revisions = new TreeMap<String, Map<String, Long>>();
        for (var database : cluster.databases()) {
            for (var row : database.rows("SELECT id, revision FROM event")) {
                var columns = row.split(" ");
                revisions
                        .computeIfAbsent(columns[0], event -> new TreeMap<>())
                        .put(database.site().id(), Long.parseLong(columns[1]));
            }
        }
        return revisions;
    }

    private Collection<LoggedStep> stepsOf(Collection<String> events) {
        return events.stream()
                .flatMap(event -> steps.getOrDefault(event, Map.of()).values().stream())
                .toList();
    }

    private void readAll() {
        Stream.of(Site.values()).flatMap(site -> cluster.logs(site).stream()).forEach(this::read);
    }

    private void read(Path log) {
        try {
            var state = Files.readAttributes(log, BasicFileAttributes.class);
            // A log that has only been renamed, as one more instance began, is not read again.
            if (read.add(state.fileKey() + " " + state.size() + " " + state.lastModifiedTime())) {
                var text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
                // A line is not whole yet while it is being written, and never will be where its writer was killed.
                text.substring(0, text.lastIndexOf('\n') + 1)
                        .lines()
                        .map(LoggedStep::read)
                        .flatMap(Optional::stream)
                        .filter(step -> !closed.contains(step.event()))
                        .forEach(this::remember);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remember(LoggedStep step) {
        var earlier = steps.computeIfAbsent(step.event(), event -> new TreeMap<>())
                .putIfAbsent(step.site() + " " + step.revision(), step);
        if (earlier != null) {
            assertThat(step).as("a step that was logged before").isEqualTo(earlier);
        }
    }
}
