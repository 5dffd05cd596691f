package tutti.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tutti.commit.Promise.State;

class PromiseTest {

    private static final TransactionId ID = TransactionId.parse("photo:p1@west#1");

    private static final Promise HELD = Promise.none().prepared();
    private static final Promise COMMITTED = HELD.onOutcome(Outcome.COMMITTED, ID);
    private static final Promise TOMBSTONE = Promise.none().refused();

    @Test
    void a_first_prepare_is_for_the_rules_to_answer() {
        assertThat(Promise.none().repeatedVote(3)).isEmpty();
    }

    @Test
    void a_prepare_again_is_answered_yes_while_held_and_once_committed() {
        assertThat(HELD.repeatedVote(3)).contains(new Vote.Yes(3));
        assertThat(COMMITTED.repeatedVote(3)).contains(new Vote.Yes(3));
    }

    @Test
    void a_prepare_after_an_abort_is_answered_no() {
        assertThat(TOMBSTONE.repeatedVote(3)).containsInstanceOf(Vote.No.class);
        assertThat(HELD.onOutcome(Outcome.ABORTED, ID).repeatedVote(3)).containsInstanceOf(Vote.No.class);
    }

    @Test
    void only_a_prepared_one_is_a_hold() {
        assertThat(HELD.isHold()).isTrue();
        assertThat(Promise.none().isHold()).isFalse();
        assertThat(COMMITTED.isHold()).isFalse();
        assertThat(TOMBSTONE.isHold()).isFalse();
    }

    @Test
    void a_hold_takes_either_outcome_and_keeps_it() {
        assertThat(HELD.onOutcome(Outcome.COMMITTED, ID).outcome()).contains(Outcome.COMMITTED);
        assertThat(HELD.onOutcome(Outcome.ABORTED, ID).outcome()).contains(Outcome.ABORTED);
        assertThat(COMMITTED.onOutcome(Outcome.COMMITTED, ID)).isEqualTo(COMMITTED);
        assertThat(TOMBSTONE.onOutcome(Outcome.ABORTED, ID)).isEqualTo(TOMBSTONE);
    }

    @Test
    void an_abort_that_overtakes_its_prepare_leaves_a_tombstone() {
        assertThat(Promise.none().onOutcome(Outcome.ABORTED, ID)).isEqualTo(TOMBSTONE);
    }

    @Test
    void neither_outcome_ever_becomes_the_other() {
        assertThatThrownBy(() -> TOMBSTONE.onOutcome(Outcome.COMMITTED, ID))
                .isInstanceOf(BrokenInvariant.class)
                .hasMessageContaining(ID.toString());
        assertThatThrownBy(() -> COMMITTED.onOutcome(Outcome.ABORTED, ID))
                .isInstanceOf(BrokenInvariant.class)
                .hasMessageContaining(ID.toString());
    }

    @Test
    void a_commit_of_what_was_never_prepared_is_a_broken_invariant() {
        assertThatThrownBy(() -> Promise.none().onOutcome(Outcome.COMMITTED, ID))
                .isInstanceOf(BrokenInvariant.class);
    }

    @Test
    void a_question_about_the_unheard_rules_a_commit_out() {
        assertThat(Promise.none().onQuestion()).isEqualTo(TOMBSTONE);
    }

    @Test
    void a_question_changes_nothing_that_is_held_or_decided() {
        assertThat(HELD.onQuestion()).isEqualTo(HELD);
        assertThat(COMMITTED.onQuestion()).isEqualTo(COMMITTED);
        assertThat(TOMBSTONE.onQuestion()).isEqualTo(TOMBSTONE);
    }

    @Test
    void what_is_not_decided_has_no_outcome() {
        assertThat(Promise.none().outcome()).isEmpty();
        assertThat(HELD.outcome()).isEmpty();
    }

    @Test
    void nothing_is_prepared_or_refused_twice() {
        for (var state : new State[] {State.PREPARED, State.COMMITTED, State.ABORTED}) {
            assertThatThrownBy(() -> new Promise(state).prepared()).isInstanceOf(BrokenInvariant.class);
            assertThatThrownBy(() -> new Promise(state).refused()).isInstanceOf(BrokenInvariant.class);
        }
    }
}
