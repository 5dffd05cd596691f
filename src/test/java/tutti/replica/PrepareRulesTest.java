package tutti.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.replica.Sites.ADA;
import static tutti.replica.Sites.BEN;
import static tutti.replica.Sites.CLEO;
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
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tutti.ballot.Choice;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.Reason;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.CreateEvent;
import tutti.event.Change.PublishMontage;
import tutti.event.Phase;
import tutti.photo.Photo;

class PrepareRulesTest {

    private static final Vote NOT_READY = new Vote.CannotSay("not-ready");
    private static final TransactionId CREATION = new TransactionId("create:" + EVENT, WEST, 1);

    private final Photo adas = photo(ADA, WEST, "sea");
    private final Photo bens = photo(BEN, EUROPE, "sky");

    @Nested
    class CreatingAnEvent {

        @Test
        void is_promised_where_the_event_is_unknown() {
            assertThat(create(Sites.absent(EAST), CREATION)).isEqualTo(new Vote.Yes(0));
        }

        @Test
        void is_refused_for_good_where_there_is_one() {
            assertThat(create(Sites.open(EAST), CREATION)).isEqualTo(no("exists"));
        }

        @Test
        void is_refused_from_a_site_that_is_not_its_master() {
            var foreign = new TransactionId("create:" + EVENT, EUROPE, 1);

            assertThat(create(Sites.absent(EAST), foreign)).isEqualTo(no("foreign-coordinator"));
        }

        private Vote create(EventReplica east, TransactionId id) {
            return east.onPrepare(id, new CreateEvent(DETAILS), false, NOON);
        }
    }

    @Nested
    class AddingAPhoto {

        @Test
        void is_promised_while_the_event_is_open_and_carries_the_last_ended_ballot() {
            assertThat(add(Sites.open(EAST, 3), adas)).isEqualTo(new Vote.Yes(3));
        }

        @Test
        void is_refused_where_the_event_is_unknown() {
            assertThat(add(Sites.absent(EAST), adas)).isEqualTo(no("not-found"));
        }

        @Test
        void has_to_wait_while_the_event_itself_is_held() {
            var east = Sites.absent(EAST);
            east.onPrepare(CREATION, new CreateEvent(DETAILS), false, NOON);

            assertThat(add(east, adas)).isEqualTo(NOT_READY);
            assertThat(east.transactions()).hasSize(1);
        }

        @Test
        void has_to_wait_while_the_event_is_being_created_here() {
            var west = Sites.absent(WEST);
            west.create(DETAILS, NOON);

            assertThat(add(west, bens)).isEqualTo(NOT_READY);
        }

        @Test
        void has_to_wait_between_two_attempts_to_create_the_event_here() {
            var west = Sites.absent(WEST);
            west.create(DETAILS, NOON);
            west.onTick(NOON.plus(PREPARING));

            assertThat(west.hasHold()).isFalse();
            assertThat(add(west, bens)).isEqualTo(NOT_READY);
        }

        @Test
        void is_refused_after_a_cancellation() {
            var west = Sites.absent(WEST);
            west.create(DETAILS, NOON);
            west.cancel(ADA, NOON);

            assertThat(add(west, bens)).isEqualTo(no("cancelled"));
        }

        @Test
        void is_refused_for_now_while_a_ballot_is_open() {
            var east = Sites.open(EAST, adas);
            east.freeze(1, digest(adas), NOON);

            assertThat(add(east, bens)).isEqualTo(noForNow("voting-in-progress"));
        }

        @Test
        void is_refused_for_now_while_a_publication_is_held() {
            var east = Sites.open(EAST, adas);
            east.onPrepare(publishing(1, 1), new PublishMontage(1, digest(adas), NOON), false, NOON);
            east.set(east.event().in(Phase.OPEN));

            assertThat(add(east, bens)).isEqualTo(noForNow("voting-in-progress"));
        }

        @Test
        void is_refused_for_good_after_the_publication() {
            var east = Sites.open(EAST, adas);
            east.onPrepare(publishing(1, 1), new PublishMontage(1, digest(adas), NOON), false, NOON);
            east.onDecision(new Decision(publishing(1, 1), Outcome.COMMITTED, 0, Optional.empty()), NOON);

            assertThat(add(east, bens)).isEqualTo(no("published"));
        }

        @Test
        void has_to_wait_for_its_bytes() {
            var east = Sites.open(EAST);

            var vote = east.onPrepare(adding(adas, 1), new AddPhoto(adas), false, NOON);

            assertThat(vote).isEqualTo(NOT_READY);
            assertThat(east.hasHold()).isFalse();
        }

        @Test
        void is_refused_for_good_where_the_very_photo_is_in() {
            assertThat(add(Sites.open(EAST, adas), photo(ADA, EUROPE, "sea"))).isEqualTo(no("duplicate"));
        }

        @Test
        void is_refused_for_now_while_the_very_photo_is_held_from_another_site() {
            var east = Sites.open(EAST);
            add(east, adas);

            assertThat(add(east, photo(ADA, EUROPE, "sea"))).isEqualTo(noForNow("held"));
        }

        @Test
        void is_refused_from_a_site_that_is_not_its_own() {
            var foreign = new TransactionId(AddPhoto.subjectOf(adas.id()), EUROPE, 1);

            assertThat(Sites.open(EAST).onPrepare(foreign, new AddPhoto(adas), true, NOON))
                    .isEqualTo(no("foreign-coordinator"));
        }

        @Test
        void lives_beside_the_hold_of_another_photo() {
            var east = Sites.open(EAST);

            assertThat(add(east, adas)).isInstanceOf(Vote.Yes.class);
            assertThat(add(east, bens)).isInstanceOf(Vote.Yes.class);
        }

        @Test
        void is_refused_for_good_when_there_are_enough_contributors() {
            assertThat(add(Sites.open(EAST, adas, bens), photo(CLEO, WEST, "sun")))
                    .isEqualTo(no("contributor-limit"));
            assertThat(add(Sites.open(EAST, adas, bens), photo(BEN, WEST, "sun")))
                    .isInstanceOf(Vote.Yes.class);
        }

        @Test
        void is_refused_for_now_when_a_hold_may_take_the_last_contributors_place() {
            var east = Sites.open(EAST, adas);
            add(east, bens);

            assertThat(add(east, photo(CLEO, WEST, "sun"))).isEqualTo(noForNow("contributor-limit"));
        }

        @Test
        void is_refused_for_good_when_the_contributor_has_enough_photos() {
            var east = Sites.open(EAST, adas, photo(ADA, WEST, "sun"));

            assertThat(add(east, photo(ADA, WEST, "moon"))).isEqualTo(no("photo-limit"));
            assertThat(add(east, bens)).isInstanceOf(Vote.Yes.class);
        }

        @Test
        void is_refused_for_good_when_the_event_has_enough_photos() {
            assertThat(add(limited(1), bens)).isEqualTo(no("photo-limit"));
        }

        @Test
        void is_promised_the_events_last_place() {
            assertThat(add(limited(2), bens)).isEqualTo(new Vote.Yes(0));
        }

        /** An event with one photo in it. */
        private EventReplica limited(int photosMax) {
            var usual = Sites.settings(EAST);
            var settings = new ReplicaSettings(
                    EAST, usual.peers(), usual.preparingTime(), usual.inDoubtAfter(), usual.grace(), photosMax, 2);
            var open = Sites.open(EAST, adas);
            return new EventReplica(settings, open.event(), List.of(adas), List.of(), List.of(), List.of());
        }

        @Test
        void is_refused_for_now_when_a_hold_may_take_the_contributors_last_photo() {
            var east = Sites.open(EAST, adas);
            add(east, photo(ADA, WEST, "sun"));

            assertThat(add(east, photo(ADA, WEST, "moon"))).isEqualTo(noForNow("photo-limit"));
        }

        private Vote add(EventReplica replica, Photo photo) {
            return replica.onPrepare(adding(photo, 1), new AddPhoto(photo), true, NOON);
        }
    }

    @Nested
    class Publishing {

        @Test
        void is_promised_when_everybody_at_home_here_has_accepted() {
            var europe = Sites.open(EUROPE, adas, bens);
            europe.castVote(BEN, Choice.ACCEPT, 1, digest(adas, bens), NOON);

            assertThat(publish(europe, 1, adas, bens)).isEqualTo(new Vote.Yes(0));
        }

        @Test
        void is_promised_where_nobody_is_at_home_and_freezes_the_site_in_its_ballot() {
            var east = Sites.open(EAST, adas, bens);

            assertThat(publish(east, 1, adas, bens)).isEqualTo(new Vote.Yes(0));
            assertThat(east.event().phase()).isEqualTo(Phase.VOTING);
            assertThat(east.ballotNumber()).isEqualTo(1);
        }

        @Test
        void is_refused_when_somebody_at_home_here_has_not_accepted() {
            assertThat(publish(Sites.open(EUROPE, adas, bens), 1, adas, bens)).isEqualTo(no("not-unanimous"));
        }

        @Test
        void is_refused_when_somebody_at_home_here_has_rejected() {
            var europe = Sites.open(EUROPE, adas, bens);
            europe.castVote(BEN, Choice.REJECT, 1, digest(adas, bens), NOON);

            assertThat(publish(europe, 1, adas, bens)).isEqualTo(no("not-unanimous"));
        }

        @Test
        void is_refused_when_the_accept_was_in_an_earlier_ballot() {
            var europe = Sites.open(EUROPE, adas, bens);
            europe.castVote(BEN, Choice.ACCEPT, 1, digest(adas, bens), NOON);

            assertThat(publish(europe, 2, adas, bens)).isEqualTo(no("not-unanimous"));
        }

        @Test
        void is_refused_when_the_accept_was_of_another_montage() {
            var europe = Sites.open(EUROPE, adas, bens);
            europe.castVote(BEN, Choice.ACCEPT, 1, digest(adas, bens), NOON);
            var moon = photo(BEN, EUROPE, "moon");
            var later = new EventReplica(
                    Sites.settings(EUROPE),
                    europe.event(),
                    List.of(adas, bens, moon),
                    List.of(),
                    List.of(),
                    europe.ballots().values());

            assertThat(publish(later, 1, adas, bens, moon)).isEqualTo(no("not-unanimous"));
        }

        @Test
        void is_refused_for_another_montage_than_the_one_here() {
            assertThat(publish(Sites.open(EAST, adas, bens), 1, adas)).isEqualTo(no("superseded"));
        }

        @Test
        void has_to_wait_for_a_hold_that_may_bring_its_montage() {
            var east = Sites.open(EAST, adas);
            east.onPrepare(adding(bens, 1), new AddPhoto(bens), true, NOON);

            assertThat(publish(east, 1, adas, bens)).isEqualTo(NOT_READY);

            east.onDecision(new Decision(adding(bens, 1), Outcome.COMMITTED, 0, Optional.empty()), NOON);
            assertThat(publish(east, 1, adas, bens)).isEqualTo(new Vote.Yes(0));
        }

        @Test
        void has_to_wait_for_a_hold_even_if_the_montage_is_here() {
            var east = Sites.open(EAST, adas);
            east.onPrepare(adding(bens, 1), new AddPhoto(bens), true, NOON);

            assertThat(publish(east, 1, adas)).isEqualTo(NOT_READY);
        }

        @Test
        void is_refused_when_its_ballot_has_ended_here() {
            assertThat(publish(Sites.open(EAST, 1, adas), 1, adas)).isEqualTo(noForNow("ballot-over"));
        }

        @Test
        void is_refused_after_the_publication() {
            var east = Sites.open(EAST, adas);
            publish(east, 1, adas);
            east.onDecision(new Decision(publishing(1, 1), Outcome.COMMITTED, 0, Optional.empty()), NOON);

            assertThat(publish(east, 2, adas)).isEqualTo(no("published"));
        }

        @Test
        void ends_all_earlier_ballots() {
            var east = Sites.open(EAST, adas);

            assertThat(publish(east, 3, adas)).isEqualTo(new Vote.Yes(2));
            assertThat(east.event().lastEnded()).isEqualTo(2);
        }

        @Test
        void is_refused_from_a_site_that_is_not_the_master() {
            var foreign = new TransactionId(PublishMontage.subjectOf(EVENT, 1), EUROPE, 1);

            assertThat(Sites.open(EAST, adas)
                            .onPrepare(foreign, new PublishMontage(1, digest(adas), NOON), false, NOON))
                    .isEqualTo(no("foreign-coordinator"));
        }

        @Test
        void is_refused_where_the_event_is_unknown_and_has_to_wait_where_it_is_held() {
            var held = Sites.absent(EAST);
            held.onPrepare(CREATION, new CreateEvent(DETAILS), false, NOON);

            var creating = Sites.absent(WEST);
            creating.create(DETAILS, NOON);

            assertThat(publish(Sites.absent(EAST), 1, adas)).isEqualTo(no("not-found"));
            assertThat(publish(held, 1, adas)).isEqualTo(NOT_READY);
            assertThat(publish(creating, 1, adas)).isEqualTo(NOT_READY);
            var byEast = new TransactionId(PublishMontage.subjectOf(EVENT, 1), EAST, 1);
            assertThat(creating.onPrepare(byEast, new PublishMontage(1, digest(adas), NOON), false, NOON))
                    .isEqualTo(NOT_READY);
        }

        @Test
        void a_no_is_the_end_of_the_ballot_here() {
            var europe = Sites.open(EUROPE, adas, bens);

            publish(europe, 1, adas, bens);

            assertThat(europe.event().lastEnded()).isEqualTo(1);
            assertThat(europe.event().phase()).isEqualTo(Phase.OPEN);
        }

        private Vote publish(EventReplica replica, int ballot, Photo... photos) {
            return replica.onPrepare(
                    publishing(ballot, ballot), new PublishMontage(ballot, digest(photos), NOON), false, NOON);
        }
    }

    @Test
    void a_home_follows_the_earliest_photo() {
        var later = photo(ADA, EAST, "moon", NOON.plusSeconds(1));
        var earlier = photo(ADA, EUROPE, "sun", NOON.minusSeconds(1));

        assertThat(Sites.open(EAST, adas, later).homeOf(ADA)).contains(WEST);
        assertThat(Sites.open(EAST, adas, earlier).homeOf(ADA)).contains(EUROPE);
        assertThat(Sites.open(EAST, adas).homeOf(BEN)).isEqualTo(Optional.<SiteName>empty());
    }

    private static Vote no(String code) {
        return new Vote.No(Reason.lasting(code));
    }

    private static Vote noForNow(String code) {
        return new Vote.No(Reason.passing(code));
    }
}
