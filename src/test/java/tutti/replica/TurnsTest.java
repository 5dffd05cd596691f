package tutti.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.replica.Sites.ADA;
import static tutti.replica.Sites.EAST;
import static tutti.replica.Sites.EUROPE;
import static tutti.replica.Sites.EVENT;
import static tutti.replica.Sites.NOON;
import static tutti.replica.Sites.WEST;
import static tutti.replica.Sites.adding;
import static tutti.replica.Sites.digest;
import static tutti.replica.Sites.names;
import static tutti.replica.Sites.photo;
import static tutti.replica.Sites.publishing;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tutti.ballot.Choice;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.Reason;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.CreateEvent;
import tutti.event.Change.Erase;
import tutti.event.Change.PublishMontage;
import tutti.event.Change.RemovePhoto;
import tutti.montage.Style;
import tutti.photo.Photo;

/** What a log tells of a step. */
class TurnsTest {

    private final Photo adas = photo(ADA, WEST, "sea");
    private final String step = "step site=%s event=" + EVENT + " revision=7";

    @Test
    void a_promise_tells_whose_photo_it_is_and_a_commit_what_it_carries() {
        var east = Sites.open(EAST);

        assertThat(turns(east, replica -> replica.onPrepare(adding(adas, 1), new AddPhoto(adas), true, NOON)))
                .isEqualTo(step.formatted(EAST) + "; " + adding(adas, 1) + " NONE->PREPARED contributor=" + ADA
                        + " uploaded=" + NOON);
        assertThat(turns(
                        east,
                        replica -> replica.onDecision(
                                new Decision(adding(adas, 1), Outcome.COMMITTED, 2, Optional.empty()), NOON)))
                .isEqualTo(step.formatted(EAST) + "; " + adding(adas, 1)
                        + " PREPARED->COMMITTED carried=2; ballot:2 NONE->ABORTED");
    }

    @Test
    void a_creation_tells_how_its_montages_look_unless_they_look_plain() {
        var id = new TransactionId(CreateEvent.subjectOf(EVENT), WEST, 1);
        var look = Sites.STYLE.look().orElseThrow();

        assertThat(turns(
                        Sites.absent(EAST),
                        replica -> replica.onPrepare(id, new CreateEvent(Sites.DETAILS), true, NOON)))
                .isEqualTo(step.formatted(EAST) + "; " + id + " NONE->PREPARED look=" + look);
        assertThat(Style.PLAIN.look()).isEmpty();
    }

    @Test
    void only_photos_carry_ends_of_ballots() {
        var id = new TransactionId(CreateEvent.subjectOf(EVENT), WEST, 1);
        var east = Sites.absent(EAST);
        east.onPrepare(id, new CreateEvent(Sites.DETAILS), true, NOON);

        assertThat(turns(
                        east,
                        replica -> replica.onDecision(new Decision(id, Outcome.COMMITTED, 0, Optional.empty()), NOON)))
                .isEqualTo(step.formatted(EAST) + "; " + id + " PREPARED->COMMITTED");
    }

    @Test
    void a_refused_publication_tells_why_and_ends_its_ballot() {
        var east = Sites.open(EAST);
        var publish = new PublishMontage(1, digest(adas), NOON);

        assertThat(turns(east, replica -> replica.onPrepare(publishing(1, 1), publish, true, NOON)))
                .isEqualTo(step.formatted(EAST) + "; " + publishing(1, 1)
                        + " NONE->ABORTED reason=superseded; ballot:1 NONE->ABORTED");
    }

    @Test
    void a_vote_opens_its_ballot() {
        var europe = Sites.open(EUROPE, photo(ADA, EUROPE, "sea"));
        var montage = europe.version().digest();

        assertThat(turns(europe, replica -> replica.castVote(ADA, Choice.ACCEPT, 1, montage, NOON)))
                .isEqualTo(step.formatted(EUROPE) + "; ballot:1 NONE->OPEN digest=" + montage.hex() + "; vote:1:" + ADA
                        + " NONE->ACCEPT digest=" + montage.hex());
    }

    @Test
    void what_was_told_before_is_not_told_again() {
        var europe = Sites.open(EUROPE, photo(ADA, EUROPE, "sea"));
        europe.castVote(ADA, Choice.ACCEPT, 1, europe.version().digest(), NOON);
        var west = Sites.open(WEST);
        west.propose(adas, NOON);
        west.onVotes(adding(adas, 1), Map.of(EAST, new Vote.Yes(0), EUROPE, new Vote.Yes(0)), NOON);
        west.onAcknowledged(adding(adas, 1), names(EAST));

        assertThat(turns(europe, replica -> replica.onTick(NOON))).isEqualTo(step.formatted(EUROPE));
        assertThat(turns(west, replica -> replica.onAcknowledged(adding(adas, 1), names(EUROPE))))
                .endsWith(" acknowledged=europe");
    }

    @Test
    void a_publication_tells_its_montage_and_a_ballots_end_its_reason() {
        var east = Sites.open(EAST, adas);
        var montage = digest(adas);

        assertThat(turns(
                        east,
                        replica ->
                                replica.onPrepare(publishing(1, 1), new PublishMontage(1, montage, NOON), true, NOON)))
                .contains(publishing(1, 1) + " NONE->PREPARED digest=" + montage.hex());
        assertThat(turns(
                        east,
                        replica -> replica.onDecision(
                                new Decision(
                                        publishing(1, 1), Outcome.ABORTED, 0, Optional.of(Reason.lasting("rejected"))),
                                NOON)))
                .isEqualTo(step.formatted(EAST) + "; " + publishing(1, 1)
                        + " PREPARED->ABORTED reason=rejected; ballot:1 OPEN->ABORTED digest=" + montage.hex()
                        + " reason=rejected");
    }

    @Test
    void a_removal_tells_whose_photo_it_is_and_where_it_came_from_and_an_erasure_who_leaves() {
        var removal = new RemovePhoto(adas);
        var removing = new TransactionId(removal.subject(EVENT), WEST, 1);
        var erasure = new Erase(ADA);
        var erasing = new TransactionId(erasure.subject(EVENT), WEST, 1);

        assertThat(turns(Sites.open(EAST, adas), replica -> replica.onPrepare(removing, removal, true, NOON)))
                .contains(removing + " NONE->PREPARED contributor=" + ADA + " uploaded=" + NOON + " site=" + WEST);
        assertThat(turns(Sites.open(EAST), replica -> replica.onPrepare(erasing, erasure, true, NOON)))
                .contains(erasing + " NONE->PREPARED contributor=" + ADA);
    }

    @Test
    void an_acknowledgement_tells_whose_it_is() {
        var west = Sites.open(WEST);
        west.propose(adas, NOON);
        west.onVotes(adding(adas, 1), Map.of(EAST, new Vote.Yes(0), EUROPE, new Vote.Yes(0)), NOON);

        assertThat(turns(west, replica -> replica.onAcknowledged(adding(adas, 1), names(EAST))))
                .isEqualTo(step.formatted(WEST) + "; " + adding(adas, 1) + " COMMITTED->COMMITTED acknowledged=east");
    }

    @Test
    void what_is_forgotten_is_as_if_it_had_never_been() {
        var east = Sites.open(EAST);
        east.onDecision(Decision.aborted(adding(adas, 1)), NOON);

        assertThat(turns(east, replica -> replica.forget(NOON.plus(Duration.ofDays(2)))))
                .isEqualTo(step.formatted(EAST) + "; " + adding(adas, 1) + " ABORTED->NONE");
    }

    @Test
    void a_step_that_turns_nothing_still_has_a_line() {
        assertThat(turns(Sites.open(EAST), replica -> replica.onTick(NOON))).isEqualTo(step.formatted(EAST));
    }

    private static String turns(EventReplica replica, Consumer<EventReplica> rule) {
        var before = replica.copy();
        rule.accept(replica);
        return Turns.between(before, replica, 7).toString();
    }
}
