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
import static tutti.replica.Sites.WEST;
import static tutti.replica.Sites.adding;
import static tutti.replica.Sites.ballot;
import static tutti.replica.Sites.digest;
import static tutti.replica.Sites.names;
import static tutti.replica.Sites.people;
import static tutti.replica.Sites.photo;
import static tutti.replica.Sites.publishing;
import static tutti.replica.Sites.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tutti.ballot.AbortReason;
import tutti.ballot.Ballot;
import tutti.ballot.Ballot.State;
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
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.replica.Testimony.Fact;

/** Beside the protocol's section on the rebuild of a lost site, sentence for sentence. */
class RebuildingTest {

    private static final Vote YES = new Vote.Yes(0);
    private static final Promise PREPARED = Promise.none().prepared();
    private static final Promise COMMITTED = Promise.takenOver(Outcome.COMMITTED);
    private static final Promise ABORTED = Promise.takenOver(Outcome.ABORTED);
    private static final TransactionId CREATION = new TransactionId(CreateEvent.subjectOf(EVENT), WEST, 1);
    private static final Fact CREATED = fact(CREATION, COMMITTED, new CreateEvent(DETAILS));

    private static Fact fact(TransactionId id, Promise promise, Change change) {
        return new Fact(id, promise, Optional.of(change), 0, Optional.empty());
    }

    private static Testimony knows(int lastEnded, Fact... facts) {
        return new Testimony(lastEnded, List.of(facts), List.of());
    }

    private static Map<SiteName, Testimony> say(SiteName one, Testimony first, SiteName other, Testimony second) {
        return new TreeMap<>(Map.of(one, first, other, second));
    }

    /** What each of the peers does. */
    @Nested
    class APeer {

        private final Photo adas = new Photo(ADA, WEST);
        private final Photo bens = new Photo(BEN, EUROPE);

        @Test
        void gives_up_what_rests_on_a_promise_of_the_lost_site() {
            var west = Sites.open(WEST);
            west.propose(adas.photo, NOON);

            west.testify(EUROPE, NOON);
            west.onVotes(adas.id, Map.of(EAST, YES, EUROPE, YES), NOON);

            assertThat(west.transactions().get(adas.id).decision())
                    .contains(new Decision(adas.id, Outcome.ABORTED, 0, Optional.of(Reason.OUT_OF_TIME)));
            assertThat(west.photos()).isEmpty();
        }

        @Test
        void tells_what_is_committed_and_what_the_lost_site_has_coordinated() {
            var west = Sites.open(WEST);
            west.propose(adas.photo, NOON);
            west.onVotes(adas.id, Map.of(EAST, YES, EUROPE, YES), NOON);
            west.onPrepare(bens.id, bens.add, true, NOON);

            var testimony = west.testify(EUROPE, NOON);

            assertThat(testimony.facts())
                    .containsExactlyInAnyOrder(fact(adas.id, COMMITTED, adas.add), fact(bens.id, PREPARED, bens.add));
        }

        @Test
        void tells_nothing_of_what_is_not_committed_and_others_coordinate() {
            var west = Sites.open(WEST);
            west.onPrepare(bens.id, bens.add, true, NOON);

            assertThat(west.testify(EAST, NOON).facts()).isEmpty();
        }

        @Test
        void keeps_what_it_has_promised_to_others() {
            var west = Sites.open(WEST);
            west.onPrepare(bens.id, bens.add, true, NOON);

            west.testify(EUROPE, NOON);

            assertThat(west.transactions().get(bens.id).isHold()).isTrue();
        }

        @Test
        void tells_how_ballots_have_ended_and_not_of_open_ones() {
            var east = Sites.open(EAST, new Photo(ADA, EAST).photo);
            east.onDecision(Decision.aborted(publishing(1, 1)), NOON);
            east.castVote(ADA, Choice.ACCEPT, 2, east.version().digest(), NOON);

            var testimony = east.testify(EUROPE, NOON);

            assertThat(testimony.lastEnded()).isEqualTo(1);
            assertThat(testimony.ballots()).extracting(Ballot::number).containsExactly(1);
        }

        @Test
        void that_is_the_master_ends_the_open_ballot_in_which_the_lost_site_may_have_taken_votes() {
            var west = Sites.open(WEST, adas.photo, bens.photo);
            west.castVote(ADA, Choice.ACCEPT, 1, digest(adas.photo, bens.photo), NOON);

            west.testify(EUROPE, NOON);

            assertThat(ballot(west, 1).state()).isEqualTo(State.ABORTED);
            assertThat(ballot(west, 1).reason()).contains(AbortReason.SITE_UNAVAILABLE);
            assertThat(west.event().phase()).isEqualTo(Phase.OPEN);
        }

        @Test
        void that_is_the_master_ends_the_next_ballot_which_may_be_open_at_the_lost_site_alone() {
            var west = Sites.open(WEST, 3, adas.photo, bens.photo);

            west.testify(EUROPE, NOON);

            assertThat(west.event().lastEnded()).isEqualTo(4);
            assertThat(west.errands(NOON))
                    .anySatisfy(errand -> assertThat(errand.debt()).startsWith("tell publish:"));
        }

        @Test
        void that_is_the_master_ends_it_for_a_photo_that_is_only_promised_here() {
            var west = Sites.open(WEST, adas.photo);
            west.onPrepare(bens.id, bens.add, true, NOON);

            west.testify(EUROPE, NOON);

            assertThat(west.event().lastEnded()).isEqualTo(1);
        }

        @Test
        void that_is_the_master_lets_ballots_be_where_the_lost_site_is_nobodys_home() {
            var west = Sites.open(WEST, adas.photo);
            west.onPrepare(bens.id, bens.add, true, NOON);

            west.testify(EAST, NOON);

            assertThat(west.event().lastEnded()).isZero();
        }

        @Test
        void that_is_not_the_master_ends_nothing() {
            var east = Sites.open(EAST, bens.photo);

            east.testify(EUROPE, NOON);

            assertThat(east.event().lastEnded()).isZero();
        }

        @Test
        void lets_what_is_published_be() {
            var west = published();

            west.testify(EUROPE, NOON);

            assertThat(west.event().phase()).isEqualTo(Phase.PUBLISHED);
            assertThat(west.event().lastEnded()).isEqualTo(1);
        }

        private EventReplica published() {
            var west = Sites.open(WEST, adas.photo, bens.photo);
            var montage = digest(adas.photo, bens.photo);
            west.castVote(ADA, Choice.ACCEPT, 1, montage, NOON);
            west.onReport(report(1, montage, people(BEN), people()), NOON);
            west.onVotes(publishing(1, 1), Map.of(EAST, YES, EUROPE, YES), NOON);
            return west;
        }
    }

    /** A photo, and its transaction. */
    private static final class Photo {
        final tutti.photo.Photo photo;
        final AddPhoto add;
        final TransactionId id;

        Photo(tutti.photo.ContributorId who, SiteName site) {
            photo = Sites.photo(who, site, "sea");
            add = new AddPhoto(photo);
            id = adding(photo, 1);
        }
    }

    /** What the lost site does, once all peers have testified. */
    @Nested
    class TheLostSite {

        private final Photo own = new Photo(ADA, EAST);
        private final Photo bens = new Photo(BEN, EUROPE);
        private final EventReplica east = Sites.absent(EAST);

        @Test
        void is_made_again_from_all_peers_only() {
            assertThatThrownBy(() -> east.adopt(Map.of(WEST, knows(0)), NOON))
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        void takes_in_what_any_peer_knows_as_committed() {
            east.adopt(
                    say(WEST, knows(0, fact(bens.id, COMMITTED, bens.add), CREATED), EUROPE, knows(0, CREATED)), NOON);

            assertThat(east.event().phase()).isEqualTo(Phase.OPEN);
            assertThat(east.event().laidDown()).isEqualTo(DETAILS);
            assertThat(east.photos()).containsOnlyKeys(bens.photo.id());
            assertThat(east.version().number()).isEqualTo(1);
            assertThat(east.transactions().get(bens.id).promise().isCommitted()).isTrue();
        }

        @Test
        void takes_in_nothing_twice() {
            var said = say(
                    WEST, knows(0, CREATED, fact(bens.id, COMMITTED, bens.add)),
                    EUROPE, knows(0, CREATED, fact(bens.id, COMMITTED, bens.add)));

            east.adopt(said, NOON);
            east.adopt(said, NOON);

            assertThat(east.version().number()).isEqualTo(1);
        }

        @Test
        void commits_what_it_has_coordinated_and_all_peers_have_prepared() {
            var prepared = fact(own.id, PREPARED, own.add);

            east.adopt(say(WEST, knows(2, CREATED, prepared), EUROPE, knows(0, CREATED, prepared)), NOON);

            assertThat(east.photos()).containsOnlyKeys(own.photo.id());
            assertThat(east.errands(NOON))
                    .contains(new Errand.Tell(
                            new Decision(own.id, Outcome.COMMITTED, 2, Optional.empty()), names(WEST, EUROPE)));
        }

        @Test
        void aborts_what_one_peer_has_never_prepared() {
            var prepared = fact(own.id, PREPARED, own.add);

            east.adopt(say(WEST, knows(0, CREATED, prepared), EUROPE, knows(0, CREATED)), NOON);

            assertThat(east.photos()).isEmpty();
            assertThat(east.errands(NOON))
                    .contains(new Errand.Tell(
                            new Decision(own.id, Outcome.ABORTED, 0, Optional.empty()), names(WEST, EUROPE)));
        }

        @Test
        void aborts_what_one_peer_knows_as_aborted_and_need_not_tell_that_one() {
            east.adopt(
                    say(
                            WEST, knows(0, CREATED, fact(own.id, PREPARED, own.add)),
                            EUROPE, knows(0, CREATED, fact(own.id, ABORTED, own.add))),
                    NOON);

            assertThat(east.transactions().get(own.id).promise().isAborted()).isTrue();
            assertThat(east.errands(NOON)).hasSize(1).allSatisfy(errand -> assertThat(((Errand.Tell) errand).peers())
                    .containsExactly(WEST));
        }

        @Test
        void tells_a_commit_to_those_that_do_not_know_it() {
            east.adopt(
                    say(
                            WEST, knows(0, CREATED, fact(own.id, COMMITTED, own.add)),
                            EUROPE, knows(0, CREATED, fact(own.id, PREPARED, own.add))),
                    NOON);

            assertThat(east.photos()).containsOnlyKeys(own.photo.id());
            assertThat(((Errand.Tell) east.errands(NOON).get(0)).peers()).containsExactly(EUROPE);
        }

        @Test
        void tells_why_a_ballot_was_aborted_where_its_publication_was_ruled_out() {
            var west = Sites.absent(WEST);
            var ruledOut = new Fact(publishing(1, 3), ABORTED, Optional.empty(), 0, Optional.of(Reason.RULED_OUT));
            var rejected = Ballot.unheard(1, Optional.of(AbortReason.REJECTED), NOON);
            west.adopt(
                    say(
                            EAST,
                            knows(1, CREATED, ruledOut),
                            EUROPE,
                            new Testimony(1, List.of(CREATED), List.of(rejected))),
                    NOON);

            assertThat(west.errands(NOON))
                    .contains(new Errand.Tell(
                            new Decision(publishing(1, 3), Outcome.ABORTED, 0, Optional.of(Reason.lasting("rejected"))),
                            names(EAST, EUROPE)));
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void tells_the_end_of_a_ballot_to_who_has_not_heard_it_or_not_why_though_nobody_has_a_record_of_its_publication(
                boolean carried) {
            var west = Sites.absent(WEST);
            var rejected = Ballot.unheard(1, Optional.of(AbortReason.REJECTED), NOON);
            var timedOut = Ballot.unheard(2, Optional.of(AbortReason.TIMEOUT), NOON);
            var unexplained = Ballot.unheard(1, Optional.empty(), NOON);
            west.adopt(
                    say(
                            EAST,
                            new Testimony(2, List.of(CREATED), List.of(rejected, timedOut)),
                            EUROPE,
                            new Testimony(
                                    2, List.of(CREATED), carried ? List.of(unexplained, timedOut) : List.of(timedOut))),
                    NOON);

            assertThat(west.errands(NOON))
                    .filteredOn(Errand.Tell.class::isInstance)
                    .map(Errand.Tell.class::cast)
                    .filteredOn(tell -> tell.decision().outcome() == Outcome.ABORTED)
                    .singleElement()
                    .satisfies(tell -> {
                        assertThat(tell.decision().id().subject()).isEqualTo(PublishMontage.subjectOf(EVENT, 1));
                        assertThat(tell.decision().reason()).contains(Reason.lasting("rejected"));
                        assertThat(tell.peers()).contains(EUROPE);
                    });
        }

        @Test
        void begins_above_every_attempt_that_a_peer_remembers() {
            var seventh = adding(own.photo, 7);
            east.adopt(say(WEST, knows(0, CREATED), EUROPE, knows(0, CREATED, fact(seventh, ABORTED, own.add))), NOON);

            east.propose(own.photo, NOON);

            assertThat(east.transactions()).containsKey(adding(own.photo, 8));
        }

        @Test
        void begins_where_it_was_whatever_others_have_begun() {
            var theirs = adding(bens.photo, 9);
            east.adopt(
                    say(WEST, knows(0, CREATED, fact(theirs, COMMITTED, bens.add)), EUROPE, knows(0, CREATED)), NOON);

            east.propose(own.photo, NOON);

            assertThat(east.transactions()).containsKey(adding(own.photo, 1));
        }

        @Test
        void leaves_what_others_coordinate_to_them() {
            var prepared = fact(bens.id, PREPARED, bens.add);

            east.adopt(say(WEST, knows(0, CREATED, prepared), EUROPE, knows(0, CREATED, prepared)), NOON);

            assertThat(east.transactions()).doesNotContainKey(bens.id);
            assertThat(east.photos()).isEmpty();
        }

        @Test
        void says_of_each_of_its_attempts_why_that_one_was_aborted() {
            var first = new Fact(adding(own.photo, 1), ABORTED, Optional.of(own.add), 0, Optional.empty());
            var second = new Fact(
                    adding(own.photo, 2), ABORTED, Optional.of(own.add), 0, Optional.of(Reason.passing("held")));

            east.adopt(say(WEST, knows(0, CREATED, first, second), EUROPE, knows(0, CREATED)), NOON);

            assertThat(east.transactions().get(first.id()).reason()).isEmpty();
            assertThat(east.transactions().get(second.id()).reason()).contains(Reason.passing("held"));
        }

        @Test
        void takes_people_for_erased_only_once_that_is_committed() {
            var erasure = new Change.Erase(BEN);
            var id = new TransactionId(Change.Erase.subjectOf(EVENT, BEN), WEST, 1);

            assertThat(Testimony.erased(List.of(knows(0, fact(id, PREPARED, erasure)))))
                    .isEmpty();
            assertThat(Testimony.erased(List.of(knows(0, fact(id, COMMITTED, erasure)))))
                    .containsExactly(BEN);
        }

        @Test
        void knows_the_end_of_every_ballot_that_any_peer_knows() {
            var aborted = Ballot.unheard(2, Optional.of(AbortReason.REJECTED), NOON);
            east.adopt(
                    say(WEST, new Testimony(2, List.of(CREATED), List.of(aborted)), EUROPE, knows(1, CREATED)), NOON);

            assertThat(east.event().lastEnded()).isEqualTo(2);
            assertThat(ballot(east, 2).reason()).contains(AbortReason.REJECTED);
        }

        @Test
        void knows_a_publication_and_each_accept_in_it_that_it_had_stored() {
            var adas = fact(own.id, COMMITTED, own.add);
            var publish = new PublishMontage(1, digest(own.photo, bens.photo), NOON);
            var said = knows(
                    1, CREATED, adas, fact(publishing(1, 1), COMMITTED, publish), fact(bens.id, COMMITTED, bens.add));

            east.adopt(say(WEST, said, EUROPE, said), NOON);

            assertThat(east.event().phase()).isEqualTo(Phase.PUBLISHED);
            assertThat(ballot(east, 1).state()).isEqualTo(State.PUBLISHED);
            assertThat(ballot(east, 1).votes()).containsOnlyKeys(ADA);
            assertThat(east.castVote(ADA, Choice.ACCEPT, 1, publish.digest(), NOON))
                    .isInstanceOf(VoteAnswer.Repeated.class);
        }

        private EventReplica withBallotsOf(EventReplica copied) {
            return new EventReplica(
                    Sites.settings(EAST),
                    tutti.event.Event.absent(EVENT),
                    List.of(),
                    List.of(),
                    List.of(),
                    copied.ballots().values());
        }

        @Test
        void keeps_votes_that_a_copy_of_its_disk_still_has() {
            var voted = Sites.open(EAST, own.photo);
            voted.castVote(ADA, Choice.REJECT, 1, digest(own.photo), NOON);
            var restored = withBallotsOf(voted);
            var aborted = Ballot.unheard(1, Optional.of(AbortReason.REJECTED), NOON);
            var said = new Testimony(1, List.of(CREATED, fact(own.id, COMMITTED, own.add)), List.of(aborted));

            restored.adopt(say(WEST, said, EUROPE, said), NOON);

            assertThat(ballot(restored, 1).state()).isEqualTo(State.ABORTED);
            assertThat(restored.castVote(ADA, Choice.REJECT, 1, digest(own.photo), NOON))
                    .isInstanceOf(VoteAnswer.Repeated.class);
        }

        @Test
        void keeps_an_accept_of_such_a_copy_as_it_was_cast() {
            var voted = Sites.open(EAST, own.photo);
            voted.castVote(ADA, Choice.ACCEPT, 1, digest(own.photo), NOON);
            var cast = ballot(voted, 1).voteOf(ADA);
            var restored = withBallotsOf(voted);
            var publish = new PublishMontage(1, digest(own.photo), NOON.plusSeconds(9));
            var said = knows(1, CREATED, fact(own.id, COMMITTED, own.add), fact(publishing(1, 1), COMMITTED, publish));

            restored.adopt(say(WEST, said, EUROPE, said), NOON.plusSeconds(60));

            assertThat(ballot(restored, 1).state()).isEqualTo(State.PUBLISHED);
            assertThat(ballot(restored, 1).voteOf(ADA)).isEqualTo(cast).isPresent();
        }

        @Test
        void that_is_not_the_master_ends_no_ballot_by_itself() {
            var said = knows(1, CREATED, fact(own.id, COMMITTED, own.add));

            east.adopt(say(WEST, said, EUROPE, said), NOON);

            assertThat(east.event().lastEnded()).isEqualTo(1);
        }
    }

    /** What the lost site does when it is the event's master. */
    @Nested
    class TheLostMaster {

        private final Photo own = new Photo(ADA, WEST);
        private final PublishMontage publish = new PublishMontage(1, digest(own.photo), NOON);
        private final EventReplica west = Sites.absent(WEST);

        @Test
        void ends_the_ballot_after_the_last_that_any_peer_knows_to_have_ended_and_tells_all() {
            var said = knows(0, CREATED, fact(own.id, COMMITTED, own.add));

            west.adopt(say(EAST, knows(3, CREATED), EUROPE, said), NOON);

            assertThat(west.event().lastEnded()).isEqualTo(4);
            assertThat(west.event().phase()).isEqualTo(Phase.OPEN);
            assertThat(ballot(west, 4).reason()).contains(AbortReason.SITE_UNAVAILABLE);
            assertThat(west.errands(NOON))
                    .anySatisfy(errand -> assertThat(errand.debt()).startsWith("tell publish:" + EVENT + ":4"));
        }

        @Test
        void ends_it_also_where_all_photos_have_come_from_others() {
            var bens = new Photo(BEN, EUROPE);
            var said = knows(0, CREATED, fact(bens.id, COMMITTED, bens.add));

            west.adopt(say(EAST, said, EUROPE, said), NOON);

            assertThat(west.event().lastEnded()).isEqualTo(1);
        }

        @Test
        void says_why_a_ballot_has_ended_where_nobody_remembers() {
            var said = knows(2, CREATED, fact(own.id, COMMITTED, own.add));

            west.adopt(say(EAST, said, EUROPE, said), NOON);

            assertThat(ballot(west, 2).reason()).contains(AbortReason.SITE_UNAVAILABLE);
            assertThat(west.errands(NOON))
                    .anySatisfy(errand -> assertThat(errand.debt()).startsWith("tell publish:" + EVENT + ":2"));
        }

        @Test
        void says_why_a_ballot_has_ended_also_where_all_know_that_it_has() {
            var ended = Ballot.unheard(1, Optional.empty(), NOON);
            var said = new Testimony(1, List.of(CREATED), List.of(ended));

            west.adopt(say(EAST, said, EUROPE, said), NOON);

            assertThat(ballot(west, 1).reason()).contains(AbortReason.SITE_UNAVAILABLE);
            assertThat(west.errands(NOON))
                    .anySatisfy(errand -> assertThat(errand.debt()).startsWith("tell publish:" + EVENT + ":1"));
        }

        @Test
        void ends_no_ballot_where_there_never_was_a_photo() {
            west.adopt(say(EAST, knows(0, CREATED), EUROPE, knows(0, CREATED)), NOON);

            assertThat(west.event().lastEnded()).isZero();
        }

        @Test
        void takes_an_erasure_for_no_photo() {
            var id = new TransactionId(Change.Erase.subjectOf(EVENT, BEN), WEST, 2);
            var said = knows(0, CREATED, fact(id, COMMITTED, new Change.Erase(BEN)));

            west.adopt(say(EAST, said, EUROPE, said), NOON);

            assertThat(west.event().lastEnded()).isZero();
            assertThat(west.event().erasures().done()).containsExactly(BEN);
        }

        @Test
        void lets_a_photo_that_it_commits_after_all_carry_that_ballots_end() {
            var said = knows(0, CREATED, fact(own.id, PREPARED, own.add));

            west.adopt(say(EAST, said, EUROPE, said), NOON);

            assertThat(west.errands(NOON))
                    .contains(new Errand.Tell(
                            new Decision(own.id, Outcome.COMMITTED, 1, Optional.empty()), names(EAST, EUROPE)));
        }

        @Test
        void publishes_what_all_peers_have_promised_to_publish() {
            var said = knows(0, CREATED, fact(own.id, COMMITTED, own.add), fact(publishing(1, 1), PREPARED, publish));

            west.adopt(say(EAST, said, EUROPE, said), NOON);

            assertThat(west.event().phase()).isEqualTo(Phase.PUBLISHED);
            assertThat(west.event().lastEnded()).isEqualTo(1);
        }

        @Test
        void does_not_tell_that_a_ballot_was_aborted_which_has_published() {
            var said = knows(1, CREATED, fact(own.id, COMMITTED, own.add), fact(publishing(1, 1), COMMITTED, publish));

            west.adopt(say(EAST, said, EUROPE, said), NOON);

            assertThat(ballot(west, 1).state()).isEqualTo(State.PUBLISHED);
            assertThat(ballot(west, 1).publish()).contains(publishing(1, 1));
            assertThat(west.errands(NOON)).isEmpty();
        }

        @Test
        void ends_the_ballot_whose_publication_one_peer_has_not_promised_and_no_other() {
            var said = knows(0, CREATED, fact(own.id, COMMITTED, own.add), fact(publishing(1, 1), PREPARED, publish));

            west.adopt(say(EAST, said, EUROPE, knows(0, CREATED)), NOON);

            assertThat(west.event().phase()).isEqualTo(Phase.OPEN);
            assertThat(west.event().lastEnded()).isEqualTo(1);
            assertThat(ballot(west, 1).publish()).contains(publishing(1, 1));
            assertThat(ballot(west, 1).reason()).contains(AbortReason.SITE_UNAVAILABLE);
        }
    }

    /** What keeps the numbers of ballots from running away from all other sites. */
    @Nested
    class AMaster {

        private final Photo own = new Photo(ADA, WEST);
        private final EventReplica west = Sites.open(WEST, own.photo);

        @Test
        void takes_no_vote_before_another_site_knows_that_the_ballot_before_is_over() {
            west.castVote(ADA, Choice.REJECT, 1, digest(own.photo), NOON);

            assertThat(west.castVote(ADA, Choice.ACCEPT, 2, digest(own.photo), NOON))
                    .isEqualTo(new VoteAnswer.Refused(Refusal.BALLOT_UNKNOWN));
        }

        @Test
        void alone_ends_a_ballot_for_the_last_reports() {
            var adas = new Photo(ADA, EAST).photo;
            var bens = new Photo(BEN, EUROPE).photo;
            var east = Sites.open(EAST, adas, bens);
            east.castVote(ADA, Choice.ACCEPT, 1, digest(adas, bens), NOON);

            east.onLastReports(1, names(WEST), NOON.plusSeconds(3_600));

            assertThat(ballot(east, 1).isOpen()).isTrue();
        }

        @Test
        void takes_one_at_once_where_there_is_no_other_site() {
            var usual = Sites.settings(WEST);
            var alone = new EventReplica(
                    new ReplicaSettings(
                            WEST,
                            names(),
                            usual.preparingTime(),
                            usual.inDoubtAfter(),
                            usual.grace(),
                            usual.photosPerEventMax(),
                            usual.photosPerContributorMax()),
                    west.event(),
                    List.of(own.photo),
                    List.of(),
                    List.of(),
                    List.of());
            alone.castVote(ADA, Choice.REJECT, 1, digest(own.photo), NOON);

            assertThat(alone.castVote(ADA, Choice.ACCEPT, 2, digest(own.photo), NOON))
                    .isInstanceOf(VoteAnswer.Stored.class);
        }

        @Test
        void takes_one_as_soon_as_one_site_does() {
            west.castVote(ADA, Choice.REJECT, 1, digest(own.photo), NOON);
            west.onAcknowledged(publishing(1, 1), names(EUROPE));

            assertThat(west.castVote(ADA, Choice.ACCEPT, 2, digest(own.photo), NOON))
                    .isInstanceOf(VoteAnswer.Stored.class);
        }
    }
}
