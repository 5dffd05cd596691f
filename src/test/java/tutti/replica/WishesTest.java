package tutti.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static tutti.replica.Sites.ADA;
import static tutti.replica.Sites.BEN;
import static tutti.replica.Sites.CLEO;
import static tutti.replica.Sites.DETAILS;
import static tutti.replica.Sites.EAST;
import static tutti.replica.Sites.EUROPE;
import static tutti.replica.Sites.NOON;
import static tutti.replica.Sites.PREPARING;
import static tutti.replica.Sites.WEST;
import static tutti.replica.Sites.adding;
import static tutti.replica.Sites.digest;
import static tutti.replica.Sites.names;
import static tutti.replica.Sites.photo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tutti.ballot.Choice;
import tutti.commit.Reason;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.CreateEvent;
import tutti.event.EventDetails;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.montage.Style;
import tutti.photo.Photo;

class WishesTest {

    private static final Vote YES = new Vote.Yes(0);

    private final Photo sea = photo(ADA, WEST, "sea");
    private final Photo sky = photo(BEN, WEST, "sky");

    // Creating

    @Test
    void a_created_event_is_stored_at_once_and_open_once_all_sites_have_it() {
        var west = Sites.absent(WEST);
        west.create(DETAILS, NOON);
        assertThat(west.event().phase()).isEqualTo(Phase.CREATING);

        west.onVotes(creation(1), Map.of(EAST, YES, EUROPE, YES), NOON);

        assertThat(west.event().phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void an_event_is_created_once() {
        assertThatIllegalStateException().isThrownBy(() -> Sites.open(WEST).create(DETAILS, NOON));
    }

    @Test
    void a_creation_whose_commit_only_seemed_to_fail_finds_itself_done() {
        var west = Sites.absent(WEST);
        west.create(DETAILS, NOON);

        west.create(DETAILS, NOON.plusMillis(20));

        assertThat(west.transactions()).containsOnlyKeys(creation(1));
    }

    @Test
    void somebody_elses_creation_is_not_taken_over() {
        var west = Sites.absent(WEST);
        west.create(DETAILS, NOON);
        var bens = new EventDetails("Winter", "", 2, 90, Style.PLAIN, WEST, BEN, NOON);

        assertThatIllegalStateException().isThrownBy(() -> west.create(bens, NOON));
    }

    @Test
    void photos_that_wait_take_their_owners_places() {
        var west = Sites.open(WEST);
        west.keepWaiting(sea, names(EAST));
        west.keepWaiting(photo(ADA, WEST, "moon"), names(EAST));

        assertThat(west.keepWaiting(photo(ADA, WEST, "sun"), names(EAST)))
                .isEqualTo(new Proposed.Refused(Refusal.PHOTO_LIMIT, false));
        assertThat(west.keepWaiting(sky, names(EAST))).isInstanceOf(Proposed.Waiting.class);
    }

    @Test
    void photos_that_wait_take_the_events_places() {
        var west = Sites.open(WEST, photo(BEN, WEST, "a"), photo(BEN, WEST, "b"));
        west.keepWaiting(sea, names(EAST));
        west.keepWaiting(photo(ADA, WEST, "moon"), names(EAST));

        assertThat(west.keepWaiting(photo(CLEO, WEST, "sun"), names(EAST))).isInstanceOf(Proposed.Refused.class);
    }

    @Test
    void a_photo_that_was_refused_meanwhile_is_not_tried_again() {
        var west = Sites.open(WEST, sky);
        west.keepWaiting(sea, names(EAST));
        west.castVote(BEN, Choice.ACCEPT, 1, Sites.digest(sky), NOON);
        var publish = Sites.ballot(west, 1).publish().orElseThrow();
        west.onVotes(publish, Map.of(EAST, YES, EUROPE, YES), NOON);

        assertThat(west.uploads().get(sea.id()).isWaiting()).isFalse();
        assertThat(west.proposeAgain(sea.id(), NOON)).isEmpty();
    }

    @Test
    void another_attempt_follows_an_aborted_one_and_never_runs_beside_one() {
        var west = Sites.absent(WEST);
        west.create(DETAILS, NOON);
        assertThat(west.tryCreation(NOON)).isEmpty();

        west.onTick(NOON.plus(PREPARING));

        assertThat(west.event().phase()).isEqualTo(Phase.CREATING);
        assertThat(west.tryCreation(NOON)).contains(creation(2));
    }

    @Test
    void no_attempt_follows_when_the_event_is_open_or_cancelled() {
        var cancelled = Sites.absent(WEST);
        cancelled.create(DETAILS, NOON);
        cancelled.cancel(ADA, NOON);

        assertThat(cancelled.tryCreation(NOON)).isEmpty();
        assertThat(Sites.open(WEST).tryCreation(NOON)).isEmpty();
    }

    @Test
    void a_cancellation_aborts_the_running_attempt_and_may_be_repeated() {
        var west = Sites.absent(WEST);
        west.create(DETAILS, NOON);

        assertThat(west.cancel(ADA, NOON)).isEmpty();
        assertThat(west.cancel(ADA, NOON)).isEmpty();

        assertThat(west.event().phase()).isEqualTo(Phase.CANCELLED);
        west.onVotes(creation(1), Map.of(EAST, YES, EUROPE, YES), NOON);
        assertThat(west.event().phase()).isEqualTo(Phase.CANCELLED);
        assertThat(west.transactions().get(creation(1)).promise().isAborted()).isTrue();
    }

    @Test
    void only_its_creator_can_cancel_and_only_while_it_is_being_created() {
        var west = Sites.absent(WEST);
        west.create(DETAILS, NOON);

        assertThat(west.cancel(BEN, NOON)).contains(Refusal.NOT_FOUND);
        assertThat(west.event().phase()).isEqualTo(Phase.CREATING);
        assertThat(Sites.open(WEST).cancel(ADA, NOON)).contains(Refusal.TOO_LATE);
    }

    // Proposing

    @Test
    void a_proposed_photo_is_prepared_at_home_first() {
        var west = Sites.open(WEST);

        assertThat(west.propose(sea, NOON)).isEqualTo(new Proposed.Begun(adding(sea, 1)));

        assertThat(west.hasHold()).isTrue();
        assertThat(west.photos()).isEmpty();
    }

    @Test
    void attempts_at_one_photo_never_run_side_by_side() {
        var west = Sites.open(WEST);
        west.propose(sea, NOON);

        assertThat(west.propose(sea, NOON)).isEqualTo(new Proposed.Running(adding(sea, 1)));
        assertThat(west.transactions()).hasSize(1);
    }

    @Test
    void an_attempts_number_is_never_used_again() {
        var west = Sites.open(WEST);
        west.propose(sea, NOON);
        west.onTick(NOON.plus(PREPARING));

        assertThat(west.propose(sea, NOON)).isEqualTo(new Proposed.Begun(adding(sea, 2)));
        assertThat(west.propose(sky, NOON)).isEqualTo(new Proposed.Begun(adding(sky, 3)));
    }

    @Test
    void a_photo_that_is_in_is_simply_there() {
        assertThat(Sites.open(WEST, sea).propose(sea, NOON)).isEqualTo(new Proposed.AlreadyThere(sea));
    }

    @Test
    void what_fails_at_home_fails_before_any_message() {
        var west = Sites.open(WEST, sea);
        west.freeze(1, digest(sea), NOON);

        assertThat(west.propose(sky, NOON)).isEqualTo(new Proposed.Refused(Refusal.VOTING_IN_PROGRESS, true));
        assertThat(west.hasHold()).isFalse();
    }

    @Test
    void the_codes_of_other_attempts_all_mean_that_an_upload_is_in_progress() {
        var west = Sites.open(WEST);
        var elsewhere = photo(ADA, EAST, "sea");
        west.onPrepare(adding(elsewhere, 1), new AddPhoto(elsewhere), true, NOON);

        assertThat(west.propose(sea, NOON)).isEqualTo(new Proposed.Refused(Refusal.UPLOAD_IN_PROGRESS, true));
    }

    @Test
    void an_event_of_which_something_is_known_already_is_not_created() {
        var west = Sites.absent(WEST);
        west.onQuestion(new TransactionId(CreateEvent.subjectOf(Sites.EVENT), EAST, 1), NOON);

        assertThatIllegalStateException().isThrownBy(() -> west.create(Sites.DETAILS, NOON));
    }

    @Test
    void a_look_tells_what_stands_against_a_photo_and_begins_nothing() {
        var west = Sites.open(WEST, sky);
        var creating = Sites.absent(WEST);
        creating.create(DETAILS, NOON);

        assertThat(west.look(sea)).isEmpty();
        assertThat(west.look(sky)).contains(new Proposed.AlreadyThere(sky));
        assertThat(creating.look(sea)).contains(new Proposed.Refused(Refusal.CREATING, false));
        assertThat(west.transactions()).isEmpty();
    }

    @Test
    void a_copy_has_all_of_it() {
        var west = Sites.open(WEST, sky);
        west.keepWaiting(sea, names(EAST));
        west.castVote(BEN, Choice.REJECT, 1, digest(sky), NOON);

        var copy = west.copy();

        assertThat(copy.event()).isEqualTo(west.event());
        assertThat(copy.photos()).isEqualTo(west.photos());
        assertThat(copy.uploads()).isEqualTo(west.uploads());
        assertThat(copy.transactions()).isEqualTo(west.transactions());
        assertThat(copy.ballots()).isEqualTo(west.ballots());
    }

    // Waiting

    @Test
    void a_photo_waits_for_the_sites_that_are_missing() {
        var west = Sites.open(WEST);

        assertThat(west.keepWaiting(sea, names(EAST))).isInstanceOf(Proposed.Waiting.class);
        assertThat(west.uploads().get(sea.id()).waitingFor()).containsExactly(EAST);

        west.onStillWaiting(sea.id(), names(EUROPE));
        assertThat(west.uploads().get(sea.id()).waitingFor()).containsExactly(EUROPE);
    }

    @Test
    void a_waiting_photo_goes_on_waiting_through_a_ballot() {
        var west = Sites.open(WEST, sky);
        west.keepWaiting(sea, names(EAST));
        west.freeze(1, digest(sky), NOON);

        assertThat(west.propose(sea, NOON)).isEqualTo(new Proposed.Refused(Refusal.VOTING_IN_PROGRESS, true));
        assertThat(west.uploads().get(sea.id()).isWaiting()).isTrue();
        assertThat(west.keepWaiting(sea, names(EAST))).isInstanceOf(Proposed.Waiting.class);
    }

    @Test
    void a_ballot_is_told_at_once_and_keeps_no_new_photo() {
        var west = Sites.open(WEST, sky);
        west.freeze(1, digest(sky), NOON);

        assertThat(west.keepWaiting(sea, names(EAST)))
                .isEqualTo(new Proposed.Refused(Refusal.VOTING_IN_PROGRESS, true));
        assertThat(west.uploads()).isEmpty();
    }

    @Test
    void another_uploads_hold_does_not_keep_a_photo_from_waiting() {
        var west = Sites.open(WEST);
        var elsewhere = photo(ADA, EAST, "sea");
        west.onPrepare(adding(elsewhere, 1), new AddPhoto(elsewhere), true, NOON);

        assertThat(west.keepWaiting(sea, names())).isInstanceOf(Proposed.Waiting.class);
    }

    @Test
    void a_waiting_photo_that_can_never_get_in_is_refused() {
        var moon = photo(ADA, EAST, "moon");
        var sun = photo(ADA, EAST, "sun");
        var west = Sites.open(WEST);
        west.keepWaiting(sea, names(EAST));
        west.put(moon);
        west.put(sun);

        assertThat(west.propose(sea, NOON)).isEqualTo(new Proposed.Refused(Refusal.PHOTO_LIMIT, false));
        assertThat(west.uploads().get(sea.id()).refusal()).contains(Refusal.PHOTO_LIMIT);
    }

    @Test
    void a_refused_photo_waits_again_only_if_it_may_still_get_in() {
        var west = Sites.open(WEST);
        west.keepWaiting(sea, names(EAST));
        var full = west.copy();
        full.put(photo(ADA, EAST, "moon"));
        full.put(photo(ADA, EAST, "sun"));
        full.propose(sea, NOON);

        assertThat(full.keepWaiting(sea, names(EAST))).isEqualTo(new Proposed.Refused(Refusal.PHOTO_LIMIT, false));
        assertThat(full.uploads().get(sea.id()).isWaiting()).isFalse();
    }

    @Test
    void a_photo_that_is_in_does_not_wait() {
        var west = Sites.open(WEST, sky);

        assertThat(west.keepWaiting(sky, names(EAST))).isEqualTo(new Proposed.AlreadyThere(sky));
        assertThat(west.uploads()).isEmpty();
    }

    @Test
    void a_photo_that_gets_in_waits_no_more() {
        var west = Sites.open(WEST);
        west.keepWaiting(sea, names(EAST));
        west.propose(sea, NOON);

        west.onVotes(adding(sea, 1), Map.of(EAST, YES, EUROPE, YES), NOON);

        assertThat(west.uploads()).isEmpty();
        assertThat(west.photos()).containsKey(sea.id());
    }

    @Test
    void a_waiting_photo_is_proposed_again_unless_it_was_taken_back_meanwhile() {
        var west = Sites.open(WEST);
        west.keepWaiting(sea, names(EAST));
        var withdrawn = west.copy();
        withdrawn.withdraw(sea.id(), ADA, NOON);

        assertThat(west.proposeAgain(sea.id(), NOON)).contains(new Proposed.Begun(adding(sea, 1)));
        assertThat(withdrawn.proposeAgain(sea.id(), NOON)).isEmpty();
        assertThat(withdrawn.hasHold()).isFalse();
    }

    @Test
    void what_was_refused_keeps_its_reason_and_takes_no_place() {
        var west = Sites.open(WEST);
        var refused = List.of(refused(sea), refused(photo(ADA, WEST, "sand")));
        refused.forEach(west::put);

        assertThat(west.keepWaiting(photo(ADA, WEST, "surf"), names(EAST))).isInstanceOf(Proposed.Waiting.class);
        west.onStillWaiting(sea.id(), names(EAST));
        west.set(west.event().in(Phase.PUBLISHED));
        west.look(sea);

        assertThat(west.uploads())
                .containsAllEntriesOf(Map.of(
                        refused.get(0).photo().id(), refused.get(0),
                        refused.get(1).photo().id(), refused.get(1)));
    }

    private static Upload refused(Photo photo) {
        return new Upload(photo, Optional.of(Refusal.PHOTO_LIMIT), names());
    }

    // Taking back

    @Test
    void a_withdrawal_aborts_the_running_attempt_first() {
        var west = Sites.open(WEST);
        west.keepWaiting(sea, names(EAST));
        west.propose(sea, NOON);

        assertThat(west.withdraw(sea.id(), ADA, NOON)).isEmpty();

        west.onVotes(adding(sea, 1), Map.of(EAST, YES, EUROPE, YES), NOON);
        assertThat(west.photos()).isEmpty();
        assertThat(west.uploads()).isEmpty();
        assertThat(west.transactions().get(adding(sea, 1)).reason()).contains(Reason.WITHDRAWN);
    }

    @Test
    void who_takes_back_what_may_get_in_through_another_site_is_told_so_and_it_is_not_tried_here() {
        var west = Sites.open(WEST);
        west.keepWaiting(sea, names(EUROPE));
        var elsewhere = photo(ADA, EAST, "sea");
        west.onPrepare(adding(elsewhere, 1), new AddPhoto(elsewhere), true, NOON);

        assertThat(west.withdraw(sea.id(), ADA, NOON)).contains(Refusal.UPLOAD_IN_PROGRESS);
        assertThat(west.uploads()).isEmpty();
        assertThat(west.withdraw(sea.id(), BEN, NOON)).contains(Refusal.NOT_FOUND);
    }

    @Test
    void another_photo_of_theirs_that_may_get_in_does_not_matter_then() {
        var west = Sites.open(WEST);
        west.keepWaiting(sea, names(EUROPE));
        var other = photo(ADA, EAST, "sand");
        west.onPrepare(adding(other, 1), new AddPhoto(other), true, NOON);

        assertThat(west.withdraw(sea.id(), ADA, NOON)).isEmpty();
    }

    @Test
    void a_committed_photo_is_too_late_to_withdraw_for_its_owner_and_not_found_for_others() {
        var west = Sites.open(WEST, sea);

        assertThat(west.withdraw(sea.id(), ADA, NOON)).contains(Refusal.TOO_LATE);
        assertThat(west.withdraw(sea.id(), BEN, NOON)).contains(Refusal.NOT_FOUND);
        assertThat(west.photos()).containsKey(sea.id());
    }

    @Test
    void only_its_owner_can_withdraw_a_photo() {
        var west = Sites.open(WEST);
        west.keepWaiting(sea, names(EAST));

        assertThat(west.withdraw(sea.id(), BEN, NOON)).contains(Refusal.NOT_FOUND);
        assertThat(west.withdraw(sky.id(), BEN, NOON)).contains(Refusal.NOT_FOUND);
        assertThat(west.uploads()).containsKey(sea.id());
    }

    private static TransactionId creation(int attempt) {
        return new TransactionId(CreateEvent.subjectOf(Sites.EVENT), WEST, attempt);
    }
}
