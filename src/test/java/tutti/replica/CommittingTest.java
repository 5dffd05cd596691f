package tutti.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tutti.replica.Sites.ADA;
import static tutti.replica.Sites.BEN;
import static tutti.replica.Sites.DETAILS;
import static tutti.replica.Sites.EAST;
import static tutti.replica.Sites.EUROPE;
import static tutti.replica.Sites.EVENT;
import static tutti.replica.Sites.NOON;
import static tutti.replica.Sites.PREPARING;
import static tutti.replica.Sites.WEST;
import static tutti.replica.Sites.adding;
import static tutti.replica.Sites.digest;
import static tutti.replica.Sites.names;
import static tutti.replica.Sites.photo;
import static tutti.replica.Sites.publishing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tutti.ballot.AbortReason;
import tutti.ballot.Ballot.State;
import tutti.ballot.Choice;
import tutti.commit.BrokenInvariant;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.Reason;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.CreateEvent;
import tutti.event.Change.PublishMontage;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.photo.Photo;

/** Beside the protocol's section on the engine, sentence for sentence. */
class CommittingTest {

    private static final Vote YES = new Vote.Yes(0);
    private static final Duration A_DAY = Duration.ofHours(24);

    private final Photo adas = photo(ADA, WEST, "sea");
    private final Photo bens = photo(BEN, EUROPE, "sky");
    private final TransactionId id = adding(adas, 1);
    private final Decision commit = new Decision(id, Outcome.COMMITTED, 0, Optional.empty());

    // Coordinator

    @Test
    void yes_from_all_commits_and_applies_in_the_same_step() {
        var west = Sites.open(WEST);
        west.propose(adas, NOON);

        west.onVotes(id, Map.of(EAST, YES, EUROPE, YES), NOON);

        assertThat(west.photos()).containsOnlyKeys(adas.id());
        assertThat(west.hasHold()).isFalse();
        assertThat(west.version().number()).isEqualTo(1);
    }

    @Test
    void less_than_yes_from_all_decides_nothing() {
        var west = Sites.open(WEST);
        west.propose(adas, NOON);

        west.onVotes(id, Map.of(EAST, YES), NOON);

        assertThat(west.photos()).isEmpty();
        assertThat(west.hasHold()).isTrue();
    }

    @Test
    void one_no_aborts() {
        var west = Sites.open(WEST);
        west.propose(adas, NOON);

        west.onVotes(id, Map.of(EAST, YES, EUROPE, new Vote.No(Reason.passing("held"))), NOON);

        assertThat(west.photos()).isEmpty();
        assertThat(west.transactions().get(id).decision().orElseThrow())
                .isEqualTo(new Decision(id, Outcome.ABORTED, 0, Optional.of(Reason.passing("held"))));
    }

    @Test
    void votes_on_what_another_site_coordinates_change_nothing() {
        var east = Sites.open(EAST);
        east.onPrepare(id, new AddPhoto(adas), true, NOON);

        east.onVotes(id, Map.of(WEST, YES, EUROPE, YES), NOON);

        assertThat(east.photos()).isEmpty();
        assertThat(east.hasHold()).isTrue();
    }

    @Test
    void what_another_site_could_not_add_goes_on_waiting_here_unless_it_will_not_get_in_soon() {
        var elsewhere = photo(ADA, EAST, "sea");
        var west = Sites.open(WEST);
        west.keepWaiting(adas, names(EUROPE));
        west.onPrepare(adding(elsewhere, 1), new AddPhoto(elsewhere), true, NOON);
        var frozen = west.copy();
        var refused = west.copy();
        refused.put(west.uploads().get(adas.id()).refused(Refusal.PHOTO_LIMIT));

        west.onDecision(aborted(elsewhere, Refusal.VOTING_IN_PROGRESS), NOON);
        frozen.onDecision(aborted(elsewhere, Refusal.FROZEN), NOON);
        refused.onDecision(aborted(elsewhere, Refusal.FROZEN), NOON);

        assertThat(west.uploads().get(adas.id()).isWaiting()).isTrue();
        assertThat(frozen.uploads().get(adas.id()).refusal()).contains(Refusal.FROZEN);
        assertThat(refused.uploads().get(adas.id()).refusal()).contains(Refusal.PHOTO_LIMIT);
    }

    private static Decision aborted(Photo photo, Refusal why) {
        return new Decision(adding(photo, 1), Outcome.ABORTED, 0, Optional.of(Reason.passing(why.code())));
    }

    @Test
    void preparing_time_over_aborts_on_a_tick() {
        var west = Sites.open(WEST);
        west.propose(adas, NOON);

        west.onTick(NOON.plus(PREPARING).minusMillis(1));
        assertThat(west.hasHold()).isTrue();

        west.onTick(NOON.plus(PREPARING));
        assertThat(west.transactions().get(id).reason()).contains(Reason.OUT_OF_TIME);
    }

    @Test
    void votes_that_come_after_the_preparing_time_commit_nothing() {
        var west = Sites.open(WEST);
        west.propose(adas, NOON);

        west.onVotes(id, Map.of(EAST, YES, EUROPE, YES), NOON.plus(PREPARING));

        assertThat(west.photos()).isEmpty();
        assertThat(west.transactions().get(id).reason()).contains(Reason.OUT_OF_TIME);
    }

    @Test
    void votes_on_what_is_decided_or_unknown_change_nothing() {
        var west = Sites.open(WEST);
        west.propose(adas, NOON);
        west.onTick(NOON.plus(PREPARING));

        west.onVotes(id, Map.of(EAST, YES, EUROPE, YES), NOON);
        west.onVotes(adding(adas, 9), Map.of(EAST, YES, EUROPE, YES), NOON);

        assertThat(west.photos()).isEmpty();
        assertThat(west.transactions()).hasSize(1);
    }

    // Participant

    @Test
    void a_prepare_again_is_answered_yes_without_asking_the_rules_again() {
        var east = Sites.open(EAST);
        prepare(east);
        east.freeze(1, digest(), NOON);

        assertThat(prepare(east)).isEqualTo(YES);

        east.onDecision(commit, NOON);
        assertThat(prepare(east)).isEqualTo(YES);
        assertThat(east.version().number()).isEqualTo(1);
    }

    @Test
    void a_no_is_recorded_and_repeated_with_its_reason() {
        var east = Sites.open(EAST);
        east.freeze(1, digest(), NOON);
        var no = new Vote.No(Reason.passing("voting-in-progress"));

        assertThat(prepare(east)).isEqualTo(no);

        east.endBallot(1, Optional.empty(), NOON);
        assertThat(prepare(east)).isEqualTo(no);
        assertThat(east.transactions().get(id).promise().isAborted()).isTrue();
    }

    @Test
    void what_cannot_be_said_is_not_recorded() {
        var east = Sites.open(EAST);

        assertThat(east.onPrepare(id, new AddPhoto(adas), false, NOON)).isInstanceOf(Vote.CannotSay.class);

        assertThat(east.transactions()).isEmpty();
        assertThat(prepare(east)).isEqualTo(YES);
    }

    @Test
    void an_abort_that_overtakes_its_prepare_keeps_it_out() {
        var east = Sites.open(EAST);

        east.onDecision(Decision.aborted(id), NOON);

        assertThat(prepare(east)).isInstanceOf(Vote.No.class);
        assertThat(east.hasHold()).isFalse();
    }

    @Test
    void a_decision_is_applied_once() {
        var east = Sites.open(EAST);
        prepare(east);

        east.onDecision(commit, NOON);
        east.onDecision(commit, NOON);

        assertThat(east.photos()).containsOnlyKeys(adas.id());
        assertThat(east.version().number()).isEqualTo(1);
    }

    @Test
    void a_commit_is_applied_whatever_state_the_event_is_in_by_then() {
        var east = Sites.open(EAST, bens);
        prepare(east);
        east.freeze(1, digest(bens, adas), NOON);

        east.onDecision(commit, NOON);

        assertThat(east.photos()).containsKey(adas.id());
        assertThat(east.event().phase()).isEqualTo(Phase.VOTING);
    }

    @Test
    void a_commit_of_the_unknown_or_aborted_is_a_broken_invariant_and_changes_nothing() {
        var unknowing = Sites.open(EAST);
        var refusing = Sites.open(EAST);
        refusing.onDecision(Decision.aborted(id), NOON);

        assertThatThrownBy(() -> unknowing.onDecision(commit, NOON)).isInstanceOf(BrokenInvariant.class);
        assertThatThrownBy(() -> refusing.onDecision(commit, NOON)).isInstanceOf(BrokenInvariant.class);
        assertThat(unknowing.transactions()).isEmpty();
        assertThat(refusing.photos()).isEmpty();
    }

    @Test
    void an_abort_of_the_committed_is_a_broken_invariant() {
        var east = Sites.open(EAST);
        prepare(east);
        east.onDecision(commit, NOON);

        assertThatThrownBy(() -> east.onDecision(Decision.aborted(id), NOON)).isInstanceOf(BrokenInvariant.class);
        assertThat(east.photos()).containsKey(adas.id());
    }

    // Questions

    @Test
    void a_coordinator_that_has_no_record_says_aborted() {
        var west = Sites.open(WEST);

        assertThat(west.onQuestion(id, NOON)).contains(Decision.aborted(id));
    }

    @Test
    void a_coordinator_says_how_it_decided_or_that_it_has_not() {
        var west = Sites.open(WEST);
        west.propose(adas, NOON);

        assertThat(west.onQuestion(id, NOON)).isEmpty();

        west.onVotes(id, Map.of(EAST, YES, EUROPE, YES), NOON);
        assertThat(west.onQuestion(id, NOON)).contains(commit);
    }

    @Test
    void another_participant_that_has_never_prepared_rules_a_commit_out_first() {
        var east = Sites.open(EAST);

        assertThat(east.onQuestion(id, NOON))
                .contains(new Decision(id, Outcome.ABORTED, 0, Optional.of(Reason.RULED_OUT)));

        assertThat(prepare(east)).isInstanceOf(Vote.No.class);
    }

    @Test
    void a_participant_that_holds_it_cannot_tell_and_one_that_knows_tells() {
        var east = Sites.open(EAST);
        prepare(east);

        assertThat(east.onQuestion(id, NOON)).isEmpty();

        east.onDecision(commit, NOON);
        assertThat(east.onQuestion(id, NOON)).contains(commit);
    }

    @Test
    void ruling_a_publication_out_is_the_end_of_its_ballot() {
        var east = Sites.open(EAST, adas);
        east.freeze(1, digest(adas), NOON);

        east.onQuestion(publishing(1, 1), NOON);

        assertThat(east.event().lastEnded()).isEqualTo(1);
        assertThat(east.event().phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void a_question_about_a_publication_that_is_held_ends_nothing() {
        var east = Sites.open(EAST, adas);
        east.onPrepare(publishing(1, 1), new PublishMontage(1, digest(adas), NOON), false, NOON);

        assertThat(east.onQuestion(publishing(1, 1), NOON)).isEmpty();

        assertThat(east.event().phase()).isEqualTo(Phase.VOTING);
        assertThat(east.hasHold()).isTrue();
    }

    @Test
    void a_photo_that_is_ruled_out_or_aborted_leaves_ballots_alone() {
        var east = Sites.open(EAST);

        east.onQuestion(id, NOON);
        east.onDecision(Decision.aborted(adding(bens, 1)), NOON);

        assertThat(east.ballots()).isEmpty();
    }

    // Effects

    @Test
    void a_created_event_is_open() {
        var east = Sites.absent(EAST);
        var creation = new TransactionId("create:" + EVENT, WEST, 1);
        east.onPrepare(creation, new CreateEvent(DETAILS), false, NOON);
        assertThat(east.event().phase()).isEqualTo(Phase.ABSENT);

        east.onDecision(new Decision(creation, Outcome.COMMITTED, 0, Optional.empty()), NOON);

        assertThat(east.event().phase()).isEqualTo(Phase.OPEN);
        assertThat(east.event().details()).contains(DETAILS);
    }

    @Test
    void a_photo_brings_the_end_of_every_ballot_that_some_site_had_seen_end() {
        var east = Sites.open(EAST);
        prepare(east);

        east.onDecision(new Decision(id, Outcome.COMMITTED, 2, Optional.empty()), NOON);

        assertThat(east.event().lastEnded()).isEqualTo(2);
    }

    @Test
    void a_coordinator_carries_what_its_peers_have_seen_end() {
        var west = Sites.open(WEST);
        west.propose(adas, NOON);

        west.onVotes(id, Map.of(EAST, new Vote.Yes(4), EUROPE, new Vote.Yes(2)), NOON);

        assertThat(west.event().lastEnded()).isEqualTo(4);
        assertThat(west.transactions().get(id).decision().orElseThrow().carried())
                .isEqualTo(4);
    }

    @Test
    void a_publication_ends_its_ballot_and_refuses_what_waited() {
        var europe = Sites.open(EUROPE, adas);
        var waiting = photo(BEN, EUROPE, "moon");
        europe.keepWaiting(waiting, names(EAST));
        var refused = new Upload(photo(BEN, EUROPE, "sun"), Optional.of(Refusal.PHOTO_LIMIT), names());
        europe.put(refused);
        europe.onPrepare(publishing(1, 1), new PublishMontage(1, digest(adas), NOON), false, NOON);

        europe.onDecision(new Decision(publishing(1, 1), Outcome.COMMITTED, 0, Optional.empty()), NOON);

        assertThat(europe.event().phase()).isEqualTo(Phase.PUBLISHED);
        assertThat(europe.event().publishedAt()).contains(NOON);
        assertThat(europe.event().lastEnded()).isEqualTo(1);
        assertThat(Sites.ballot(europe, 1).state()).isEqualTo(State.PUBLISHED);
        assertThat(europe.uploads().get(waiting.id()).refusal()).contains(Refusal.PUBLISHED);
        assertThat(europe.uploads()).containsValue(refused);
    }

    @Test
    void the_abort_of_a_publication_ends_its_ballot_and_a_repetition_brings_the_reason() {
        var east = Sites.open(EAST, adas);
        east.freeze(1, digest(adas), NOON);

        east.onDecision(Decision.aborted(publishing(1, 1)), NOON);
        assertThat(east.event().phase()).isEqualTo(Phase.OPEN);
        assertThat(Sites.ballot(east, 1).reason()).isEmpty();

        var told = new Decision(publishing(1, 1), Outcome.ABORTED, 0, Optional.of(Reason.lasting("rejected")));
        east.onDecision(told, NOON);
        assertThat(Sites.ballot(east, 1).reason()).contains(AbortReason.REJECTED);
    }

    @Test
    void an_old_abort_told_again_takes_no_publication_back() {
        var east = Sites.open(EAST, adas);
        east.onDecision(Decision.aborted(publishing(1, 1)), NOON);
        east.onPrepare(publishing(2, 2), new PublishMontage(2, digest(adas), NOON), false, NOON);
        east.onDecision(new Decision(publishing(2, 2), Outcome.COMMITTED, 0, Optional.empty()), NOON);

        east.onDecision(Decision.aborted(publishing(1, 1)), NOON);

        assertThat(east.event().phase()).isEqualTo(Phase.PUBLISHED);
    }

    @Test
    void the_end_of_a_ballot_leaves_earlier_ones_as_they_are() {
        var east = Sites.open(EAST, adas);
        east.onDecision(Decision.aborted(publishing(1, 1)), NOON);
        var first = Sites.ballot(east, 1);

        east.onDecision(Decision.aborted(publishing(2, 2)), NOON.plusSeconds(9));

        assertThat(Sites.ballot(east, 1)).isSameAs(first);
    }

    @Test
    void a_late_abort_leaves_a_later_ballot_open() {
        var east = Sites.open(EAST, 1, adas);
        east.freeze(2, digest(adas), NOON);

        east.onDecision(Decision.aborted(publishing(1, 1)), NOON);

        assertThat(east.event().phase()).isEqualTo(Phase.VOTING);
        assertThat(east.ballotNumber()).isEqualTo(2);
        assertThat(east.event().lastEnded()).isEqualTo(1);
    }

    @Test
    void a_publication_that_runs_out_of_time_says_that_a_site_was_unavailable() {
        var west = Sites.open(WEST, adas);
        west.castVote(ADA, Choice.ACCEPT, 1, digest(adas), NOON);
        var publish = Sites.ballot(west, 1).publish().orElseThrow();

        west.onTick(NOON.plus(Sites.PERIOD).plus(Sites.GRACE));

        assertThat(Sites.ballot(west, 1).reason()).contains(AbortReason.SITE_UNAVAILABLE);
        assertThat(west.transactions().get(publish).decision().orElseThrow().reason())
                .contains(Reason.lasting("site-unavailable"));
    }

    @Test
    void the_coordinators_own_yes_carries_a_ballot_too() {
        var west = Sites.open(WEST, 2);
        west.propose(adas, NOON);

        west.onVotes(id, Map.of(EAST, YES, EUROPE, new Vote.Yes(1)), NOON);

        assertThat(west.transactions().get(id).decision().orElseThrow().carried())
                .isEqualTo(2);
    }

    @Test
    void a_decision_told_again_changes_nothing_of_the_first() {
        var east = Sites.open(EAST);
        prepare(east);
        east.onDecision(new Decision(id, Outcome.ABORTED, 0, Optional.of(Reason.passing("held"))), NOON);
        var first = east.transactions().get(id);

        east.onDecision(Decision.aborted(id), NOON.plusSeconds(9));

        assertThat(east.transactions().get(id)).isEqualTo(first);
    }

    // Forgetting

    @Test
    void a_coordinator_forgets_an_abort_a_day_after_it_when_all_have_acknowledged() {
        var west = Sites.open(WEST);
        west.propose(adas, NOON);
        west.onVotes(id, Map.of(EAST, new Vote.No(Reason.passing("held"))), NOON);

        west.onAcknowledged(id, names(EAST));
        west.forget(NOON.plus(A_DAY));
        assertThat(west.transactions()).containsKey(id);

        west.onAcknowledged(id, names(EUROPE));
        west.forget(NOON.plus(A_DAY).minusMillis(1));
        assertThat(west.transactions()).containsKey(id);

        west.forget(NOON.plus(A_DAY));
        assertThat(west.transactions()).isEmpty();
        assertThat(west.onQuestion(id, NOON)).contains(Decision.aborted(id));
    }

    @Test
    void a_participant_forgets_an_abort_a_day_after_the_coordinators_own_word() {
        var east = Sites.open(EAST);
        east.onDecision(Decision.aborted(id), NOON);
        east.onDecision(Decision.aborted(id), NOON.plusSeconds(60));

        east.forget(NOON.plus(A_DAY).minusMillis(1));
        assertThat(east.transactions()).containsKey(id);

        east.forget(NOON.plus(A_DAY));
        assertThat(east.transactions()).isEmpty();
    }

    @Test
    void a_tombstone_stays_for_as_long_as_the_coordinator_may_still_ask() {
        var learnt = Sites.open(EAST);
        prepare(learnt);
        learnt.onLearnt(Decision.aborted(id), NOON);
        var ruledOut = Sites.open(EAST);
        ruledOut.onQuestion(id, NOON);
        var refused = Sites.open(EAST, adas);
        prepare(refused);

        for (var east : List.of(learnt, ruledOut, refused)) {
            east.forget(NOON.plus(A_DAY).plus(A_DAY));

            assertThat(prepare(east)).isInstanceOf(Vote.No.class);
            assertThat(east.transactions().get(id).promise().isAborted()).isTrue();
        }
    }

    @Test
    void a_ballot_closed_without_a_publication_is_forgotten_as_well() {
        var west = Sites.open(WEST, adas);
        west.castVote(ADA, Choice.REJECT, 1, digest(adas), NOON);
        var publish = Sites.ballot(west, 1).publish().orElseThrow();
        west.onAcknowledged(publish, names(EAST, EUROPE));

        west.forget(NOON.plus(A_DAY));

        assertThat(west.transactions()).isEmpty();
        assertThat(west.event().lastEnded()).isEqualTo(1);
    }

    @Test
    void neither_a_commit_nor_a_hold_is_ever_forgotten() {
        var east = Sites.open(EAST);
        prepare(east);
        east.forget(NOON.plus(A_DAY));
        assertThat(east.hasHold()).isTrue();

        east.onDecision(commit, NOON);
        east.forget(NOON.plus(A_DAY).plus(A_DAY));
        assertThat(east.transactions()).containsKey(id);
    }

    private Vote prepare(EventReplica replica) {
        return replica.onPrepare(id, new AddPhoto(adas), true, NOON);
    }
}
