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
import static tutti.replica.Sites.names;
import static tutti.replica.Sites.people;
import static tutti.replica.Sites.photo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tutti.ballot.CastVote;
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
import tutti.event.Change.Erase;
import tutti.event.Change.PublishMontage;
import tutti.event.Change.RemovePhoto;
import tutti.event.Change.TakeDown;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.photo.Photo;
import tutti.replica.Testimony.Fact;

/** One contributor's data goes, everywhere and for good: after the photos are out, or hidden, and never halfway. */
class ErasingTest {

    private static final Vote YES = new Vote.Yes(0);
    private static final Vote NOT_READY = new Vote.CannotSay("not-ready");
    private static final Vote ERASED = new Vote.No(Reason.lasting("erased"));
    private static final Erase BENS_ERASURE = new Erase(BEN);

    private final Photo adas = photo(ADA, WEST, "sea");
    private final Photo bens = photo(BEN, EUROPE, "sky");
    private final Photo bensSecond = photo(BEN, EAST, "snow");
    private final TransactionId byWest = erasing(WEST, 1);

    private static TransactionId erasing(SiteName by, int attempt) {
        return new TransactionId(Erase.subjectOf(EVENT, BEN), by, attempt);
    }

    private static TransactionId removing(Photo photo, SiteName by, int attempt) {
        return new TransactionId(RemovePhoto.subjectOf(photo.id()), by, attempt);
    }

    private static Decision commit(TransactionId id) {
        return new Decision(id, Outcome.COMMITTED, 0, Optional.empty());
    }

    private static EventReplica in(Phase phase, SiteName site, Photo... photos) {
        var replica = Sites.open(site, photos);
        replica.set(replica.event().published(NOON).in(phase));
        return replica;
    }

    private static void erased(EventReplica replica) {
        replica.onPrepare(erasing(WEST, 8), BENS_ERASURE, false, NOON);
        replica.onDecision(commit(erasing(WEST, 8)), NOON);
    }

    @Nested
    class AtAParticipant {

        @Test
        void nothing_of_this_contributor_comes_in_from_the_promise_on() {
            var east = Sites.open(EAST, adas);

            assertThat(east.onPrepare(byWest, BENS_ERASURE, false, NOON)).isEqualTo(YES);

            assertThat(east.event().erasures().wanted()).containsExactly(BEN);
            assertThat(east.onPrepare(adding(bens, 1), new AddPhoto(bens), true, NOON))
                    .isEqualTo(ERASED);
            assertThat(east.propose(bensSecond, NOON)).isEqualTo(new Proposed.Refused(Refusal.ERASED, false));
            var adasSecond = photo(ADA, WEST, "sand");
            assertThat(east.onPrepare(adding(adasSecond, 1), new AddPhoto(adasSecond), true, NOON))
                    .as("others may still")
                    .isEqualTo(YES);
        }

        @Test
        void what_waits_here_does_so_no_longer_and_its_bytes_are_given_up() {
            var east = Sites.open(EAST, adas);
            var adasSecond = photo(ADA, EAST, "sand");
            east.keepWaiting(bensSecond, names(EUROPE));
            east.keepWaiting(adasSecond, names(EUROPE));

            east.onPrepare(byWest, BENS_ERASURE, false, NOON);

            assertThat(east.uploads()).containsOnlyKeys(adasSecond.id());
            assertThat(east.unnamed()).containsExactly(bensSecond.picture().sha256());
        }

        @Test
        void what_waits_here_does_so_no_longer_once_another_site_says_that_its_contributor_leaves() {
            var east = Sites.open(EAST, adas);
            east.keepWaiting(bensSecond, names(EUROPE));
            var begun =
                    (Proposed.Begun) east.proposeAgain(bensSecond.id(), NOON).orElseThrow();

            east.onVotes(begun.id(), new TreeMap<>(Map.of(WEST, YES, EUROPE, ERASED)), NOON);

            assertThat(east.uploads().get(bensSecond.id()).refusal()).contains(Refusal.ERASED);
            assertThat(east.errands(NOON)).noneMatch(Errand.TryPhoto.class::isInstance);
            east.onPrepare(byWest, BENS_ERASURE, false, NOON);
            assertThat(east.uploads()).isEmpty();
            assertThat(east.unnamed()).contains(bensSecond.picture().sha256());
        }

        @Test
        void it_has_to_wait_until_the_photos_are_out_or_hidden_everywhere() {
            assertThat(Sites.open(EAST, adas, bens).onPrepare(byWest, BENS_ERASURE, false, NOON))
                    .isEqualTo(NOT_READY);
            for (var shown : List.of(Phase.PUBLISHED, Phase.TAKING_DOWN)) {
                assertThat(in(shown, EAST, adas, bens).onPrepare(byWest, BENS_ERASURE, false, NOON))
                        .as("%s", shown)
                        .isEqualTo(NOT_READY);
            }
            assertThat(in(Phase.TAKEN_DOWN, EAST, adas, bens).onPrepare(byWest, BENS_ERASURE, false, NOON))
                    .isEqualTo(YES);
            assertThat(in(Phase.PUBLISHED, EAST, adas).onPrepare(byWest, BENS_ERASURE, false, NOON))
                    .as("gone before the publication")
                    .isEqualTo(YES);
        }

        @Test
        void it_has_to_wait_while_a_photo_comes_or_goes() {
            var coming = Sites.open(EAST, adas);
            coming.onPrepare(adding(bens, 1), new AddPhoto(bens), true, NOON);
            var going = in(Phase.TAKEN_DOWN, EAST, adas);
            going.put(Transaction.prepared(removing(bens, WEST, 3), new RemovePhoto(bens), Optional.empty(), NOON));
            var others = Sites.open(EAST);
            others.onPrepare(adding(adas, 1), new AddPhoto(adas), true, NOON);

            assertThat(coming.onPrepare(byWest, BENS_ERASURE, false, NOON)).isEqualTo(NOT_READY);
            assertThat(going.onPrepare(byWest, BENS_ERASURE, false, NOON)).isEqualTo(NOT_READY);
            assertThat(others.onPrepare(byWest, BENS_ERASURE, false, NOON))
                    .as("somebody else's")
                    .isEqualTo(YES);
        }

        @Test
        void it_has_to_wait_until_the_event_is_here() {
            var creating = Sites.absent(WEST);
            creating.create(DETAILS, NOON);

            assertThat(Sites.absent(EAST).onPrepare(byWest, BENS_ERASURE, false, NOON))
                    .isEqualTo(NOT_READY);
            assertThat(creating.onPrepare(erasing(EAST, 1), BENS_ERASURE, false, NOON))
                    .isEqualTo(NOT_READY);
        }

        @Test
        void no_abort_lets_anything_in_again_and_the_site_goes_on() {
            var east = Sites.open(EAST, adas);
            east.onPrepare(byWest, BENS_ERASURE, false, NOON);
            assertThat(east.errands(NOON)).as("west is at it").isEmpty();

            east.onDecision(Decision.aborted(byWest), NOON);

            assertThat(east.event().erasures().wanted()).containsExactly(BEN);
            assertThat(east.errands(NOON)).containsExactly(new Errand.TryErasure(BEN));
            assertThat(east.tryErasure(BEN, NOON)).contains(erasing(EAST, 1));
        }

        @Test
        void it_is_never_refused_not_even_when_it_is_done() {
            var east = Sites.open(EAST, adas);
            east.onPrepare(byWest, BENS_ERASURE, false, NOON);

            assertThat(east.onPrepare(erasing(EUROPE, 1), BENS_ERASURE, false, NOON))
                    .isEqualTo(YES);
            east.onDecision(commit(byWest), NOON);
            assertThat(east.onPrepare(erasing(EUROPE, 2), BENS_ERASURE, false, NOON))
                    .isEqualTo(YES);

            assertThat(east.event().erasures().wanted()).isEmpty();
            assertThat(east.errands(NOON)).isEmpty();
        }
    }

    @Nested
    class Done {

        @Test
        void no_name_no_caption_and_no_digest_of_bytes_is_left() {
            var east = in(Phase.TAKEN_DOWN, EAST, adas, bens);
            var montage = east.version();
            remember(east, adding(adas, 1), new AddPhoto(adas), Outcome.COMMITTED);
            remember(east, adding(bens, 1), new AddPhoto(bens), Outcome.COMMITTED);
            remember(east, adding(bensSecond, 2), new AddPhoto(bensSecond), Outcome.ABORTED);
            remember(east, removing(bensSecond, WEST, 3), new RemovePhoto(bensSecond), Outcome.COMMITTED);

            erased(east);

            assertThat(east.photos().get(bens.id())).isEqualTo(bens.erased());
            assertThat(bens.erased().name()).isEmpty();
            assertThat(bens.erased().picture().sha256())
                    .isNotEqualTo(bens.picture().sha256());
            assertThat(change(east, adding(bens, 1))).isEqualTo(new AddPhoto(bens.erased()));
            assertThat(change(east, adding(bensSecond, 2))).isEqualTo(new AddPhoto(bensSecond.erased()));
            assertThat(change(east, removing(bensSecond, WEST, 3))).isEqualTo(new RemovePhoto(bensSecond.erased()));
            assertThat(east.unnamed())
                    .containsExactlyInAnyOrder(
                            bens.picture().sha256(), bensSecond.picture().sha256());
            assertThat(east.photos().get(adas.id())).as("somebody else").isEqualTo(adas);
            assertThat(change(east, adding(adas, 1))).isEqualTo(new AddPhoto(adas));
            assertThat(east.version()).as("the books stay").isEqualTo(montage);
            assertThat(east.homeOf(BEN)).contains(EUROPE);
            assertThat(east.event().erasures().done()).containsExactly(BEN);
        }

        private static void remember(EventReplica replica, TransactionId id, Change change, Outcome outcome) {
            var decision = new Decision(id, outcome, 0, Optional.empty());
            replica.put(Transaction.takenOver(decision, Optional.of(change), Optional.empty(), NOON));
        }

        private static Change change(EventReplica replica, TransactionId id) {
            return replica.transactions().get(id).change().orElseThrow();
        }

        @Test
        void a_photo_that_was_under_way_for_long_is_refused_and_its_record_says_nothing() {
            var east = Sites.open(EAST, adas);
            erased(east);

            assertThat(east.onPrepare(adding(bens, 1), new AddPhoto(bens), true, NOON))
                    .isEqualTo(ERASED);

            assertThat(change(east, adding(bens, 1))).isEqualTo(new AddPhoto(bens.erased()));
            assertThat(east.unnamed()).containsExactly(bens.picture().sha256());
        }

        @Test
        void bytes_that_were_given_up_are_not_given_up_by_every_later_step() {
            var east = Sites.open(EAST, adas);
            erased(east);
            var later = east.copy();

            later.put(bens.erased());

            assertThat(later.unnamed()).isEmpty();
        }

        @Test
        void bytes_that_were_sent_after_all_are_given_up_again() {
            var east = Sites.open(EAST, adas);
            erased(east);

            east.propose(bensSecond, NOON);

            assertThat(east.unnamed()).containsExactly(bensSecond.picture().sha256());
        }

        @Test
        void everybody_else_s_bytes_are_kept() {
            var east = Sites.open(EAST);

            east.propose(adas, NOON);

            assertThat(east.unnamed()).isEmpty();
        }

        @Test
        void a_publication_that_has_waited_for_it_goes_on() {
            var west = Sites.open(WEST, adas);
            west.onPrepare(erasing(EAST, 1), BENS_ERASURE, false, NOON);
            assertThat(west.onReport(Sites.report(1, digest(adas), people(ADA), people()), NOON))
                    .isInstanceOf(BallotNews.Opened.class);
            west.put(Sites.ballot(west, 1).with(new CastVote(ADA, Choice.ACCEPT, digest(adas), NOON)));
            assertThat(west.held(PublishMontage.class)).isEmpty();

            west.onDecision(commit(erasing(EAST, 1)), NOON);

            assertThat(west.held(PublishMontage.class)).hasSize(1);
        }
    }

    @Nested
    class AWish {

        @Test
        void a_photo_that_its_owner_is_taking_out_goes_on_its_way() {
            var west = Sites.open(WEST, bens);
            west.remove(bens.id(), BEN, NOON);

            west.erase(BEN, NOON);

            assertThat(west.transactions().get(removing(bens, WEST, 1)).isRunningHere())
                    .isTrue();
        }

        @Test
        void takes_the_photos_out_first_and_then_erases() {
            var west = Sites.open(WEST, adas, bens);

            assertThat(west.erase(BEN, NOON)).isEmpty();
            assertThat(west.errands(NOON)).containsExactly(new Errand.TryRemoval(bens.id(), BEN));
            assertThat(west.tryErasure(BEN, NOON)).isEmpty();

            west.takeOut(bens.id());
            assertThat(west.errands(NOON)).containsExactly(new Errand.TryErasure(BEN));
            assertThat(west.tryErasure(BEN, NOON)).contains(byWest);
            assertThat(west.tryErasure(BEN, NOON)).as("it is under way").isEmpty();

            west.onVotes(byWest, Map.of(EAST, YES, EUROPE, YES), NOON);
            assertThat(west.event().erasures().done()).containsExactly(BEN);
        }

        @Test
        void takes_a_published_montage_down_at_once_and_then_erases() {
            var west = in(Phase.PUBLISHED, WEST, adas, bens);

            assertThat(west.erase(BEN, NOON)).isEmpty();

            assertThat(west.event().phase()).isEqualTo(Phase.TAKING_DOWN);
            assertThat(west.held(TakeDown.class)).hasSize(1);
            assertThat(west.tryErasure(BEN, NOON)).isEmpty();
            var takeDown = new TransactionId(TakeDown.subjectOf(EVENT), WEST, 1);
            west.onVotes(takeDown, Map.of(EAST, YES, EUROPE, YES), NOON);
            assertThat(west.errands(NOON)).contains(new Errand.TryErasure(BEN));
        }

        @Test
        void leaves_a_published_montage_alone_that_the_user_is_not_in() {
            var west = in(Phase.PUBLISHED, WEST, adas);
            west.put(Transaction.refused(adding(bens, 1), new AddPhoto(bens), Reason.OUT_OF_TIME, NOON));

            assertThat(west.erase(BEN, NOON)).isEmpty();

            assertThat(west.event().phase()).isEqualTo(Phase.PUBLISHED);
            assertThat(west.errands(NOON)).containsExactly(new Errand.TryErasure(BEN));
        }

        @Test
        void takes_down_what_is_published_before_the_photos_are_out() {
            var west = Sites.open(WEST, adas, bens);
            west.erase(BEN, NOON);

            west.set(west.event().published(NOON));

            assertThat(west.errands(NOON)).containsExactly(new Errand.TryTakeDown());
            assertThat(west.tryTakeDown(NOON)).isPresent();
            assertThat(west.event().phase()).isEqualTo(Phase.TAKING_DOWN);
        }

        @Test
        void is_tried_again_until_every_site_is_reached() {
            var west = Sites.open(WEST, adas);
            west.put(Transaction.refused(adding(bens, 1), new AddPhoto(bens), Reason.OUT_OF_TIME, NOON));
            west.erase(BEN, NOON);
            west.tryErasure(BEN, NOON);

            west.onTick(NOON.plus(PREPARING));

            assertThat(west.errands(NOON)).contains(new Errand.TryErasure(BEN));
            assertThat(west.tryErasure(BEN, NOON)).contains(erasing(WEST, 2));
        }

        @Test
        void stops_what_is_on_its_way_in_here() {
            var east = Sites.open(EAST, adas);
            var begun = (Proposed.Begun) east.propose(bensSecond, NOON);
            var adasSecond = photo(ADA, EAST, "sand");
            var others = (Proposed.Begun) east.propose(adasSecond, NOON);

            assertThat(east.erase(BEN, NOON)).isEmpty();

            var own = east.transactions().get(begun.id());
            assertThat(own.promise().isAborted()).isTrue();
            assertThat(own.reason()).contains(Reason.WITHDRAWN);
            assertThat(east.transactions().get(others.id()).isHold()).isTrue();
        }

        @Test
        void is_refused_during_a_ballot_about_the_user_s_photos_and_nothing_is_begun() {
            var west = Sites.open(WEST, adas, bens);
            west.castVote(ADA, Choice.ACCEPT, 1, digest(adas, bens), NOON);

            assertThat(west.erase(BEN, NOON)).contains(Refusal.VOTING_IN_PROGRESS);

            assertThat(west.event().erasures().wanted()).isEmpty();
            assertThat(west.errands(NOON)).noneMatch(Errand.TryRemoval.class::isInstance);
        }

        @Test
        void goes_through_during_a_ballot_about_others() {
            var east = Sites.open(EAST, adas);
            east.put(Transaction.refused(adding(bens, 1), new AddPhoto(bens), Reason.OUT_OF_TIME, NOON));
            east.onOpened(new BallotNews.Opened(1, digest(adas), Sites.PERIOD, people()), NOON);
            assertThat(east.event().phase()).isEqualTo(Phase.VOTING);

            assertThat(east.erase(BEN, NOON)).isEmpty();
        }

        @Test
        void takes_no_photo_out_while_a_ballot_that_it_has_met_is_on() {
            var east = Sites.open(EAST, adas, bens);
            east.erase(BEN, NOON);

            east.onOpened(new BallotNews.Opened(1, digest(adas, bens), Sites.PERIOD, people(ADA)), NOON);

            assertThat(east.errands(NOON)).noneMatch(Errand.TryRemoval.class::isInstance);
        }

        @Test
        void of_one_who_has_nothing_but_records_here_is_fulfilled() {
            var west = Sites.open(WEST, adas);
            var added = new Decision(adding(bens, 1), Outcome.COMMITTED, 0, Optional.empty());
            west.put(Transaction.takenOver(added, Optional.of(new AddPhoto(bens)), Optional.empty(), NOON));

            assertThat(west.erase(BEN, NOON)).isEmpty();
            assertThat(west.errands(NOON)).containsExactly(new Errand.TryErasure(BEN));
        }

        @Test
        void of_one_whose_photo_waits_here_is_fulfilled() {
            var east = Sites.open(EAST, adas);
            east.keepWaiting(bensSecond, names(EUROPE));

            assertThat(east.erase(BEN, NOON)).isEmpty();
            assertThat(east.uploads()).isEmpty();
        }

        @Test
        void repeated_changes_nothing() {
            var west = in(Phase.PUBLISHED, WEST, adas, bens);
            west.erase(BEN, NOON);

            assertThat(west.erase(BEN, NOON)).isEmpty();

            assertThat(west.transactions()).hasSize(1);
            var done = Sites.open(WEST, adas);
            erased(done);
            assertThat(done.erase(BEN, NOON)).isEmpty();
        }

        @Test
        void is_nobody_s_who_has_given_nothing_and_none_before_there_is_an_event() {
            var creating = Sites.absent(WEST);
            creating.create(DETAILS, NOON);
            var cancelled = creating.copy();
            cancelled.cancel(ADA, NOON);

            assertThat(Sites.open(WEST, adas).erase(CLEO, NOON)).contains(Refusal.NOT_A_CONTRIBUTOR);
            assertThat(Sites.absent(WEST).erase(BEN, NOON)).contains(Refusal.NOT_FOUND);
            assertThat(creating.erase(ADA, NOON)).contains(Refusal.CREATING);
            assertThat(cancelled.erase(ADA, NOON)).contains(Refusal.NOT_FOUND);
        }
    }

    @Nested
    class ALostSite {

        private Testimony knowing(Photo bensPhoto, Change... more) {
            var facts = new ArrayList<Fact>();
            facts.add(fact(erasing(EUROPE, 5), BENS_ERASURE));
            for (var change : more) {
                facts.add(fact(new TransactionId(change.subject(EVENT), EUROPE, 4), change));
            }
            facts.add(fact(adding(bensPhoto, 2), new AddPhoto(bensPhoto)));
            facts.add(fact(adding(adas, 2), new AddPhoto(adas)));
            facts.add(fact(new TransactionId(CreateEvent.subjectOf(EVENT), WEST, 1), new CreateEvent(DETAILS)));
            return new Testimony(0, facts, List.of());
        }

        private static Fact fact(TransactionId id, Change change) {
            return new Fact(id, Promise.takenOver(Outcome.COMMITTED), Optional.of(change), 0, Optional.empty());
        }

        @Test
        void brings_no_name_back_even_if_a_peer_still_has_it() {
            var before = new Testimony(
                    0,
                    knowing(bens).facts().stream()
                            .filter(fact -> !fact.change().orElseThrow().equals(BENS_ERASURE))
                            .toList(),
                    List.of());
            var east = Sites.absent(EAST);

            east.adopt(new TreeMap<>(Map.of(EUROPE, before, WEST, knowing(bens.erased()))), NOON);

            assertThat(east.photos()).containsEntry(bens.id(), bens.erased()).containsEntry(adas.id(), adas);
            assertThat(east.transactions().get(adding(bens, 2)).change()).contains(new AddPhoto(bens.erased()));
            assertThat(east.event().erasures().done()).containsExactly(BEN);
            assertThat(east.unnamed()).containsExactly(bens.picture().sha256());
            assertThat(Testimony.erased(List.of(before, knowing(bens.erased()))))
                    .containsExactly(BEN);
            assertThat(Testimony.erased(List.of(before))).isEmpty();
        }

        @Test
        void brings_no_photo_back_whose_removal_says_less_than_its_addition() {
            var emptied = knowing(bens.erased(), new RemovePhoto(bens.erased()));
            var east = Sites.absent(EAST);

            east.adopt(new TreeMap<>(Map.of(EUROPE, knowing(bens), WEST, emptied)), NOON);

            assertThat(east.photos()).containsOnlyKeys(adas.id());
        }

        @Test
        void brings_no_photo_back_whose_addition_says_less_than_its_removal() {
            var whole = knowing(bens, new RemovePhoto(bens));
            var east = Sites.absent(EAST);

            east.adopt(new TreeMap<>(Map.of(EUROPE, knowing(bens.erased()), WEST, whole)), NOON);

            assertThat(east.photos()).containsOnlyKeys(adas.id());
        }

        @Test
        void carries_through_what_all_others_have_promised() {
            var promised = new Testimony(
                    0,
                    List.of(
                            new Fact(
                                    erasing(EAST, 3),
                                    Promise.none().prepared(),
                                    Optional.of(BENS_ERASURE),
                                    0,
                                    Optional.empty()),
                            fact(new TransactionId(CreateEvent.subjectOf(EVENT), WEST, 1), new CreateEvent(DETAILS))),
                    List.of());
            var east = Sites.absent(EAST);

            east.adopt(new TreeMap<>(Map.of(EUROPE, promised, WEST, promised)), NOON);

            assertThat(east.event().erasures().done()).containsExactly(BEN);
            assertThat(east.errands(NOON)).hasOnlyElementsOfType(Errand.Tell.class);
        }
    }
}
