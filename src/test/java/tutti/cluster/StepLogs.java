package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tutti.model.Conformance;
import tutti.model.LoggedStep;

/** What all instances of all sites have logged of their steps; read again and again, since old files are removed. */
final class StepLogs {

    /** Fewer lines of all that there should be prove nothing. A site that is killed loses one now and then. */
    private static final double LINES_LEAST = 0.8;

    private final Path var;
    private final Map<String, LoggedStep> steps = new TreeMap<>();
    private final Map<String, Long> judged = new HashMap<>();

    /** @param var with a folder for each site */
    StepLogs(Path var) {
        this.var = var;
    }

    /**
     * Replays each event that has gone on since it was replayed last.
     *
     * @param revisions by event and site, how many steps the databases count
     */
    void areAsTheModelAllows(Map<String, Map<String, Long>> revisions) {
        for (var site : Site.values()) {
            read(var.resolve(site.id()).resolve("log"));
            read(var.resolve(site.id()).resolve("second"));
        }
        var all = revisions.values().stream()
                .flatMap(sites -> sites.values().stream())
                .mapToLong(Long::longValue)
                .sum();
        assertThat(steps.size()).as("lines of %s steps", all).isGreaterThanOrEqualTo((int) (all * LINES_LEAST));

        var counts = steps.values().stream().collect(Collectors.groupingBy(LoggedStep::event, Collectors.counting()));
        var fresh = steps.values().stream()
                .filter(step -> !counts.get(step.event()).equals(judged.get(step.event())))
                .toList();
        assertThat(Conformance.unexplained(
                        Stream.of(Site.values()).map(Site::id).toList(), fresh, revisions))
                .as("what the model of the protocol does not allow, by event")
                .isEmpty();
        judged.putAll(counts);
    }

    private void read(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            for (var file : files.filter(StepLogs::isLog).toList()) {
                lines(file).forEach(line -> LoggedStep.read(line)
                        .ifPresent(step -> steps.put(step.event() + " " + step.site() + " " + step.revision(), step)));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the logs in " + folder + " cannot be read", e);
        }
    }

    private static boolean isLog(Path file) {
        return Files.isRegularFile(file) && file.getFileName().toString().matches("server\\.\\d+\\.log");
    }

    /** A process that was killed may have left half a line, or half a character. */
    private static List<String> lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
