package tutti.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tutti.mutants.Mutant.Testimony;

/**
 * Whoever takes any single rule away is noticed: by the first witness that its mutant names, or, with {@code
 * -Dtutti.mutants=all}, by each of them.
 */
class MutantsTest {

    private static final Path SOURCES = Path.of("src/main/java/tutti");

    /** What one witness said of a mutant, or why there was no mutant to look at. */
    private record Hearing(Mutant mutant, Testimony expected, Optional<String> complaint, Optional<Exception> problem) {

        DynamicTest verdict() {
            return dynamicTest(mutant + ", says " + expected.witness(), () -> {
                assertThat(problem).isEmpty();
                assertThat(complaint)
                        .hasValueSatisfying(text -> assertThat(text).contains(expected.complaint()));
            });
        }
    }

    @TestFactory
    Stream<DynamicTest> every_mutant_is_noticed() {
        var all = System.getProperty("tutti.mutants", "").equals("all");
        return MutantList.all().parallelStream()
                .flatMap(mutant -> mutant.testimonies().stream()
                        .limit(all ? Long.MAX_VALUE : 1)
                        .map(expected -> hear(mutant, expected)))
                .toList()
                .stream()
                .map(Hearing::verdict);
    }

    @TestFactory
    Stream<DynamicTest> the_rules_as_they_are_are_left_alone() {
        return MutantList.all().stream()
                .flatMap(mutant -> mutant.testimonies().stream())
                .map(Testimony::witness)
                .distinct()
                .map(witness -> dynamicTest(
                        witness, () -> assertThat(Witness.of(witness).complaint(new RulesLoader(Map.of()), ""))
                                .isEmpty()));
    }

    private static Hearing hear(Mutant mutant, Testimony expected) {
        try {
            var source = mutant.in(Files.readString(SOURCES.resolve(mutant.source())));
            var rules = new RulesLoader(Compiler.compile(mutant.className(), source));
            return new Hearing(
                    mutant,
                    expected,
                    Witness.of(expected.witness()).complaint(rules, expected.complaint()),
                    Optional.empty());
        } catch (IOException | ReflectiveOperationException | RuntimeException e) {
            return new Hearing(mutant, expected, Optional.empty(), Optional.of(e));
        }
    }
}
