package tutti.model;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.model.Invariant.COMMITTED_ONCE;
import static tutti.model.Invariant.ERASED_FOR_GOOD;
import static tutti.model.Invariant.EVENT_FIRST;
import static tutti.model.Invariant.FROZEN_WHILE_VOTING;
import static tutti.model.Invariant.HIDDEN_FIRST;
import static tutti.model.Invariant.IT_ENDS;
import static tutti.model.Invariant.LIMITS;
import static tutti.model.Invariant.NEVER_REFUSED;
import static tutti.model.Invariant.NOTHING_SUPERSEDED;
import static tutti.model.Invariant.NO_SECOND_THOUGHTS;
import static tutti.model.Invariant.ONE_OUTCOME;
import static tutti.model.Invariant.PHOTO_FIRST;
import static tutti.model.Invariant.PUBLICATION_FIRST;
import static tutti.model.Invariant.UNANIMOUS;
import static tutti.model.Mutation.ANY_SITE_TAKES_VOTE;
import static tutti.model.Mutation.CARRIES_NO_ENDED_BALLOT;
import static tutti.model.Mutation.COMMIT_REFUSED_WHILE_VOTING;
import static tutti.model.Mutation.COMMIT_WITHOUT_ALL_YES;
import static tutti.model.Mutation.COORDINATOR_FORGETS_COMMITTED;
import static tutti.model.Mutation.CREATING_NO;
import static tutti.model.Mutation.CREATING_YES;
import static tutti.model.Mutation.DROP_TOMBSTONE_ANY;
import static tutti.model.Mutation.DROP_TOMBSTONE_SAFE;
import static tutti.model.Mutation.ERASED_MAY_ADD;
import static tutti.model.Mutation.ERASES_WHAT_IS_MOVING;
import static tutti.model.Mutation.ERASES_WHAT_IS_SHOWN;
import static tutti.model.Mutation.ERASURE_HOLD_ALLOWS_ADD;
import static tutti.model.Mutation.GUESS_ABORT;
import static tutti.model.Mutation.GUESS_COMMIT;
import static tutti.model.Mutation.HIDES_WHAT_IS_NOT_PUBLISHED;
import static tutti.model.Mutation.HOLD_DOES_NOT_BLOCK_VOTE;
import static tutti.model.Mutation.HOLD_RELEASED_BEFORE_EFFECT;
import static tutti.model.Mutation.LATE_ABORT_REOPENS;
import static tutti.model.Mutation.LATE_OPENED_ACCEPTED;
import static tutti.model.Mutation.LIMIT_IGNORES_HOLDS;
import static tutti.model.Mutation.LOST_VOTES_MAY_BE_CAST_AGAIN;
import static tutti.model.Mutation.MASTER_PUBLISHES_EARLY;
import static tutti.model.Mutation.MASTER_VOTES_AHEAD;
import static tutti.model.Mutation.NO_DOES_NOT_END_BALLOT;
import static tutti.model.Mutation.NO_HOME_HOLD;
import static tutti.model.Mutation.NO_SWEEP;
import static tutti.model.Mutation.NO_TOMBSTONE_ON_ABORT;
import static tutti.model.Mutation.NO_TOMBSTONE_ON_NO;
import static tutti.model.Mutation.NO_TOMBSTONE_ON_RULING_OUT;
import static tutti.model.Mutation.OLD_LIFE_IS_HEARD;
import static tutti.model.Mutation.OLD_YES_COUNTS;
import static tutti.model.Mutation.ONLY_OPEN_BALLOT_ENDS;
import static tutti.model.Mutation.PARTICIPANT_FORGETS_COMMITTED;
import static tutti.model.Mutation.PUB_ANY_DIGEST;
import static tutti.model.Mutation.PUB_HOLD_ALLOWS_ADD;
import static tutti.model.Mutation.PUB_IGNORES_ACCEPTS;
import static tutti.model.Mutation.PUB_NO_ENDED_CHECK;
import static tutti.model.Mutation.PUB_NO_INSTEAD_OF_NOT_READY;
import static tutti.model.Mutation.PUB_YES_DESPITE_HOLD;
import static tutti.model.Mutation.REBUILDING_SITE_ANSWERS;
import static tutti.model.Mutation.REBUILDING_SITE_PROMISES;
import static tutti.model.Mutation.REBUILT_COMMIT_CARRIES_NOTHING;
import static tutti.model.Mutation.REBUILT_SITE_ABORTS_ALL_PREPARED;
import static tutti.model.Mutation.REBUILT_SITE_COMMITS_WITHOUT_ALL;
import static tutti.model.Mutation.REBUILT_SITE_REUSES_ATTEMPTS;
import static tutti.model.Mutation.REMOVALS_SIDE_BY_SIDE;
import static tutti.model.Mutation.REMOVAL_CARRIES_NO_ENDED_BALLOT;
import static tutti.model.Mutation.REMOVAL_HOLD_ALLOWS_ADD;
import static tutti.model.Mutation.REMOVAL_HOLD_DOES_NOT_BLOCK_VOTE;
import static tutti.model.Mutation.REMOVAL_WHILE_VOTING;
import static tutti.model.Mutation.REMOVES_WHAT_IS_NOT_HERE;
import static tutti.model.Mutation.SERVES_BEFORE_ALL_YIELD;
import static tutti.model.Mutation.SIDE_BY_SIDE_ATTEMPTS;
import static tutti.model.Mutation.STALE_DIGEST_VOTE;
import static tutti.model.Mutation.TELL_BEFORE_DURABLE;
import static tutti.model.Mutation.VOTE_WITHOUT_LOCK;
import static tutti.model.Mutation.VOTING_DOES_NOT_REFUSE;
import static tutti.model.Mutation.YES_BEFORE_DURABLE;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule is there for a reason: without it an invariant breaks or, where another rule covers for it, a unit test. */
class MutationTest {

    private static final int STATES_MAX = 1_000_000;

    private static final Scenario LOST = Scenario.lateUpload(1).losingDisks(1);

    /** What breaks first, and in which scenario. */
    record Caught(Set<Mutation> mutations, Scenario scenario, Invariant by) {
        @Override
        public String toString() {
            return mutations + " breaks " + by + " in " + scenario;
        }
    }

    static List<Caught> caught() {
        return List.of(
                caught(ONE_OUTCOME, Scenario.lateUpload(), NO_TOMBSTONE_ON_RULING_OUT),
                caught(ONE_OUTCOME, Scenario.lateUpload(), GUESS_ABORT),
                caught(ONE_OUTCOME, Scenario.lateUpload(), GUESS_COMMIT),
                caught(ONE_OUTCOME, Scenario.lateUpload(), COORDINATOR_FORGETS_COMMITTED),
                caught(ONE_OUTCOME, Scenario.lateUpload(), PARTICIPANT_FORGETS_COMMITTED),
                caught(ONE_OUTCOME, Scenario.lateUpload(), COMMIT_REFUSED_WHILE_VOTING),
                caught(ONE_OUTCOME, Scenario.lateUpload(), COMMIT_WITHOUT_ALL_YES),
                caught(ONE_OUTCOME, Scenario.lateUpload(), DROP_TOMBSTONE_ANY),
                caught(ONE_OUTCOME, Scenario.crash(1, 1), YES_BEFORE_DURABLE),
                caught(ONE_OUTCOME, Scenario.crash(1, 1), TELL_BEFORE_DURABLE),
                caught(FROZEN_WHILE_VOTING, Scenario.lateUpload(), VOTING_DOES_NOT_REFUSE),
                caught(FROZEN_WHILE_VOTING, Scenario.movingHome(), NO_HOME_HOLD),
                caught(UNANIMOUS, Scenario.lateUpload(), MASTER_PUBLISHES_EARLY, PUB_IGNORES_ACCEPTS),
                caught(NOTHING_SUPERSEDED, Scenario.lateUpload(), HOLD_DOES_NOT_BLOCK_VOTE),
                caught(NOTHING_SUPERSEDED, Scenario.lateUpload(), STALE_DIGEST_VOTE),
                caught(NOTHING_SUPERSEDED, Scenario.lateUpload(), ANY_SITE_TAKES_VOTE),
                caught(NOTHING_SUPERSEDED, Scenario.lateUpload(), CARRIES_NO_ENDED_BALLOT),
                caught(NOTHING_SUPERSEDED, Scenario.lateUpload(), VOTE_WITHOUT_LOCK),
                caught(NOTHING_SUPERSEDED, Scenario.lateUpload(), HOLD_RELEASED_BEFORE_EFFECT),
                caught(NO_SECOND_THOUGHTS, Scenario.loneContributor(), PUB_ANY_DIGEST, PUB_YES_DESPITE_HOLD),
                caught(NOTHING_SUPERSEDED, Scenario.lateUpload(), LATE_OPENED_ACCEPTED),
                caught(FROZEN_WHILE_VOTING, Scenario.lateUpload(), LATE_ABORT_REOPENS),
                caught(IT_ENDS, Scenario.crash(1, 1), NO_SWEEP),
                caught(NEVER_REFUSED, Scenario.loneContributor(), PUB_YES_DESPITE_HOLD),
                caught(NEVER_REFUSED, Scenario.lateUpload(), PUB_NO_INSTEAD_OF_NOT_READY),
                caught(NEVER_REFUSED, Scenario.lateUpload(), MASTER_PUBLISHES_EARLY),
                caught(LIMITS, Scenario.lastPlace(1), LIMIT_IGNORES_HOLDS),
                caught(COMMITTED_ONCE, Scenario.retriedUpload(1), SIDE_BY_SIDE_ATTEMPTS),
                caught(EVENT_FIRST, Scenario.creation(), CREATING_YES),
                caught(FROZEN_WHILE_VOTING, Scenario.removal(1), REMOVAL_WHILE_VOTING),
                caught(PHOTO_FIRST, Scenario.earlyRemoval(1), REMOVES_WHAT_IS_NOT_HERE),
                caught(COMMITTED_ONCE, Scenario.sameRemoval(1), REMOVALS_SIDE_BY_SIDE),
                caught(COMMITTED_ONCE, Scenario.addedAgain(1), REMOVAL_HOLD_ALLOWS_ADD),
                caught(NOTHING_SUPERSEDED, Scenario.removal(1), REMOVAL_HOLD_DOES_NOT_BLOCK_VOTE),
                caught(NOTHING_SUPERSEDED, Scenario.removal(2), REMOVAL_CARRIES_NO_ENDED_BALLOT),
                caught(PUBLICATION_FIRST, Scenario.takenDown(), HIDES_WHAT_IS_NOT_PUBLISHED),
                caught(HIDDEN_FIRST, Scenario.erasure(), ERASES_WHAT_IS_SHOWN),
                caught(ERASED_FOR_GOOD, Scenario.erasure(), ERASES_WHAT_IS_MOVING),
                caught(ERASED_FOR_GOOD, Scenario.erasure(), ERASURE_HOLD_ALLOWS_ADD),
                caught(ERASED_FOR_GOOD, Scenario.erasure(), ERASED_MAY_ADD),
                caught(ONE_OUTCOME, LOST, OLD_LIFE_IS_HEARD),
                caught(ONE_OUTCOME, LOST, REBUILDING_SITE_ANSWERS),
                caught(FROZEN_WHILE_VOTING, LOST, REBUILDING_SITE_PROMISES),
                caught(ONE_OUTCOME, LOST, OLD_YES_COUNTS),
                caught(ONE_OUTCOME, LOST, REBUILT_SITE_ABORTS_ALL_PREPARED),
                caught(ONE_OUTCOME, LOST, REBUILT_SITE_COMMITS_WITHOUT_ALL),
                caught(ONE_OUTCOME, LOST, SERVES_BEFORE_ALL_YIELD),
                caught(NOTHING_SUPERSEDED, LOST, LOST_VOTES_MAY_BE_CAST_AGAIN),
                caught(NOTHING_SUPERSEDED, LOST, ONLY_OPEN_BALLOT_ENDS),
                caught(NOTHING_SUPERSEDED, Scenario.votingMaster(2).losingDisks(1), MASTER_VOTES_AHEAD),
                caught(NEVER_REFUSED, Scenario.votingMaster(1).losingDisks(1), REBUILT_COMMIT_CARRIES_NOTHING));
    }

    /** Rules for which another rule covers in the model; these tests look at the rule alone. */
    private static final Map<Mutation, String> UNIT_TESTED = Map.of(
            NO_TOMBSTONE_ON_ABORT,
            "replica.CommittingTest#an_abort_that_overtakes_its_prepare_keeps_it_out",
            NO_TOMBSTONE_ON_NO,
            "replica.CommittingTest#a_no_is_recorded_and_repeated_with_its_reason",
            NO_DOES_NOT_END_BALLOT,
            "replica.PrepareRulesTest$Publishing#a_no_is_the_end_of_the_ballot_here",
            PUB_ANY_DIGEST,
            "replica.PrepareRulesTest$Publishing#is_refused_for_another_montage_than_the_one_here",
            CREATING_NO,
            "replica.PrepareRulesTest$AddingAPhoto#has_to_wait_while_the_event_itself_is_held",
            PUB_IGNORES_ACCEPTS,
            "replica.PrepareRulesTest$Publishing#is_refused_when_somebody_at_home_here_has_not_accepted",
            PUB_NO_ENDED_CHECK,
            "replica.PrepareRulesTest$Publishing#is_refused_when_its_ballot_has_ended_here",
            PUB_HOLD_ALLOWS_ADD,
            "replica.PrepareRulesTest$AddingAPhoto#is_refused_for_now_while_a_publication_is_held",
            REBUILT_SITE_REUSES_ATTEMPTS,
            "replica.RebuildingTest$TheLostSite#begins_above_every_attempt_that_a_peer_remembers");

    /** Not a mistake: the protocol allows it. */
    private static final Set<Mutation> ALLOWED = EnumSet.of(DROP_TOMBSTONE_SAFE);

    private static Caught caught(Invariant by, Scenario scenario, Mutation first, Mutation... more) {
        return new Caught(EnumSet.of(first, more), scenario, by);
    }

    @ParameterizedTest
    @MethodSource("caught")
    void a_mistake_is_caught(Caught mistake) {
        var found = Search.of(new Model(mistake.scenario(), mistake.mutations()), STATES_MAX);

        assertThat(found.broken()).as("counterexample").hasValueSatisfying(broken -> assertThat(
                        broken.violation().invariant())
                .as("%s", broken)
                .isEqualTo(mistake.by()));
    }

    @Test
    void every_mistake_is_caught_by_the_model_or_by_a_unit_test() {
        var seen = caught().stream().flatMap(one -> one.mutations().stream()).collect(Collectors.toSet());
        seen.addAll(UNIT_TESTED.keySet());
        seen.addAll(ALLOWED);

        assertThat(seen).containsExactlyInAnyOrder(Mutation.values());
    }

    @Test
    void the_unit_tests_are_there() throws ReflectiveOperationException {
        for (var named : UNIT_TESTED.values()) {
            var place = named.split("#");
            var method = Class.forName("tutti." + place[0]).getDeclaredMethod(place[1]);
            assertThat(method.isAnnotationPresent(Test.class)).as(named).isTrue();
        }
    }

    static Set<Mutation> unitTested() {
        return UNIT_TESTED.keySet();
    }

    /** If one is caught after all, it belongs into the table of the caught. */
    @ParameterizedTest
    @MethodSource("unitTested")
    @EnabledIfSystemProperty(named = "tutti.model", matches = "large")
    void where_another_rule_covers_the_model_sees_nothing(Mutation mutation) {
        assertThat(ModelTest.small())
                .allSatisfy(scenario -> assertThat(Search.of(new Model(scenario, EnumSet.of(mutation)), STATES_MAX)
                                .broken())
                        .isEmpty());
    }

    @Test
    void a_counterexample_can_be_read() {
        var found = Search.of(new Model(Scenario.lateUpload(), EnumSet.of(GUESS_ABORT)), STATES_MAX);

        assertThat(found.broken().orElseThrow().toString().lines())
                .first()
                .asString()
                .startsWith("ONE_OUTCOME: ben's photo has different outcomes");
        assertThat(found.broken().orElseThrow().steps())
                .startsWith("europe prepares at home: ben's photo")
                .hasSize(5);
    }
}
