package tutti.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tutti.replica.Sites.ADA;
import static tutti.replica.Sites.BEN;
import static tutti.replica.Sites.DETAILS;
import static tutti.replica.Sites.EAST;
import static tutti.replica.Sites.EUROPE;
import static tutti.replica.Sites.GRACE;
import static tutti.replica.Sites.NOON;
import static tutti.replica.Sites.PERIOD;
import static tutti.replica.Sites.WEST;
import static tutti.replica.Sites.adding;
import static tutti.replica.Sites.ballot;
import static tutti.replica.Sites.digest;
import static tutti.replica.Sites.names;
import static tutti.replica.Sites.people;
import static tutti.replica.Sites.photo;
import static tutti.replica.Sites.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tutti.ballot.AbortReason;
import tutti.ballot.Ballot.State;
import tutti.ballot.BallotReport;
import tutti.ballot.Choice;
import tutti.commit.BrokenInvariant;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.PublishMontage;
import tutti.event.Phase;
import tutti.montage.Digest;
import tutti.photo.Photo;

/** West is the master: it opens, unites and closes the event's ballots. */
class MasterTest {

    private static final Instant DEADLINE = NOON.plus(PERIOD);
    private static final Instant END = DEADLINE.plus(GRACE);

    private final Photo adas = photo(ADA, WEST, "sea");
    private final Photo bens = photo(BEN, EUROPE, "sky");
    private final Digest both = digest(adas, bens);
    private final EventReplica west = Sites.open(WEST, adas, bens);

    private final BallotReport benAccepts = report(1, both, people(BEN), people());
    private final BallotReport benRejects = report(1, both, people(), people(BEN));
    private final BallotReport question = report(1, both, people(), people());

    // Opening

    @Test
    void a_report_opens_the_next_ballot() {
        var news = west.onReport(benAccepts, NOON);

        assertThat(news).isEqualTo(new BallotNews.Opened(1, both, PERIOD, people(BEN)));
        assertThat(west.event().phase()).isEqualTo(Phase.VOTING);
        assertThat(ballot(west, 1).publish()).isPresent();
    }

    @Test
    void the_time_that_has_passed_at_the_first_voters_home_is_gone() {
        var late = new BallotReport(1, both, Duration.ofSeconds(30), people(BEN), people(), people());

        west.onReport(late, NOON);

        assertThat(ballot(west, 1).deadline()).contains(DEADLINE.minusSeconds(30));
    }

    @Test
    void a_mere_question_opens_nothing() {
        assertThat(west.onReport(question, NOON)).isEqualTo(new BallotNews.NotYet());
        assertThat(west.event().phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void a_report_of_a_ballot_further_on_has_to_wait() {
        assertThat(west.onReport(report(2, both, people(BEN), people()), NOON)).isEqualTo(new BallotNews.NotYet());
        assertThat(west.ballots()).isEmpty();
    }

    @Test
    void a_report_of_a_ballot_that_is_over_is_answered_with_its_end() {
        west.onReport(benRejects, NOON);
        var id = ballot(west, 1).publish().orElseThrow();

        var news = west.onReport(benAccepts, NOON);

        assertThat(news).isInstanceOfSatisfying(BallotNews.Ended.class, ended -> assertThat(ended.decision())
                .isEqualTo(new Decision(
                        id, Outcome.ABORTED, 0, west.transactions().get(id).reason())));
        assertThat(west.event().phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void no_report_opens_a_ballot_while_the_event_is_created_or_once_it_is_published() {
        var creating = Sites.absent(WEST);
        creating.create(DETAILS, NOON);
        publish();

        assertThat(creating.onReport(benAccepts, NOON)).isEqualTo(new BallotNews.NotYet());
        assertThat(west.onReport(report(2, both, people(BEN), people()), NOON)).isEqualTo(new BallotNews.NotYet());
        assertThat(west.event().phase()).isEqualTo(Phase.PUBLISHED);
    }

    @Test
    void a_site_that_is_not_the_master_opens_nothing() {
        assertThat(Sites.open(EAST, adas, bens).onReport(benAccepts, NOON)).isEqualTo(new BallotNews.NotYet());
    }

    // Uniting

    @Test
    void unites_what_the_sites_report() {
        west.castVote(ADA, Choice.ACCEPT, 1, both, NOON);
        assertThat(ballot(west, 1).accepted()).containsExactly(ADA);

        west.onReport(benAccepts, NOON);
        west.onReport(question, NOON);

        assertThat(ballot(west, 1).accepted()).containsExactlyInAnyOrder(ADA, BEN);
    }

    @Test
    void a_report_about_another_montage_is_a_broken_invariant() {
        west.onReport(benAccepts, NOON);

        assertThatThrownBy(() -> west.onReport(report(1, digest(bens), people(BEN), people()), NOON))
                .isInstanceOf(BrokenInvariant.class);
    }

    @Test
    void a_question_of_a_site_that_is_not_up_to_date_is_answered_and_not_counted() {
        west.onReport(benAccepts, NOON);

        var news = west.onReport(report(1, digest(bens), people(), people()), NOON);

        assertThat(news).isEqualTo(new BallotNews.Opened(1, both, PERIOD, people(BEN)));
    }

    @Test
    void a_ballot_about_more_than_is_here_is_not_unanimous() {
        var behind = Sites.open(WEST, adas);
        behind.onReport(report(1, both, people(ADA, BEN), people()), NOON);

        behind.onTick(END);

        assertThat(ballot(behind, 1).reason()).contains(AbortReason.TIMEOUT);
    }

    @Test
    void a_reject_ends_the_ballot_now_and_everybody_is_told() {
        west.castVote(ADA, Choice.ACCEPT, 1, both, NOON);

        var news = west.onReport(benRejects, NOON);

        assertThat(news).isInstanceOf(BallotNews.Ended.class);
        assertThat(west.event().phase()).isEqualTo(Phase.OPEN);
        assertThat(west.event().lastEnded()).isEqualTo(1);
        assertThat(ballot(west, 1).reason()).contains(AbortReason.REJECTED);
        assertThat(west.errands(NOON)).singleElement().isInstanceOfSatisfying(Errand.Tell.class, tell -> {
            assertThat(tell.peers()).containsExactly(EAST, EUROPE);
            assertThat(tell.decision().outcome()).isEqualTo(Outcome.ABORTED);
        });
    }

    @Test
    void the_masters_own_reject_does_so_too() {
        west.castVote(ADA, Choice.REJECT, 1, both, NOON);

        assertThat(west.event().phase()).isEqualTo(Phase.OPEN);
        assertThat(ballot(west, 1).voteOf(ADA)).isPresent();
    }

    @Test
    void after_an_abort_the_next_ballot_starts_from_nothing() {
        west.onReport(benRejects, NOON);

        west.onReport(report(2, both, people(BEN), people()), NOON);

        assertThat(west.ballotNumber()).isEqualTo(2);
        assertThat(ballot(west, 2).publish()).isNotEqualTo(ballot(west, 1).publish());
    }

    // Publishing

    @Test
    void the_last_accept_begins_the_publication() {
        west.castVote(ADA, Choice.ACCEPT, 1, both, NOON);
        assertThat(west.hasHold()).isFalse();

        west.onReport(benAccepts, NOON);

        assertThat(west.transactions().get(publication()).isRunningHere()).isTrue();
    }

    @Test
    void a_publication_that_is_running_is_not_begun_again() {
        west.castVote(ADA, Choice.ACCEPT, 1, both, NOON);
        west.onReport(benAccepts, NOON);
        var running = west.transactions().get(publication());

        west.onReport(benAccepts, NOON.plusSeconds(1));
        west.onTick(NOON.plusSeconds(2));

        assertThat(west.transactions().get(publication())).isEqualTo(running);
    }

    @Test
    void yes_from_all_publishes() {
        publish();

        assertThat(west.event().phase()).isEqualTo(Phase.PUBLISHED);
        assertThat(ballot(west, 1).state()).isEqualTo(State.PUBLISHED);
        assertThat(ballot(west, 1).accepted()).containsExactlyInAnyOrder(ADA, BEN);
    }

    @Test
    void the_publication_waits_for_a_hold() {
        var sun = photo(ADA, EAST, "sun");
        west.onPrepare(adding(sun, 1), new AddPhoto(sun), true, NOON);
        west.onReport(benAccepts, NOON);
        west.onReport(report(1, both, people(ADA), people()), NOON);
        assertThat(west.transactions()).hasSize(1);

        west.onDecision(Decision.aborted(adding(sun, 1)), NOON);

        assertThat(west.hasHold()).isFalse();
        assertThat(west.openBallot()).isPresent();
    }

    @Test
    void the_publication_begins_when_the_hold_brings_the_ballots_montage() {
        var master = Sites.open(WEST, bens);
        var sun = photo(BEN, EAST, "sun");
        master.onPrepare(adding(sun, 1), new AddPhoto(sun), true, NOON);
        master.onReport(report(1, digest(bens, sun), people(BEN), people()), NOON);
        assertThat(master.held(PublishMontage.class)).isEmpty();

        master.onDecision(new Decision(adding(sun, 1), Outcome.COMMITTED, 0, Optional.empty()), NOON);

        assertThat(master.held(PublishMontage.class)).hasSize(1);
    }

    @Test
    void the_publication_begins_when_the_abort_of_a_hold_clears_the_way() {
        var master = Sites.open(WEST, bens);
        var sun = photo(BEN, EAST, "sun");
        master.onPrepare(adding(sun, 1), new AddPhoto(sun), true, NOON);
        master.onReport(report(1, digest(bens), people(BEN), people()), NOON);
        assertThat(master.held(PublishMontage.class)).isEmpty();

        master.onDecision(Decision.aborted(adding(sun, 1)), NOON);

        assertThat(master.held(PublishMontage.class)).hasSize(1);
    }

    @Test
    void nothing_is_published_without_the_masters_own_accept() {
        west.onReport(report(1, both, people(ADA, BEN), people()), NOON);

        assertThat(west.hasHold()).isFalse();
    }

    @Test
    void a_publication_may_begin_within_the_grace_and_not_after_it() {
        west.castVote(ADA, Choice.ACCEPT, 1, both, NOON);
        var tooLate = west.copy();

        west.onReport(benAccepts, END.minusMillis(1));
        tooLate.onReport(benAccepts, END);

        assertThat(west.hasHold()).isTrue();
        assertThat(tooLate.hasHold()).isFalse();
        tooLate.onTick(END);
        assertThat(ballot(tooLate, 1).reason()).contains(AbortReason.SITE_UNAVAILABLE);
    }

    @Test
    void a_publication_lasts_until_the_end_of_the_grace() {
        west.castVote(ADA, Choice.ACCEPT, 1, both, NOON);
        west.onReport(benAccepts, NOON);

        west.onTick(END.minusMillis(1));
        assertThat(west.hasHold()).isTrue();

        west.onTick(END);
        assertThat(west.event().phase()).isEqualTo(Phase.OPEN);
        assertThat(ballot(west, 1).reason()).contains(AbortReason.SITE_UNAVAILABLE);
    }

    // Closing

    @Test
    void last_reports_close_a_ballot_that_is_over_and_no_other() {
        west.onReport(benAccepts, NOON);

        west.onLastReports(1, names(), DEADLINE.minusMillis(1));
        west.onLastReports(2, names(), DEADLINE);
        assertThat(west.openBallot()).isPresent();

        west.onLastReports(1, names(), DEADLINE);
        assertThat(ballot(west, 1).reason()).contains(AbortReason.TIMEOUT);
    }

    @Test
    void a_silent_home_of_somebody_missing_is_the_reason() {
        west.castVote(ADA, Choice.ACCEPT, 1, both, NOON);
        var other = west.copy();

        west.onLastReports(1, names(EUROPE), DEADLINE);
        other.onLastReports(1, names(EAST), DEADLINE);

        assertThat(ballot(west, 1).reason()).contains(AbortReason.SITE_UNAVAILABLE);
        assertThat(ballot(other, 1).reason()).contains(AbortReason.TIMEOUT);
    }

    @Test
    void last_reports_with_everybodys_accept_publish() {
        west.castVote(ADA, Choice.ACCEPT, 1, both, NOON);

        west.onReport(benAccepts, DEADLINE);
        west.onLastReports(1, names(), DEADLINE);

        assertThat(west.transactions().get(publication()).isRunningHere()).isTrue();
    }

    @Test
    void a_hold_keeps_the_ballot_open_until_the_grace_is_over() {
        var sun = photo(ADA, EAST, "sun");
        west.onPrepare(adding(sun, 1), new AddPhoto(sun), true, NOON);
        west.onReport(benAccepts, NOON);

        west.onLastReports(1, names(), DEADLINE);
        west.onTick(END.minusMillis(1));
        assertThat(west.openBallot()).isPresent();

        west.onTick(END);
        assertThat(ballot(west, 1).reason()).contains(AbortReason.TIMEOUT);
    }

    @Test
    void a_timer_brings_the_deadline_forward_for_its_own_ballot_alone() {
        west.onReport(benAccepts, NOON);

        west.onDeadline(2, NOON.plusSeconds(5));
        assertThat(ballot(west, 1).deadline()).contains(DEADLINE);

        west.onDeadline(1, NOON.plusSeconds(5));
        assertThat(ballot(west, 1).deadline()).contains(NOON.plusSeconds(5));
    }

    @Test
    void last_reports_leave_a_unanimous_ballot_to_the_end_of_its_grace() {
        var cloud = photo(ADA, EUROPE, "cloud");
        west.onPrepare(Sites.adding(cloud, 1), new AddPhoto(cloud), true, NOON);
        west.onReport(report(1, both, people(ADA, BEN), people()), NOON);
        west.onDecision(Decision.aborted(Sites.adding(cloud, 1)), END);

        west.onLastReports(1, names(), END);
        assertThat(west.event().phase()).isEqualTo(Phase.VOTING);

        west.onTick(END);
        assertThat(ballot(west, 1).reason()).contains(AbortReason.SITE_UNAVAILABLE);
    }

    @Test
    void a_timer_that_rings_after_the_grace_aborts_the_publication_that_was_begun() {
        west.castVote(ADA, Choice.ACCEPT, 1, both, NOON);
        west.onReport(benAccepts, NOON);
        var begun = west.transactions().get(ballot(west, 1).publish().orElseThrow());

        west.onDeadline(1, END);

        var aborted = west.transactions().get(begun.id());
        assertThat(aborted.promise().isAborted()).isTrue();
        assertThat(aborted.change()).isEqualTo(begun.change());
        assertThat(ballot(west, 1).reason()).contains(AbortReason.SITE_UNAVAILABLE);
    }

    @Test
    void a_timer_that_rings_late_does_not_prolong_its_ballot() {
        west.onReport(benAccepts, NOON);

        west.onDeadline(1, DEADLINE.plusSeconds(5));

        assertThat(ballot(west, 1).deadline()).contains(DEADLINE);
    }

    @Test
    void a_timer_does_nothing_to_a_ballot_that_is_being_published() {
        west.castVote(ADA, Choice.ACCEPT, 1, both, NOON);
        west.onReport(benAccepts, NOON);

        west.onDeadline(1, NOON.plusSeconds(5));

        assertThat(ballot(west, 1).deadline()).contains(DEADLINE);
        assertThat(west.hasHold()).isTrue();
    }

    private TransactionId publication() {
        return ballot(west, 1).publish().orElseThrow();
    }

    private void publish() {
        west.castVote(ADA, Choice.ACCEPT, 1, both, NOON);
        west.onReport(benAccepts, NOON);
        west.onVotes(publication(), Map.of(EAST, new Vote.Yes(0), EUROPE, new Vote.Yes(0)), NOON);
    }
}
