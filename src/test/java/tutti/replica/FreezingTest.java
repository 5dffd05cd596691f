package tutti.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.replica.Sites.ADA;
import static tutti.replica.Sites.BEN;
import static tutti.replica.Sites.EAST;
import static tutti.replica.Sites.EUROPE;
import static tutti.replica.Sites.EVENT;
import static tutti.replica.Sites.NOON;
import static tutti.replica.Sites.WEST;
import static tutti.replica.Sites.adding;
import static tutti.replica.Sites.ballot;
import static tutti.replica.Sites.digest;
import static tutti.replica.Sites.names;
import static tutti.replica.Sites.people;
import static tutti.replica.Sites.photo;
import static tutti.replica.Sites.publishing;
import static tutti.replica.Sites.report;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tutti.ballot.AbortReason;
import tutti.ballot.Choice;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.Reason;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.Erase;
import tutti.event.Change.PublishMontage;
import tutti.event.Change.RemovePhoto;
import tutti.event.Change.TakeDown;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.montage.Digest;
import tutti.photo.Photo;

/** An operator stops an event: one site that has it stopped is enough, and nobody's word is broken by it. */
class FreezingTest {

    private static final Vote FROZEN = new Vote.No(Reason.lasting("frozen"));
    private static final Vote STOPPED = new Vote.No(Reason.lasting("stopped"));

    private final Photo adas = photo(ADA, WEST, "sea");
    private final Photo bens = photo(BEN, EUROPE, "sky");
    private final Digest both = digest(adas, bens);
    private final EventReplica west = Sites.open(WEST, adas, bens);

    private static EventReplica frozen(EventReplica replica) {
        assertThat(replica.freeze(true, NOON)).isTrue();
        return replica;
    }

    @Test
    void an_event_that_a_site_does_not_know_is_not_stopped_there() {
        var east = Sites.absent(EAST);

        assertThat(east.freeze(true, NOON)).isFalse();
        assertThat(east.event().frozen()).isFalse();
    }

    @Test
    void no_photo_is_promised_until_it_goes_on() {
        var east = frozen(Sites.open(EAST));
        assertThat(east.onPrepare(adding(adas, 1), new AddPhoto(adas), true, NOON))
                .isEqualTo(FROZEN);

        east.freeze(false, NOON);

        assertThat(east.onPrepare(adding(adas, 2), new AddPhoto(adas), true, NOON))
                .isEqualTo(new Vote.Yes(0));
    }

    @Test
    void a_user_is_told_so() {
        assertThat(frozen(Sites.open(WEST)).propose(adas, NOON)).isEqualTo(new Proposed.Refused(Refusal.FROZEN, false));
    }

    @Test
    void a_photo_that_waits_is_not_tried_for_ever_where_another_site_has_it_stopped() {
        var open = Sites.open(WEST);
        open.keepWaiting(adas, names(EAST));
        var id = ((Proposed.Begun) open.proposeAgain(adas.id(), NOON).orElseThrow()).id();

        open.onVotes(id, Map.of(EAST, FROZEN, EUROPE, new Vote.Yes(0)), NOON);

        assertThat(open.uploads().get(adas.id()).refusal()).contains(Refusal.FROZEN);
        open.propose(adas, NOON);
        assertThat(open.hasHold()).as("its owner may send it again").isTrue();
    }

    @Test
    void what_is_promised_stays_promised() {
        var east = Sites.open(EAST);
        var yes = east.onPrepare(adding(adas, 1), new AddPhoto(adas), true, NOON);
        frozen(east);

        assertThat(east.onPrepare(adding(adas, 1), new AddPhoto(adas), true, NOON))
                .isEqualTo(yes);
        east.onDecision(new Decision(adding(adas, 1), Outcome.COMMITTED, 0, Optional.empty()), NOON);
        assertThat(east.photos()).containsKey(adas.id());
    }

    @Test
    void no_vote_is_taken() {
        assertThat(frozen(west).castVote(ADA, Choice.ACCEPT, 1, both, NOON).refusal())
                .contains(Refusal.FROZEN);
        assertThat(west.event().phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void nothing_is_published() {
        var east = frozen(Sites.open(EAST, adas));

        assertThat(east.onPrepare(publishing(1, 1), new PublishMontage(1, digest(adas), NOON), false, NOON))
                .isEqualTo(STOPPED);
        assertThat(ballot(east, 1).reason()).as("that is the master's to say").isEmpty();
    }

    @Test
    void consent_can_be_taken_back_all_the_same() {
        var removal = new TransactionId(RemovePhoto.subjectOf(adas.id()), EUROPE, 1);
        assertThat(frozen(Sites.open(EAST, adas)).onPrepare(removal, new RemovePhoto(adas), false, NOON))
                .isEqualTo(new Vote.Yes(0));

        var erasure = new TransactionId(Erase.subjectOf(EVENT, BEN), WEST, 1);
        assertThat(frozen(Sites.open(EAST)).onPrepare(erasure, new Erase(BEN), false, NOON))
                .isEqualTo(new Vote.Yes(0));

        var takeDown = new TransactionId(TakeDown.subjectOf(EVENT), WEST, 1);
        var published = Sites.open(EAST, adas);
        published.set(published.event().published(NOON));
        assertThat(frozen(published).onPrepare(takeDown, new TakeDown(), false, NOON))
                .isEqualTo(new Vote.Yes(0));
    }

    @Test
    void the_master_ends_a_vote_that_is_on() {
        west.castVote(ADA, Choice.ACCEPT, 1, both, NOON);

        frozen(west);

        assertThat(west.event().phase()).isEqualTo(Phase.OPEN);
        assertThat(ballot(west, 1).reason()).contains(AbortReason.FROZEN);
    }

    @Test
    void a_site_that_is_not_the_master_leaves_that_to_it() {
        var europe = Sites.open(EUROPE, adas, bens);
        europe.castVote(BEN, Choice.ACCEPT, 1, both, NOON);

        frozen(europe);

        assertThat(europe.openBallot()).isPresent();
    }

    @Test
    void a_publication_that_has_begun_is_the_other_sites_to_stop() {
        west.castVote(ADA, Choice.ACCEPT, 1, both, NOON);
        west.onReport(report(1, both, people(BEN), people()), NOON);
        var publication = ballot(west, 1).publish().orElseThrow();

        frozen(west);
        assertThat(west.transactions().get(publication).isRunningHere()).isTrue();

        west.onVotes(publication, Map.of(EAST, STOPPED, EUROPE, new Vote.Yes(0)), NOON);
        assertThat(west.event().phase()).isEqualTo(Phase.OPEN);
        assertThat(ballot(west, 1).reason()).contains(AbortReason.FROZEN);
    }

    @Test
    void it_stays_stopped_through_whatever_else_is_written() {
        var east = frozen(Sites.open(EAST, adas));

        east.set(east.event()
                .withAttempt()
                .withAttemptsFrom(7)
                .withBallotEnded(2)
                .withChange()
                .with(east.event().erasures())
                .in(Phase.OPEN));
        assertThat(east.event().frozen()).isTrue();
        assertThat(east.event().published(NOON).frozen()).isTrue();
        assertThat(east.copy().event().frozen()).isTrue();
    }
}
