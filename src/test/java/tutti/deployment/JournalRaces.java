package tutti.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tutti.ballot.Choice;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.Reason;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change.AddPhoto;
import tutti.event.EventId;
import tutti.event.Refusal;
import tutti.journal.Focus;
import tutti.journal.Incarnations;
import tutti.journal.ReplicaJournal;
import tutti.journal.Step;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.replica.EventReplica;
import tutti.replica.Proposed;
import tutti.replica.VoteAnswer;

/**
 * Two steps that meet at one event, each on a connection of its own, in both orders: the first is halted within its database
 * transaction until the second has come to the lock.
 */
abstract class JournalRaces extends JournalLocks {

    private static final SiteName EAST = new SiteName("east");
    private static final SiteName EUROPE = new SiteName("europe");

    @Inject
    private ReplicaJournal journal;

    @Inject
    private Incarnations incarnations;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void no_thread_is_left() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** What two steps answered. */
    private record Both<A, B>(A first, B second) {}

    private <A, B> Both<A, B> inThisOrder(EventId id, Focus focus, Step<A> first, Step<B> second) throws Exception {
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var one = threads.submit(() -> journal.update(id, focus, (replica, now) -> {
                    inside.countDown();
                    await(goOn);
                    return first.run(replica, now);
                })
                .answer());
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        Future<B> other = threads.submit(() -> journal.update(id, focus, second).answer());
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::somebodyWaitsForALock);
        assertThat(other.isDone()).isFalse();
        goOn.countDown();
        return new Both<>(one.get(20, TimeUnit.SECONDS), other.get(20, TimeUnit.SECONDS));
    }

    private static AddPhoto photoAt(SiteName site, EventId event, Photo like) {
        return new AddPhoto(new Photo(
                like.id(), like.contributor(), like.name(), like.caption(), site, like.uploadedAt(), like.picture()));
    }

    private static TransactionId idOf(AddPhoto add, SiteName coordinator) {
        return new TransactionId(AddPhoto.subjectOf(add.photo().id()), coordinator, 1);
    }

    /** An event with one contributor, who may vote, and a photo that another site wants to add. */
    private record Table(EventId event, ContributorId ana, AddPhoto add, TransactionId id) {

        Vote prepared(EventReplica replica, Instant now) {
            return replica.onPrepare(id, add, true, now);
        }

        VoteAnswer votes(EventReplica replica, Instant now) {
            return replica.castVote(ana, Choice.REJECT, 1, replica.version().digest(), now);
        }

        Optional<Decision> asked(EventReplica replica, Instant now) {
            return replica.onQuestion(id, now);
        }
    }

    private Table table() {
        var event = openEvent(3);
        var ana = newUser();
        var photo = photo(event, ana, Instant.now());
        journal.update(event, Focus.live(), (replica, now) -> replica.propose(photo, now));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() ->
                        journal.look(event).orElseThrow().replica().photos().size() == 1);
        var add = photoAt(EAST, event, photo(event, newUser(), Instant.now()));
        return new Table(event, ana, add, idOf(add, EAST));
    }

    private void abort(Table table) {
        journal.update(table.event(), Focus.on(table.id(), table.event()), (replica, now) -> {
            replica.onDecision(Decision.aborted(table.id()), now);
            return table;
        });
    }

    /** A site whose disk is lost repeats itself until it is answered, and a peer may read it all at once. */
    @Test
    void announcements_of_one_loss_that_meet_are_one() throws Exception {
        var lost = new SiteName("lost");
        for (var life = 0; life < 20; life++) {
            var name = "life-" + life;
            var announcements = Collections.nCopies(2, (Callable<Object>) () -> incarnations.succeed(lost, name));

            for (var announced : threads.invokeAll(announcements)) {
                announced.get(20, TimeUnit.SECONDS);
            }

            assertThat(incarnations.of(lost)).contains(name);
        }
    }

    @Test
    void a_vote_that_meets_a_prepare() throws Exception {
        var voteFirst = table();
        var focus = Focus.on(voteFirst.id(), voteFirst.event());
        var refused = inThisOrder(voteFirst.event(), focus, voteFirst::votes, voteFirst::prepared);
        assertThat(refused.first()).isInstanceOf(VoteAnswer.Stored.class);
        // A reject at the master ends its ballot in the same step, so photos may be added again at once.
        assertThat(refused.second()).isEqualTo(new Vote.Yes(1));
        abort(voteFirst);

        var prepareFirst = table();
        var held = inThisOrder(
                prepareFirst.event(),
                Focus.on(prepareFirst.id(), prepareFirst.event()),
                prepareFirst::prepared,
                prepareFirst::votes);
        assertThat(held.first()).isEqualTo(new Vote.Yes(0));
        assertThat(held.second()).isEqualTo(new VoteAnswer.Refused(Refusal.UPLOAD_IN_PROGRESS));
        abort(prepareFirst);
    }

    @Test
    void an_accept_that_meets_a_prepare_freezes_the_photos() throws Exception {
        var table = table();
        var ben = newUser();
        var photo = photo(table.event(), ben, Instant.now());
        journal.update(table.event(), Focus.live(), (replica, now) -> replica.propose(photo, now));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> journal.look(table.event())
                                .orElseThrow()
                                .replica()
                                .photos()
                                .size()
                        == 2);

        var both = inThisOrder(
                table.event(),
                Focus.on(table.id(), table.event()),
                (replica, now) -> replica.castVote(
                        table.ana(), Choice.ACCEPT, 1, replica.version().digest(), now),
                table::prepared);

        assertThat(both.first()).isInstanceOf(VoteAnswer.Stored.class);
        assertThat(both.second()).isEqualTo(new Vote.No(Reason.passing(Refusal.VOTING_IN_PROGRESS.code())));
        assertThat(journal.look(table.event()).orElseThrow().replica().hasHold())
                .isFalse();
    }

    @Test
    void a_question_that_meets_a_prepare() throws Exception {
        var askFirst = table();
        var ruledOut = inThisOrder(
                askFirst.event(), Focus.on(askFirst.id(), askFirst.event()), askFirst::asked, askFirst::prepared);
        assertThat(ruledOut.first()).map(Decision::outcome).contains(Outcome.ABORTED);
        assertThat(ruledOut.second()).as("after ruling a commit out").isInstanceOf(Vote.No.class);

        var prepareFirst = table();
        var promised = inThisOrder(
                prepareFirst.event(),
                Focus.on(prepareFirst.id(), prepareFirst.event()),
                prepareFirst::prepared,
                prepareFirst::asked);
        assertThat(promised.first()).isInstanceOf(Vote.Yes.class);
        assertThat(promised.second()).as("undecided").isEmpty();
        abort(prepareFirst);
    }

    @Test
    void a_recovery_that_meets_the_decision_of_a_thread_that_is_still_alive() throws Exception {
        var event = openEvent(3);
        var add = photoAt(EUROPE, event, photo(event, newUser(), Instant.now()));
        var own = new AddPhoto(photo(event, newUser(), Instant.now()));

        // The step that begins it holds the lock, and recovery is the next in line: whoever decides comes after both.
        var aborted = inThisOrder(
                event, Focus.live(), (replica, now) -> replica.propose(own.photo(), now), (replica, now) -> {
                    replica.onTick(now.plusSeconds(3_600));
                    return replica.hasHold();
                });
        var id = ((Proposed.Begun) aborted.first()).id();
        assertThat(aborted.second()).as("a hold after recovery").isFalse();
        var late = journal.update(event, Focus.on(id, event), (replica, now) -> {
            replica.onVotes(id, Map.of(EAST, new Vote.Yes(0)), now);
            return replica.transactions().get(id).decision();
        });
        assertThat(late.answer()).map(Decision::outcome).contains(Outcome.ABORTED);
        assertThat(journal.look(event).orElseThrow().replica().photos()).isEmpty();

        // At a participant: the decision comes on two ways at once.
        var table = new Table(event, add.photo().contributor(), add, idOf(add, EUROPE));
        journal.update(event, Focus.on(table.id(), event), table::prepared);
        var committed = new Decision(table.id(), Outcome.COMMITTED, 0, Optional.empty());
        Step<Integer> applied = (replica, now) -> {
            replica.onDecision(committed, now);
            return replica.version().number();
        };
        var twice = inThisOrder(event, Focus.on(table.id(), event), applied, applied);
        assertThat(twice).as("one change, applied once").isEqualTo(new Both<>(1, 1));
        assertThat(journal.look(event).orElseThrow().replica().contributors())
                .isEqualTo(new TreeSet<>(Set.of(add.photo().contributor())));
    }
}
