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
import static tutti.replica.Sites.names;
import static tutti.replica.Sites.photo;
import static tutti.replica.Sites.publishing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
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
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.photo.Photo;
import tutti.replica.Testimony.Fact;

/** Consent taken back before a ballot: a committed photo goes, everywhere or nowhere, and may come again. */
class RemovingTest {

    private static final Vote YES = new Vote.Yes(0);
    private static final Vote NOT_READY = new Vote.CannotSay("not-ready");

    private final Photo adas = photo(ADA, WEST, "sea");
    private final Photo bens = photo(BEN, EUROPE, "sky");
    private final Photo adasAgain = photo(ADA, EUROPE, "sea", NOON.plusSeconds(9));
    private final TransactionId byEurope = removing(adas, EUROPE, 1);

    private static TransactionId removing(Photo photo, SiteName by, int attempt) {
        return new TransactionId(RemovePhoto.subjectOf(photo.id()), by, attempt);
    }

    private static Decision commit(TransactionId id) {
        return new Decision(id, Outcome.COMMITTED, 0, Optional.empty());
    }

    private static Vote noForNow(String code) {
        return new Vote.No(Reason.passing(code));
    }

    /** A site that has promised the removal of ada's photo. */
    private EventReplica leaving(Photo... photos) {
        var east = Sites.open(EAST, photos);
        east.onPrepare(byEurope, new RemovePhoto(adas), false, NOON);
        return east;
    }

    @Nested
    class APromise {

        private Vote ask(EventReplica east) {
            return east.onPrepare(byEurope, new RemovePhoto(adas), false, NOON);
        }

        @Test
        void is_given_to_any_site_and_carries_the_last_ended_ballot() {
            var east = Sites.open(EAST, 3, adas);

            assertThat(ask(east)).isEqualTo(new Vote.Yes(3));
            assertThat(east.photos()).as("in until it is decided").containsKey(adas.id());
        }

        @Test
        void has_to_wait_until_the_photo_is_here() {
            var east = Sites.open(EAST);
            assertThat(ask(east)).isEqualTo(NOT_READY);

            east.onPrepare(adding(adas, 1), new AddPhoto(adas), true, NOON);
            assertThat(ask(east)).isEqualTo(NOT_READY);

            east.onDecision(commit(adding(adas, 1)), NOON);
            assertThat(ask(east)).isEqualTo(YES);
        }

        @Test
        void has_to_wait_while_another_addition_of_the_photo_is_here() {
            assertThat(ask(Sites.open(EAST, adasAgain))).isEqualTo(NOT_READY);
        }

        @Test
        void has_to_wait_while_the_event_itself_is_held() {
            var east = Sites.absent(EAST);
            var creation = new TransactionId(CreateEvent.subjectOf(EVENT), WEST, 1);
            east.onPrepare(creation, new CreateEvent(DETAILS), false, NOON);

            assertThat(ask(east)).isEqualTo(NOT_READY);
        }

        @Test
        void is_refused_for_now_while_a_ballot_is_open() {
            var east = Sites.open(EAST, adas);
            east.freeze(1, digest(adas), NOON);

            assertThat(ask(east)).isEqualTo(noForNow("voting-in-progress"));
        }

        @Test
        void is_refused_for_now_while_a_publication_is_held() {
            var east = Sites.open(EAST, adas);
            east.onPrepare(publishing(1, 1), new PublishMontage(1, digest(adas), NOON), false, NOON);
            east.set(east.event().in(Phase.OPEN));

            assertThat(ask(east)).isEqualTo(noForNow("voting-in-progress"));
        }

        @Test
        void is_refused_for_good_after_the_publication() {
            var east = Sites.open(EAST, adas);
            east.set(east.event().published(NOON));

            assertThat(ask(east)).isEqualTo(new Vote.No(Reason.lasting("published")));
        }

        @Test
        void is_refused_for_now_while_the_same_removal_is_held_for_another_site() {
            var east = leaving(adas);

            assertThat(east.onPrepare(removing(adas, WEST, 1), new RemovePhoto(adas), false, NOON))
                    .isEqualTo(noForNow("held"));
        }
    }

    @Nested
    class AHeldRemoval {

        @Test
        void keeps_votes_waiting() {
            var west = Sites.open(WEST, adas, bens);
            west.onPrepare(removing(bens, EUROPE, 1), new RemovePhoto(bens), false, NOON);

            assertThat(west.castVote(ADA, Choice.ACCEPT, 1, digest(adas, bens), NOON))
                    .isEqualTo(new VoteAnswer.Refused(Refusal.UPLOAD_IN_PROGRESS));
        }

        @Test
        void keeps_a_publication_waiting() {
            assertThat(leaving(adas)
                            .onPrepare(publishing(1, 1), new PublishMontage(1, digest(adas), NOON), false, NOON))
                    .isEqualTo(NOT_READY);
        }

        @Test
        void refuses_the_same_photo_for_now() {
            assertThat(leaving(adas).onPrepare(adding(adasAgain, 1), new AddPhoto(adasAgain), true, NOON))
                    .isEqualTo(noForNow("held"));
        }

        @Test
        void leaves_no_place_yet_and_refuses_nobody_for_good() {
            var second = photo(ADA, WEST, "moon");
            var third = photo(ADA, WEST, "sun");

            assertThat(leaving(adas, second).onPrepare(adding(third, 1), new AddPhoto(third), true, NOON))
                    .isEqualTo(noForNow("photo-limit"));
            assertThat(Sites.open(EAST, adas, second).onPrepare(adding(third, 1), new AddPhoto(third), true, NOON))
                    .isEqualTo(new Vote.No(Reason.lasting("photo-limit")));
        }

        @Test
        void lets_its_photo_be_sent_again_and_wait() {
            var east = leaving(adas);
            var again = photo(ADA, EAST, "sea", NOON.plusSeconds(9));

            assertThat(east.propose(again, NOON)).isEqualTo(new Proposed.Refused(Refusal.UPLOAD_IN_PROGRESS, true));
            assertThat(east.keepWaiting(again, names())).isInstanceOf(Proposed.Waiting.class);

            east.onDecision(commit(byEurope), NOON);
            assertThat(east.proposeAgain(adas.id(), NOON)).contains(new Proposed.Begun(adding(again, 1)));
        }

        @Test
        void lets_its_photo_be_sent_again_and_withdrawn() {
            var east = leaving(adas);
            east.keepWaiting(photo(ADA, EAST, "sea", NOON.plusSeconds(9)), names());

            assertThat(east.withdraw(adas.id(), ADA, NOON)).contains(Refusal.TOO_LATE);

            assertThat(east.uploads()).isEmpty();
            assertThat(east.photos()).containsKey(adas.id());
        }

        @Test
        void leaves_the_photo_where_it_is_when_it_is_aborted() {
            var east = leaving(adas);
            east.keepWaiting(photo(ADA, EAST, "sea", NOON.plusSeconds(9)), names());

            east.onDecision(Decision.aborted(byEurope), NOON);

            assertThat(east.photos()).containsEntry(adas.id(), adas);
            assertThat(east.uploads()).as("what was sent again is in").isEmpty();
        }

        @Test
        void takes_nothing_away_that_waits_when_one_is_aborted_that_was_never_held() {
            var east = Sites.open(EAST, bens);
            east.keepWaiting(photo(ADA, EAST, "sea"), names(WEST));
            east.freeze(1, digest(bens), NOON);
            east.onPrepare(byEurope, new RemovePhoto(adas), false, NOON);

            east.onDecision(Decision.aborted(byEurope), NOON);

            assertThat(east.uploads()).containsKey(adas.id());
        }
    }

    @Nested
    class ACommittedRemoval {

        @Test
        void takes_the_photo_out_and_with_the_last_one_its_contributor() {
            var east = leaving(adas, bens);

            east.onDecision(commit(byEurope), NOON);

            assertThat(east.photos()).containsOnlyKeys(bens.id());
            assertThat(east.contributors()).containsExactly(BEN);
            assertThat(east.homeOf(ADA)).isEmpty();
            assertThat(east.version().digest()).isEqualTo(digest(bens));
            assertThat(east.version().number()).isEqualTo(3);
        }

        @Test
        void moves_a_home_to_the_next_photo() {
            var later = photo(ADA, EAST, "moon", NOON.plusSeconds(5));
            var east = leaving(adas, later);
            assertThat(east.homeOf(ADA)).contains(WEST);

            east.onDecision(commit(byEurope), NOON);

            assertThat(east.homeOf(ADA)).contains(EAST);
        }

        @Test
        void brings_the_end_of_the_ballot_before_it() {
            var east = leaving(adas);

            east.onDecision(new Decision(byEurope, Outcome.COMMITTED, 2, Optional.empty()), NOON);

            assertThat(east.event().lastEnded()).isEqualTo(2);
        }

        @Test
        void told_again_takes_nothing_out_that_has_come_again() {
            var east = leaving(adas);
            east.onDecision(commit(byEurope), NOON);
            east.onPrepare(adding(adasAgain, 2), new AddPhoto(adasAgain), true, NOON);
            east.onDecision(commit(adding(adasAgain, 2)), NOON);

            east.onDecision(commit(byEurope), NOON);

            assertThat(east.photos()).containsEntry(adas.id(), adasAgain);
            assertThat(east.homeOf(ADA)).contains(EUROPE);
        }

        @Test
        void stays_out_when_its_addition_is_told_again() {
            var east = Sites.open(EAST);
            east.onPrepare(adding(adas, 1), new AddPhoto(adas), true, NOON);
            east.onDecision(commit(adding(adas, 1)), NOON);
            east.onPrepare(byEurope, new RemovePhoto(adas), false, NOON);
            east.onDecision(commit(byEurope), NOON);

            east.onDecision(commit(adding(adas, 1)), NOON);
            assertThat(east.onPrepare(adding(adas, 1), new AddPhoto(adas), true, NOON))
                    .isEqualTo(YES);

            assertThat(east.photos()).isEmpty();
        }
    }

    @Nested
    class AnOwner {

        private final EventReplica east = Sites.open(EAST, adas);

        @Test
        void takes_a_photo_out_at_any_site() {
            assertThat(east.remove(adas.id(), ADA, NOON)).isEqualTo(new Proposed.Begun(removing(adas, EAST, 1)));

            east.onVotes(removing(adas, EAST, 1), Map.of(WEST, YES, EUROPE, YES), NOON);

            assertThat(east.photos()).isEmpty();
        }

        @Test
        void finds_a_removal_that_is_running_already() {
            east.remove(adas.id(), ADA, NOON);

            assertThat(east.remove(adas.id(), ADA, NOON)).isEqualTo(new Proposed.Running(removing(adas, EAST, 1)));
        }

        @Test
        void begins_again_after_an_abort() {
            east.remove(adas.id(), ADA, NOON);
            east.onTick(NOON.plus(PREPARING));

            assertThat(east.photos()).containsKey(adas.id());
            assertThat(east.remove(adas.id(), ADA, NOON)).isEqualTo(new Proposed.Begun(removing(adas, EAST, 2)));
        }

        @Test
        void adds_it_again_afterwards() {
            east.remove(adas.id(), ADA, NOON);
            east.onVotes(removing(adas, EAST, 1), Map.of(WEST, YES, EUROPE, YES), NOON);

            var again = photo(ADA, EAST, "sea", NOON.plusSeconds(9));
            assertThat(east.propose(again, NOON)).isEqualTo(new Proposed.Begun(adding(again, 2)));
        }

        @Test
        void is_the_only_one_who_can() {
            assertThat(east.remove(adas.id(), BEN, NOON)).isEqualTo(new Proposed.Refused(Refusal.NOT_FOUND, false));
            assertThat(east.remove(bens.id(), BEN, NOON)).isEqualTo(new Proposed.Refused(Refusal.NOT_FOUND, false));
        }

        @Test
        void cannot_during_a_ballot() {
            east.freeze(1, digest(adas), NOON);

            assertThat(east.remove(adas.id(), ADA, NOON))
                    .isEqualTo(new Proposed.Refused(Refusal.VOTING_IN_PROGRESS, true));
        }

        @Test
        void is_told_to_wait_for_a_photo_that_is_on_its_way_in() {
            east.onPrepare(adding(bens, 1), new AddPhoto(bens), true, NOON);

            assertThat(east.remove(bens.id(), BEN, NOON))
                    .isEqualTo(new Proposed.Refused(Refusal.UPLOAD_IN_PROGRESS, true));
            assertThat(east.remove(bens.id(), ADA, NOON)).isEqualTo(new Proposed.Refused(Refusal.NOT_FOUND, false));
        }
    }

    @Nested
    class ALostSite {

        private final Fact created =
                fact(new TransactionId(CreateEvent.subjectOf(EVENT), WEST, 1), new CreateEvent(DETAILS));
        private final Fact added = fact(adding(adas, 4), new AddPhoto(adas));
        private final Fact removed = fact(removing(adas, EAST, 1), new RemovePhoto(adas));
        private final Fact addedAgain = fact(adding(adasAgain, 1), new AddPhoto(adasAgain));

        private static Fact fact(TransactionId id, Change change) {
            return new Fact(id, Promise.takenOver(Outcome.COMMITTED), Optional.of(change), 0, Optional.empty());
        }

        private static EventReplica rebuilt(Fact... facts) {
            var east = Sites.absent(EAST);
            var known = new Testimony(0, List.of(facts), List.of());
            east.adopt(new TreeMap<>(Map.of(WEST, known, EUROPE, known)), NOON);
            return east;
        }

        @Test
        void knows_that_a_photo_is_out() {
            var east = rebuilt(created, added, removed);

            assertThat(east.photos()).isEmpty();
            assertThat(east.version().number()).isEqualTo(2);
        }

        @Test
        void knows_that_a_photo_has_come_again_and_which_one() {
            for (var facts : List.of(
                    List.of(created, added, removed, addedAgain), List.of(addedAgain, removed, added, created))) {
                var east = rebuilt(facts.toArray(Fact[]::new));

                assertThat(east.photos()).containsEntry(adas.id(), adasAgain);
                assertThat(east.version().number()).isEqualTo(3);
            }
        }

        @Test
        void knows_it_even_of_two_additions_that_are_alike() {
            var alike = fact(adding(adas, 9), new AddPhoto(adas));

            assertThat(rebuilt(created, added, removed, alike).photos()).containsEntry(adas.id(), adas);
        }

        @Test
        void removes_what_all_peers_have_promised_to_remove() {
            var held = new Fact(removed.id(), Promise.none().prepared(), removed.change(), 0, Optional.empty());

            assertThat(rebuilt(created, added, held).photos()).isEmpty();
        }
    }

    @Test
    void a_step_tells_which_addition_it_has_removed() {
        var before = Sites.open(EAST, adas);
        var after = before.copy();
        after.onPrepare(byEurope, new RemovePhoto(adas), false, NOON);
        var decided = after.copy();
        decided.onDecision(new Decision(byEurope, Outcome.COMMITTED, 2, Optional.empty()), NOON);

        assertThat(Turns.between(before, after, 1).turns())
                .extracting(Turn::toString)
                .containsExactly(byEurope + " NONE->PREPARED contributor=" + ADA + " uploaded=" + NOON + " site=west");
        assertThat(Turns.between(after, decided, 2).turns().get(0).more()).containsExactly("carried=2");
    }
}
