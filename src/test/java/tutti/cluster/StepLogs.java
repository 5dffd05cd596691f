package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tutti.model.Conformance;
import tutti.model.LoggedStep;

/** What the instances of all sites have logged of the steps of one event, laid beside the model of the protocol. */
final class StepLogs {

    private StepLogs() {}

    /** Every step that the databases count is in the logs, and each is one that the model allows there. */
    static void areAsTheModelAllows(RunningCluster cluster, String event) throws IOException {
        var revisions = new TreeMap<String, Long>();
        var steps = new ArrayList<LoggedStep>();
        for (var site : Site.values()) {
            revisions.put(site.id(), cluster.database(site).number("SELECT revision FROM event WHERE id = ?", event));
            for (var log : cluster.logs(site)) {
                lines(log).stream()
                        .map(LoggedStep::read)
                        .flatMap(Optional::stream)
                        .filter(step -> step.event().equals(event))
                        .forEach(steps::add);
            }
        }
        assertThat(steps)
                .as("logged steps")
                .hasSize(revisions.values().stream().mapToInt(Long::intValue).sum());
        assertThat(Conformance.unexplained(
                        Stream.of(Site.values()).map(Site::id).toList(), steps, Map.of(event, revisions)))
                .as("what the model of the protocol does not allow, by event")
                .isEmpty();
    }

    /** A line may end within a character where a process was killed. */
    private static List<String> lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
