package tutti.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.commit.Outcome.ABORTED;
import static tutti.commit.Outcome.COMMITTED;
import static tutti.replica.Sites.ADA;
import static tutti.replica.Sites.BEN;
import static tutti.replica.Sites.EAST;
import static tutti.replica.Sites.EUROPE;
import static tutti.replica.Sites.EVENT;
import static tutti.replica.Sites.IN_DOUBT;
import static tutti.replica.Sites.NOON;
import static tutti.replica.Sites.WEST;
import static tutti.replica.Sites.adding;
import static tutti.replica.Sites.digest;
import static tutti.replica.Sites.names;
import static tutti.replica.Sites.photo;
import static tutti.replica.Sites.publishing;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tutti.ballot.Choice;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.CreateEvent;
import tutti.event.Change.Erase;
import tutti.event.Change.PublishMontage;
import tutti.event.Change.RemovePhoto;
import tutti.event.Change.TakeDown;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.photo.Photo;

/** An operator has a site show an outcome that nobody can tell it: what it has promised stays, and what was decided holds. */
class ForcingTest {

    private static final Instant IN_DOUBT_SINCE = NOON.plus(IN_DOUBT);

    private final Photo adas = photo(ADA, WEST, "sea");
    private final Photo bens = photo(BEN, EAST, "sky");
    private final TransactionId adding = adding(adas, 1);
    private final EventReplica east = Sites.open(EAST, bens);

    private void promise(TransactionId id, Change change) {
        assertThat(east.onPrepare(id, change, true, NOON)).isInstanceOf(Vote.Yes.class);
    }

    private void force(TransactionId id, Outcome outcome) {
        assertThat(east.force(id, outcome, IN_DOUBT_SINCE)).isTrue();
    }

    private static Decision decided(TransactionId id, Outcome outcome) {
        return new Decision(id, outcome, 0, Optional.empty());
    }

    @Test
    void people_see_the_photo_and_nothing_else_is_different() {
        promise(adding, new AddPhoto(adas));
        force(adding, COMMITTED);

        assertThat(east.shown(NOON).photos()).containsKeys(adas.id(), bens.id());
        assertThat(east.shown(NOON).version().digest()).isEqualTo(digest(adas, bens));

        assertThat(east.photos()).containsOnlyKeys(bens.id());
        assertThat(east.hasHold()).isTrue();
        assertThat(east.onPrepare(adding, new AddPhoto(adas), true, NOON)).isEqualTo(new Vote.Yes(0));
        assertThat(east.onQuestion(adding, NOON)).as("nobody is told").isEmpty();
        assertThat(east.castVote(BEN, Choice.ACCEPT, 1, digest(bens), NOON).refusal())
                .as("a vote now could be for a superseded montage")
                .contains(Refusal.UPLOAD_IN_PROGRESS);
        assertThat(east.errands(IN_DOUBT_SINCE)).as("it still asks").contains(new Errand.Ask(adding));
    }

    @Test
    void a_photo_that_goes_is_gone_for_them() {
        var removal = new TransactionId(RemovePhoto.subjectOf(bens.id()), EUROPE, 1);
        promise(removal, new RemovePhoto(bens));
        force(removal, COMMITTED);

        assertThat(east.shown(NOON).photos()).isEmpty();
        assertThat(east.photos()).containsKey(bens.id());
    }

    @Test
    void without_any_the_replica_itself_is_shown() {
        promise(adding, new AddPhoto(adas));

        assertThat(east.shown(NOON)).isSameAs(east);
    }

    @Test
    void the_same_decision_is_adopted() {
        promise(adding, new AddPhoto(adas));
        force(adding, COMMITTED);

        assertThat(east.onDecision(decided(adding, COMMITTED), NOON)).isTrue();

        assertThat(east.photos()).containsKey(adas.id());
        assertThat(east.transactions().get(adding).forced()).isEmpty();
    }

    @Test
    void the_other_decision_waits_until_it_is_concluded() {
        promise(adding, new AddPhoto(adas));
        force(adding, ABORTED);

        assertThat(east.onDecision(decided(adding, COMMITTED), NOON)).isFalse();
        assertThat(east.transactions().get(adding).forced()).contains(new Forced(ABORTED, true));
        assertThat(east.hasHold()).isTrue();
        assertThat(east.photos()).doesNotContainKey(adas.id());
        assertThat(east.copy().transactions().get(adding).forced()).contains(new Forced(ABORTED, true));

        assertThat(east.conclude(adding)).isTrue();
        assertThat(east.onDecision(decided(adding, COMMITTED), NOON)).isTrue();
        assertThat(east.photos()).containsKey(adas.id());
    }

    @Test
    void so_does_one_learnt_from_another_participant() {
        promise(adding, new AddPhoto(adas));
        force(adding, COMMITTED);

        east.onLearnt(decided(adding, ABORTED), NOON);
        assertThat(east.transactions().get(adding).forced()).contains(new Forced(COMMITTED, true));

        east.conclude(adding);
        east.onLearnt(decided(adding, ABORTED), NOON);
        assertThat(east.hasHold()).isFalse();
        assertThat(east.shown(NOON).photos()).doesNotContainKey(adas.id());
    }

    @Test
    void there_is_nothing_to_conclude_where_nothing_was_forced() {
        promise(adding, new AddPhoto(adas));

        assertThat(east.conclude(adding)).isFalse();
        assertThat(east.conclude(adding(bens, 9))).isFalse();
    }

    @Test
    void a_called_off_publication_is_not_voted_on_any_more_and_photos_are_kept() {
        var west = Sites.open(EAST, adas);
        var publication = publishing(1, 1);
        west.onPrepare(publication, new PublishMontage(1, digest(adas), NOON), false, NOON);
        assertThat(west.propose(bens, NOON)).isEqualTo(new Proposed.Refused(Refusal.VOTING_IN_PROGRESS, true));

        assertThat(west.force(publication, ABORTED, IN_DOUBT_SINCE)).isTrue();

        assertThat(west.shown(NOON).event().phase()).isEqualTo(Phase.OPEN);
        assertThat(west.event().phase()).isEqualTo(Phase.VOTING);
        assertThat(west.propose(bens, NOON)).isEqualTo(new Proposed.Refused(Refusal.UPLOAD_IN_PROGRESS, true));
        assertThat(west.keepWaiting(bens, names(WEST))).isInstanceOf(Proposed.Waiting.class);
    }

    @Test
    void a_called_off_publication_lets_nobody_in_who_is_not_let_in_anyway() {
        var west = Sites.open(EAST, adas);
        west.set(west.event().with(west.event().erasures().with(BEN)));
        west.onPrepare(publishing(1, 1), new PublishMontage(1, digest(adas), NOON), false, NOON);

        assertThat(west.force(publishing(1, 1), ABORTED, IN_DOUBT_SINCE)).isTrue();

        assertThat(west.propose(bens, NOON)).isEqualTo(new Proposed.Refused(Refusal.ERASED, false));
    }

    @Test
    void a_called_off_publication_that_was_decided_is_public_when_that_is_concluded() {
        var europe = Sites.open(EUROPE, adas);
        var publication = publishing(1, 1);
        europe.onPrepare(publication, new PublishMontage(1, digest(adas), NOON), false, NOON);
        europe.force(publication, ABORTED, IN_DOUBT_SINCE);

        assertThat(europe.onDecision(decided(publication, COMMITTED), NOON)).isFalse();
        assertThat(europe.event().phase()).isEqualTo(Phase.VOTING);

        europe.conclude(publication);
        europe.onDecision(decided(publication, COMMITTED), NOON);
        assertThat(europe.event().phase()).isEqualTo(Phase.PUBLISHED);
    }

    @Test
    void nothing_is_made_public_by_force() {
        var europe = Sites.open(EUROPE, adas);
        europe.onPrepare(publishing(1, 1), new PublishMontage(1, digest(adas), NOON), false, NOON);

        assertThat(europe.force(publishing(1, 1), COMMITTED, IN_DOUBT_SINCE)).isFalse();
        assertThat(europe.shown(NOON)).isSameAs(europe);
    }

    @Test
    void what_goes_on_until_all_have_done_it_is_not_forced() {
        var absent = Sites.absent(EAST);
        var creation = new TransactionId(CreateEvent.subjectOf(EVENT), WEST, 1);
        absent.onPrepare(creation, new CreateEvent(Sites.DETAILS), false, NOON);
        var erasure = new TransactionId(Erase.subjectOf(EVENT, ADA), WEST, 1);
        promise(erasure, new Erase(ADA));
        var published = Sites.open(EUROPE, adas);
        published.set(published.event().published(NOON));
        var takeDown = new TransactionId(TakeDown.subjectOf(EVENT), WEST, 1);
        published.onPrepare(takeDown, new TakeDown(), false, NOON);

        for (var outcome : Outcome.values()) {
            assertThat(absent.force(creation, outcome, IN_DOUBT_SINCE)).isFalse();
            assertThat(east.force(erasure, outcome, IN_DOUBT_SINCE)).isFalse();
            assertThat(published.force(takeDown, outcome, IN_DOUBT_SINCE)).isFalse();
        }
    }

    @Test
    void only_what_is_in_doubt_is_forced() {
        assertThat(east.force(adding, ABORTED, IN_DOUBT_SINCE)).as("unheard of").isFalse();

        promise(adding, new AddPhoto(adas));
        assertThat(east.force(adding, ABORTED, IN_DOUBT_SINCE.minusMillis(1)))
                .as("it may be decided any moment")
                .isFalse();

        east.onDecision(decided(adding, COMMITTED), NOON);
        assertThat(east.force(adding, ABORTED, IN_DOUBT_SINCE)).as("decided").isFalse();
    }

    @Test
    void a_site_does_not_force_what_it_decides_itself() {
        var own = ((Proposed.Begun) Sites.open(EAST).propose(bens, NOON)).id();
        var coordinator = Sites.open(EAST);
        coordinator.propose(bens, NOON);

        assertThat(coordinator.force(own, COMMITTED, IN_DOUBT_SINCE)).isFalse();
        coordinator.onVotes(own, Map.of(WEST, new Vote.Yes(0), EUROPE, new Vote.Yes(0)), NOON);
        assertThat(coordinator.photos()).containsKey(bens.id());
    }
}
