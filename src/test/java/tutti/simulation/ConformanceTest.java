package tutti.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tutti.model.Conformance;
import tutti.model.LoggedStep;

/** What the sites of a history log is a run of the model; a log of anything else is found out. */
class ConformanceTest {

    private static final int SEEDS = 300;

    @Test
    void the_model_allows_every_history() {
        assertThat(IntStream.rangeClosed(1, SEEDS))
                .allSatisfy(seed ->
                        assertThat(unexplained(logOf(seed))).as("seed %s", seed).isEmpty());
    }

    private static List<LoggedStep> logOf(long seed) {
        return Simulation.logOf(seed).stream()
                .map(LoggedStep::read)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Map<String, String> unexplained(Collection<LoggedStep> log) {
        var sites = new TreeSet<>(log.stream().map(LoggedStep::site).toList());
        return Conformance.unexplained(sites, log, Map.of());
    }
}
