package tutti.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * The rules hold in every history. {@code -Dtutti.seeds=N} lives through more of them, {@code -Dtutti.seed=N} through one
 * alone.
 */
class SimulationTest {

    private static final int SEEDS = 2_000;

    @Test
    void the_rules_hold_whatever_happens(TestReporter reporter) {
        var one = Long.getLong("tutti.seed");
        var seeds =
                one != null ? LongStream.of(one) : LongStream.rangeClosed(1, Integer.getInteger("tutti.seeds", SEEDS));

        var counters = seeds.parallel().mapToObj(Simulation::run).collect(Counters::new, Counters::add, Counters::add);

        reporter.publishEntry("rare paths", counters.toString());
        if (one == null) {
            assertThat(counters.neverTaken()).isEmpty();
        }
    }

    @Test
    void one_seed_is_one_history() {
        assertThat(Simulation.trace(7)).hasSizeGreaterThan(100).isEqualTo(Simulation.trace(7));
    }
}
