package tutti.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tutti.model.Conformance;
import tutti.model.LoggedStep;

/** What the sites of a history log is a run of the model; a log of anything else is found out. */
class ConformanceTest {

    private static final int SEEDS = 100;
    private static final int SEEDS_TO_SPOIL = 11;

    private static List<List<String>> toSpoil;

    @BeforeAll
    static void live() {
        toSpoil = LongStream.rangeClosed(1, SEEDS_TO_SPOIL)
                .mapToObj(Simulation::logOf)
                .toList();
    }

    @Test
    void the_model_allows_every_history() {
        assertThat(IntStream.rangeClosed(1, SEEDS)).allSatisfy(seed -> assertThat(unexplained(Simulation.logOf(seed)))
                .as("seed %s", seed)
                .isEmpty());
    }

    @Test
    void any_step_of_the_model_may_stand_for_a_line_that_was_lost() {
        assertThat(toSpoil).allSatisfy(whole -> {
            var log = new ArrayList<>(whole);
            var lost = log.remove(IntStream.range(log.size() / 2, log.size())
                    .filter(i -> log.get(i).split("->").length == 2)
                    .findFirst()
                    .orElseThrow());
            assertThat(unexplained(log)).as("without %s", lost).isEmpty();
        });
    }

    /** Each word is replaced at one site, in the last line that has it. */
    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "PREPARED->COMMITTED, PREPARED->ABORTED, another outcome than the coordinator's",
        "NONE->PREPARED, NONE->COMMITTED, a commit of what was never promised",
        "OPEN->ABORTED, OPEN->PUBLISHED, a ballot that one site alone publishes",
        "NONE->ACCEPT, NONE->REJECT, a reject that is published nevertheless",
        "carried=, carried=9, the end of a ballot that nobody has seen",
        "NONE->ACCEPT digest=, NONE->ACCEPT digest=0, a vote on another montage",
    })
    void a_log_of_what_cannot_be_is_found_out(String word, String instead, String what) {
        var spoilt = 0;
        var found = 0;
        for (var whole : toSpoil) {
            var log = new ArrayList<>(whole);
            var place = IntStream.iterate(log.size() - 1, i -> i >= 0, i -> i - 1)
                    .filter(i -> log.get(i).contains(word))
                    .findFirst();
            if (place.isPresent()) {
                log.set(place.getAsInt(), log.get(place.getAsInt()).replaceFirst(word, instead));
                spoilt++;
                found += unexplained(log).size();
            }
        }

        assertThat(spoilt).isPositive();
        assertThat(found).as("of %s", spoilt).isEqualTo(spoilt);
    }

    private static Map<String, String> unexplained(List<String> log) {
        var steps = log.stream().map(LoggedStep::read).flatMap(Optional::stream).toList();
        assertThat(steps).hasSameSizeAs(log);
        var sites = new TreeSet<>(steps.stream().map(LoggedStep::site).toList());
        return Conformance.unexplained(sites, steps, Map.of());
    }
}
