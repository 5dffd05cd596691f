package tutti.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The protocol holds in every order of events, in small clusters. {@code -Dtutti.model=large} looks at larger ones too: all
 * states of some, the first millions of others.
 */
class ModelTest {

    private static final int MILLION = 1_000_000;

    static List<Scenario> small() {
        return List.of(
                Scenario.lateUpload(),
                Scenario.votingMaster(),
                Scenario.fromNothing(),
                Scenario.twoHomes(),
                Scenario.movingHome(),
                Scenario.retriedUpload(1),
                Scenario.samePhoto(1),
                Scenario.lastPlace(1),
                Scenario.creation(),
                Scenario.loneContributor(),
                Scenario.crash(1, 2),
                Scenario.fourSites(1),
                Scenario.lateUpload(1).losingDisks(2),
                Scenario.votingMaster(1).losingDisks(1),
                Scenario.threeSources(1).losingDisks(1),
                Scenario.loneContributor().losingDisks(1),
                Scenario.crash(1, 1).losingDisks(1),
                Scenario.removal(2),
                Scenario.earlyRemoval(1),
                Scenario.addedAgain(2),
                Scenario.addedAgainAtHome(1),
                Scenario.sameRemoval(1),
                Scenario.removal(1).losingDisks(1),
                Scenario.addedAgain(1).losingDisks(1),
                Scenario.emptied(1).losingDisks(1),
                Scenario.takenDown(),
                Scenario.erasure(),
                Scenario.erasureInABallot(),
                Scenario.erasureAfterwards(),
                Scenario.erasureAfterwards().losingDisks(1),
                Scenario.lateUpload(1).refusingAtWill(),
                Scenario.votingMaster().refusingAtWill());
    }

    static List<Scenario> large() {
        return List.of(
                Scenario.retriedUpload(2),
                Scenario.samePhoto(2),
                Scenario.lastPlace(2),
                Scenario.crash(2, 2),
                Scenario.fourSites(2),
                Scenario.threeBallots(),
                Scenario.threeUploads(),
                Scenario.lateUpload(2).losingDisks(1),
                Scenario.votingMaster(2).losingDisks(1),
                Scenario.threeSources(2).losingDisks(1),
                Scenario.fromNothing().losingDisks(1),
                Scenario.creation().losingDisks(1),
                Scenario.votingMaster(1).losingDisks(2),
                Scenario.fourSites(1).losingDisks(1),
                Scenario.erasureInABallot().losingDisks(1));
    }

    @ParameterizedTest
    @MethodSource("small")
    void the_protocol_holds_whatever_happens(Scenario scenario, TestReporter reporter) {
        var found = Search.of(new Model(scenario), MILLION);

        reporter.publishEntry(scenario.name(), found.toString());
        assertThat(found.broken()).isEmpty();
        assertThat(found.complete()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("large")
    @EnabledIfSystemProperty(named = "tutti.model", matches = "large")
    void the_protocol_holds_in_larger_clusters(Scenario scenario, TestReporter reporter) {
        var found = Search.of(new Model(scenario), 12 * MILLION);

        reporter.publishEntry(scenario.name(), found.toString());
        assertThat(found.broken()).isEmpty();
    }

    @Test
    void a_record_of_an_abort_may_go_once_the_coordinator_has_said_so() {
        var found = Search.of(new Model(Scenario.lateUpload(), Set.of(Mutation.DROP_TOMBSTONE_SAFE)), 6 * MILLION);

        assertThat(found.broken()).isEmpty();
        assertThat(found.complete()).isTrue();
    }

    @Test
    void publications_and_aborts_are_among_what_was_looked_at() {
        var model = new Model(Scenario.lateUpload());
        var actions = Stream.iterate(List.of(model.initial()), states -> !states.isEmpty(), states -> states.stream()
                        .flatMap(state -> steps(model, state).stream().map(Step::to))
                        .distinct()
                        .toList())
                .limit(9)
                .flatMap(List::stream)
                .flatMap(state -> steps(model, state).stream())
                .map(Step::action);

        assertThat(actions)
                .contains(Action.DECIDE_COMMIT, Action.DECIDE_ABORT, Action.NO, Action.END, Action.RULE_OUT)
                .contains(Action.OPEN, Action.HEAR_OPENED, Action.VOTE, Action.YES_AGAIN);
    }

    private static List<Step> steps(Model model, State from) {
        var steps = new ArrayList<Step>();
        model.steps(from, steps::add);
        return steps;
    }
}
