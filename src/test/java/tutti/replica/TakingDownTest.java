package tutti.replica;

import static org.assertj.core.api.Assertions.assertThat;
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
import static tutti.replica.Sites.photo;
import static tutti.replica.Sites.publishing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tutti.ballot.Choice;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.Promise;
import tutti.commit.Reason;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.CreateEvent;
import tutti.event.Change.PublishMontage;
import tutti.event.Change.RemovePhoto;
import tutti.event.Change.TakeDown;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.photo.Photo;
import tutti.replica.Testimony.Fact;

/** Consent taken back after the publication: hidden at once where it is heard of, and everywhere sooner or later. */
class TakingDownTest {

    private static final Vote YES = new Vote.Yes(0);
    private static final Vote PUBLISHED = new Vote.No(Reason.lasting("published"));

    private final Photo adas = photo(ADA, WEST, "sea");

    private static TransactionId takingDown(SiteName by, int attempt) {
        return new TransactionId(TakeDown.subjectOf(EVENT), by, attempt);
    }

    private static Decision commit(TransactionId id) {
        return new Decision(id, Outcome.COMMITTED, 0, Optional.empty());
    }

    private EventReplica published(SiteName site) {
        var replica = Sites.open(site, adas);
        replica.set(replica.event().published(NOON));
        return replica;
    }

    // A participant

    @Test
    void a_site_hides_the_montage_as_soon_as_it_has_promised_to() {
        var east = published(EAST);

        assertThat(east.onPrepare(takingDown(WEST, 1), new TakeDown(), false, NOON))
                .isEqualTo(YES);

        assertThat(east.event().phase()).isEqualTo(Phase.TAKING_DOWN);
        assertThat(east.event().publishedAt()).contains(NOON);
    }

    @Test
    void it_is_never_refused_not_even_beside_another_one() {
        var east = published(EAST);
        east.onPrepare(takingDown(WEST, 1), new TakeDown(), false, NOON);

        assertThat(east.onPrepare(takingDown(EUROPE, 1), new TakeDown(), false, NOON))
                .isEqualTo(YES);
        east.onDecision(commit(takingDown(WEST, 1)), NOON);
        assertThat(east.onPrepare(takingDown(EUROPE, 2), new TakeDown(), false, NOON))
                .isEqualTo(YES);

        assertThat(east.event().phase()).as("hidden everywhere already").isEqualTo(Phase.TAKEN_DOWN);
    }

    @Test
    void it_has_to_wait_until_the_publication_is_here() {
        var east = Sites.open(EAST, adas);

        assertThat(east.onPrepare(takingDown(WEST, 1), new TakeDown(), false, NOON))
                .isEqualTo(new Vote.CannotSay("not-ready"));
        assertThat(east.event().phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void no_abort_shows_the_montage_again_and_the_site_that_hides_it_goes_on() {
        var east = published(EAST);
        east.onPrepare(takingDown(WEST, 1), new TakeDown(), false, NOON);
        assertThat(east.errands(NOON)).as("west is at it").isEmpty();

        east.onDecision(Decision.aborted(takingDown(WEST, 1)), NOON);

        assertThat(east.event().phase()).isEqualTo(Phase.TAKING_DOWN);
        assertThat(east.errands(NOON)).containsExactly(new Errand.TryTakeDown());
        assertThat(east.tryTakeDown(NOON)).contains(takingDown(EAST, 1));
    }

    @Test
    void once_it_is_decided_there_is_nothing_more_to_do() {
        var east = published(EAST);
        east.onPrepare(takingDown(WEST, 1), new TakeDown(), false, NOON);

        east.onDecision(commit(takingDown(WEST, 1)), NOON);

        assertThat(east.event().phase()).isEqualTo(Phase.TAKEN_DOWN);
        assertThat(east.errands(NOON)).isEmpty();
        assertThat(east.tryTakeDown(NOON)).isEmpty();
    }

    @Test
    void what_is_hidden_takes_no_photo_no_vote_and_no_other_publication() {
        var east = published(EAST);
        east.onPrepare(takingDown(WEST, 1), new TakeDown(), false, NOON);
        var bens = photo(BEN, WEST, "sky");

        assertThat(east.onPrepare(adding(bens, 1), new AddPhoto(bens), true, NOON))
                .isEqualTo(PUBLISHED);
        assertThat(east.onPrepare(
                        new TransactionId(RemovePhoto.subjectOf(adas.id()), WEST, 9),
                        new RemovePhoto(adas),
                        true,
                        NOON))
                .isEqualTo(PUBLISHED);
        assertThat(east.onPrepare(publishing(1, 3), new PublishMontage(1, digest(adas), NOON), false, NOON))
                .isEqualTo(PUBLISHED);
        assertThat(east.onOpened(new BallotNews.Opened(1, digest(adas), Sites.PERIOD, Sites.people()), NOON))
                .isTrue();
        assertThat(east.event().phase()).isEqualTo(Phase.TAKING_DOWN);
    }

    // A contributor

    @Test
    void a_contributor_has_it_hidden_at_once_and_soon_everywhere() {
        var west = published(WEST);

        assertThat(west.takeDown(ADA, NOON)).isEmpty();
        assertThat(west.event().phase()).isEqualTo(Phase.TAKING_DOWN);

        west.onVotes(takingDown(WEST, 1), Map.of(EAST, YES, EUROPE, YES), NOON);
        assertThat(west.event().phase()).isEqualTo(Phase.TAKEN_DOWN);
    }

    @Test
    void it_is_tried_again_until_every_site_is_reached_and_never_twice_at_a_time() {
        var west = published(WEST);
        west.takeDown(ADA, NOON);
        assertThat(west.tryTakeDown(NOON)).isEmpty();

        west.onTick(NOON.plus(PREPARING));

        assertThat(west.event().phase()).isEqualTo(Phase.TAKING_DOWN);
        assertThat(west.errands(NOON)).contains(new Errand.TryTakeDown());
        assertThat(west.tryTakeDown(NOON)).contains(takingDown(WEST, 2));
    }

    @Test
    void wanting_it_again_changes_nothing() {
        var west = published(WEST);
        west.takeDown(ADA, NOON);

        assertThat(west.takeDown(ADA, NOON)).isEmpty();

        assertThat(west.transactions()).containsOnlyKeys(takingDown(WEST, 1));
    }

    @Test
    void nobody_else_can_have_it_and_not_before_there_is_a_publication() {
        assertThat(published(WEST).takeDown(BEN, NOON)).contains(Refusal.NOT_A_CONTRIBUTOR);
        assertThat(Sites.open(WEST, adas).takeDown(ADA, NOON)).contains(Refusal.NOT_FOUND);
    }

    @Test
    void a_vote_on_what_is_hidden_is_told_that_it_was_published() {
        var west = published(WEST);
        west.takeDown(ADA, NOON);

        assertThat(west.castVote(ADA, Choice.ACCEPT, 1, digest(adas), NOON))
                .isEqualTo(new VoteAnswer.Refused(Refusal.PUBLISHED));
    }

    // A lost site

    @Test
    void a_lost_site_hides_what_the_others_know_to_be_hidden() {
        var known = new Testimony(
                1,
                List.of(
                        fact(takingDown(WEST, 5), new TakeDown()),
                        fact(publishing(1, 4), new PublishMontage(1, digest(adas), NOON)),
                        fact(adding(adas, 2), new AddPhoto(adas)),
                        fact(new TransactionId(CreateEvent.subjectOf(EVENT), WEST, 1), new CreateEvent(DETAILS))),
                List.of());
        var east = Sites.absent(EAST);

        east.adopt(new TreeMap<>(Map.of(WEST, known, EUROPE, known)), NOON);

        assertThat(east.event().phase()).isEqualTo(Phase.TAKEN_DOWN);
        assertThat(east.event().publishedAt()).contains(NOON);
    }

    private static Fact fact(TransactionId id, Change change) {
        return new Fact(id, Promise.takenOver(Outcome.COMMITTED), Optional.of(change), 0, Optional.empty());
    }
}
