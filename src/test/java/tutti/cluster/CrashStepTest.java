package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.jboss.byteman.check.RuleCheck;
import org.junit.jupiter.api.Test;

/** The crash matrix names methods of the product and of its database driver: a renamed one is found here, without a cluster. */
class CrashStepTest {

    @Test
    void every_rule_fits_the_code() {
        var check = new RuleCheck();
        CrashCase.all()
                .forEach(one -> check.addRule(
                        one.name(),
                        one.step()
                                .in(one.plot())
                                .rules(one.name(), CrashMatrixIT.action(one.victim(), "target/mark", 1))));

        check.checkRules();

        var result = check.getResult();
        assertThat(result.getErrorMessages()).isEmpty();
        assertThat(result.getParseErrorMessages()).isEmpty();
        assertThat(result.getTypeErrorMessages()).isEmpty();
        assertThat(result.getWarningMessages()).isEmpty();
    }

    @Test
    void every_step_has_a_site_in_each_of_its_plots() {
        assertThat(CrashCase.all()).isNotEmpty().allSatisfy(one -> assertThat(one.site())
                .isNotNull());
    }

    @Test
    void names_are_unique() {
        assertThat(CrashCase.all()).extracting(CrashCase::name).doesNotHaveDuplicates();
    }

    @Test
    void a_sample_has_each_step_once() {
        var steps = CrashCase.all().stream().map(CrashStepTest::step).distinct().toList();

        assertThat(CrashCase.sample(7)).extracting(CrashStepTest::step).containsExactlyElementsOf(steps);
        assertThat(CrashCase.sample(7)).isEqualTo(CrashCase.sample(7)).isNotEqualTo(CrashCase.sample(8));
    }

    @Test
    void every_case_comes_round_with_the_seeds() {
        var seen = new HashSet<>(LongStream.range(20_000, 20_048)
                .mapToObj(CrashCase::sample)
                .flatMap(List::stream)
                .toList());

        assertThat(seen).containsExactlyInAnyOrderElementsOf(CrashCase.all());
    }

    @Test
    void a_beginning_of_a_name_chooses() {
        assertThat(CrashCase.named("vote.home.vote-committed.both")).hasSize(1);
        assertThat(CrashCase.named("vote.home.vote-committed")).hasSize(Victim.values().length);
    }

    private static String step(CrashCase one) {
        return one.step().role() + "." + one.step().name();
    }
}
