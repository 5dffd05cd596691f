package tutti.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tutti.replica.Sites.ADA;
import static tutti.replica.Sites.BEN;
import static tutti.replica.Sites.CLEO;
import static tutti.replica.Sites.DETAILS;
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
import static tutti.replica.Sites.publishing;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tutti.ballot.Ballot.State;
import tutti.ballot.Choice;
import tutti.commit.BrokenInvariant;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.Reason;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.PublishMontage;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.montage.Digest;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.replica.BallotNews.Opened;

/** Voting at a contributor's home: europe is Ben's, and west is Ada's and the master. */
class VotingTest {

    private static final VoteAnswer STORED = new VoteAnswer.Stored();

    private final Photo adas = photo(ADA, WEST, "sea");
    private final Photo bens = photo(BEN, EUROPE, "sky");
    private final Digest both = digest(adas, bens);
    private final EventReplica europe = Sites.open(EUROPE, adas, bens);

    @Test
    void the_first_vote_opens_the_ballot_here() {
        assertThat(vote(BEN, Choice.ACCEPT, 1, both)).isEqualTo(STORED);

        assertThat(europe.event().phase()).isEqualTo(Phase.VOTING);
        assertThat(ballot(europe, 1).deadline()).contains(NOON.plus(PERIOD));
        assertThat(ballot(europe, 1).digest()).contains(both);
        assertThat(ballot(europe, 1).votes()).containsOnlyKeys(BEN);
        assertThat(ballot(europe, 1).publish()).as("for the master to name").isEmpty();
    }

    @Test
    void the_next_ballot_has_the_next_number() {
        var later = Sites.open(EUROPE, 4, adas, bens);

        assertThat(later.castVote(BEN, Choice.ACCEPT, 5, both, NOON)).isEqualTo(STORED);
        assertThat(later.ballotNumber()).isEqualTo(5);
    }

    @Test
    void a_vote_now_would_be_in_the_ballot_after_the_last_that_ended() {
        assertThat(Sites.open(EUROPE, 4, adas, bens).ballotNumber()).isEqualTo(5);
    }

    @Test
    void the_same_vote_again_gets_the_same_answer_whatever_has_happened_since() {
        vote(BEN, Choice.ACCEPT, 1, both);
        europe.onDecision(Decision.aborted(publishing(1, 1)), NOON);

        assertThat(vote(BEN, Choice.ACCEPT, 1, both)).isEqualTo(new VoteAnswer.Repeated());
        assertThat(ballot(europe, 1).state()).isEqualTo(State.ABORTED);
    }

    @Test
    void a_vote_is_never_changed() {
        vote(BEN, Choice.ACCEPT, 1, both);

        assertThat(vote(BEN, Choice.REJECT, 1, both)).isEqualTo(refused(Refusal.ALREADY_VOTED));
        assertThat(vote(BEN, Choice.ACCEPT, 1, digest(adas))).isEqualTo(refused(Refusal.ALREADY_VOTED));
        assertThat(ballot(europe, 1).voteOf(BEN).orElseThrow().choice()).isEqualTo(Choice.ACCEPT);
    }

    @Test
    void refuses_one_who_has_no_photo_in() {
        assertThat(vote(CLEO, Choice.ACCEPT, 1, both)).isEqualTo(refused(Refusal.NOT_A_CONTRIBUTOR));
    }

    @Test
    void refuses_one_who_is_at_home_elsewhere() {
        assertThat(vote(ADA, Choice.ACCEPT, 1, both)).isEqualTo(refused(Refusal.WRONG_SITE));
    }

    @Test
    void refuses_a_vote_after_the_publication() {
        publish();

        assertThat(vote(BEN, Choice.REJECT, 2, both)).isEqualTo(refused(Refusal.PUBLISHED));
        assertThat(vote(BEN, Choice.ACCEPT, 1, both)).isEqualTo(new VoteAnswer.Repeated());
    }

    @Test
    void refuses_a_vote_in_a_ballot_it_has_not_heard_of() {
        assertThat(vote(BEN, Choice.ACCEPT, 2, both)).isEqualTo(refused(Refusal.BALLOT_UNKNOWN));
    }

    @Test
    void refuses_a_vote_in_a_ballot_that_is_over() {
        var later = Sites.open(EUROPE, 1, adas, bens);

        assertThat(later.castVote(BEN, Choice.ACCEPT, 1, both, NOON)).isEqualTo(refused(Refusal.BALLOT_OVER));
    }

    @Test
    void refuses_a_vote_when_the_time_is_up_and_takes_it_a_moment_before() {
        europe.onOpened(new Opened(1, both, Duration.ofSeconds(10), people(ADA)), NOON);
        var inTime = europe.copy();

        assertThat(europe.castVote(BEN, Choice.ACCEPT, 1, both, NOON.plusSeconds(10)))
                .isEqualTo(refused(Refusal.VOTING_CLOSED));
        assertThat(inTime.castVote(BEN, Choice.ACCEPT, 1, both, NOON.plusMillis(9_999)))
                .isEqualTo(STORED);
    }

    @Test
    void refuses_a_vote_while_anything_is_held() {
        var sun = photo(ADA, WEST, "sun");
        europe.onPrepare(adding(sun, 1), new AddPhoto(sun), true, NOON);

        assertThat(vote(BEN, Choice.ACCEPT, 1, both)).isEqualTo(refused(Refusal.UPLOAD_IN_PROGRESS));

        europe.onDecision(Decision.aborted(adding(sun, 1)), NOON);
        assertThat(vote(BEN, Choice.ACCEPT, 1, both)).isEqualTo(STORED);
    }

    @Test
    void refuses_a_vote_on_a_superseded_montage() {
        assertThat(vote(BEN, Choice.ACCEPT, 1, digest(bens))).isEqualTo(refused(Refusal.SUPERSEDED));
        assertThat(europe.event().phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void refuses_a_vote_on_the_montage_here_when_the_open_ballot_is_about_another() {
        europe.onOpened(new Opened(1, digest(adas), PERIOD, people(ADA)), NOON);

        assertThat(vote(BEN, Choice.ACCEPT, 1, both)).isEqualTo(refused(Refusal.SUPERSEDED));
    }

    @Test
    void refuses_in_the_order_of_the_public_contract() {
        var sun = photo(ADA, WEST, "sun");
        europe.onOpened(new Opened(1, both, Duration.ZERO, people(ADA)), NOON);
        europe.onPrepare(publishing(9, 9), new PublishMontage(9, both, NOON), false, NOON);
        europe.put(Transaction.prepared(adding(sun, 1), new AddPhoto(sun), Optional.empty(), NOON));

        assertThat(europe.castVote(CLEO, Choice.ACCEPT, 99, digest(), NOON))
                .isEqualTo(refused(Refusal.NOT_A_CONTRIBUTOR));
        assertThat(europe.castVote(ADA, Choice.ACCEPT, 99, digest(), NOON)).isEqualTo(refused(Refusal.WRONG_SITE));
        assertThat(europe.castVote(BEN, Choice.ACCEPT, 99, digest(), NOON)).isEqualTo(refused(Refusal.BALLOT_UNKNOWN));
        assertThat(europe.castVote(BEN, Choice.ACCEPT, 8, digest(), NOON)).isEqualTo(refused(Refusal.BALLOT_OVER));
    }

    @Test
    void time_is_up_comes_before_a_hold_and_a_hold_before_a_superseded_montage() {
        var sun = photo(ADA, WEST, "sun");
        europe.onPrepare(adding(sun, 1), new AddPhoto(sun), true, NOON);
        assertThat(vote(BEN, Choice.ACCEPT, 1, digest())).isEqualTo(refused(Refusal.UPLOAD_IN_PROGRESS));

        europe.onOpened(new Opened(1, both, Duration.ZERO, people(ADA)), NOON);
        assertThat(vote(BEN, Choice.ACCEPT, 1, digest())).isEqualTo(refused(Refusal.VOTING_CLOSED));
    }

    @Test
    void nobody_can_vote_while_the_event_is_being_created() {
        var west = Sites.absent(WEST);
        west.create(DETAILS, NOON);
        west.put(adas);

        assertThat(west.castVote(ADA, Choice.ACCEPT, 1, digest(adas), NOON)).isEqualTo(refused(Refusal.CREATING));
    }

    // What the master says

    @Test
    void an_opened_ballot_freezes_uploads_and_shows_the_masters_time() {
        assertThat(europe.onOpened(new Opened(1, both, Duration.ofSeconds(30), people(ADA)), NOON))
                .isTrue();

        assertThat(europe.event().phase()).isEqualTo(Phase.VOTING);
        assertThat(ballot(europe, 1).deadline()).contains(NOON.plusSeconds(30));
        assertThat(ballot(europe, 1).accepted()).containsExactly(ADA);
    }

    @Test
    void time_left_is_never_more_than_the_period_and_never_negative() {
        europe.onOpened(new Opened(1, both, Duration.ofDays(1), people(ADA)), NOON);
        assertThat(ballot(europe, 1).deadline()).contains(NOON.plus(PERIOD));

        europe.onOpened(new Opened(1, both, Duration.ofSeconds(-5), people(ADA)), NOON);
        assertThat(ballot(europe, 1).deadline()).contains(NOON);
    }

    @Test
    void an_old_opened_message_changes_nothing() {
        var later = Sites.open(EUROPE, 1, adas, bens);

        assertThat(later.onOpened(new Opened(1, both, PERIOD, people()), NOON)).isTrue();

        assertThat(later.event().phase()).isEqualTo(Phase.OPEN);
        assertThat(later.ballots()).isEmpty();
    }

    @Test
    void nothing_opens_after_the_publication() {
        publish();

        assertThat(europe.onOpened(new Opened(2, both, PERIOD, people()), NOON)).isTrue();

        assertThat(europe.event().phase()).isEqualTo(Phase.PUBLISHED);
    }

    @Test
    void an_opened_ballot_ends_all_earlier_ones() {
        vote(BEN, Choice.ACCEPT, 1, both);

        europe.onOpened(new Opened(3, both, PERIOD, people()), NOON);

        assertThat(europe.event().lastEnded()).isEqualTo(2);
        assertThat(ballot(europe, 1).state()).isEqualTo(State.ABORTED);
        assertThat(europe.ballotNumber()).isEqualTo(3);
        assertThat(ballot(europe, 3).votes()).isEmpty();
    }

    @Test
    void an_opened_message_is_not_understood_before_the_event_has_arrived() {
        var creating = Sites.absent(WEST);
        creating.create(DETAILS, NOON);

        assertThat(Sites.absent(EUROPE).onOpened(new Opened(1, both, PERIOD, people()), NOON))
                .isFalse();
        assertThat(creating.onOpened(new Opened(1, both, PERIOD, people()), NOON))
                .isFalse();
    }

    @Test
    void one_ballot_about_two_montages_is_a_broken_invariant() {
        vote(BEN, Choice.ACCEPT, 1, both);

        assertThatThrownBy(() -> europe.onOpened(new Opened(1, digest(adas), PERIOD, people()), NOON))
                .isInstanceOf(BrokenInvariant.class);
    }

    // What this site tells the master

    @Test
    void a_report_is_this_sites_whole_view() {
        var moon = photo(CLEO, EUROPE, "moon");
        var site = Sites.open(EUROPE, adas, bens, moon);
        site.castVote(BEN, Choice.ACCEPT, 1, digest(adas, bens, moon), NOON);

        var report = site.reportOf(1, NOON.plusSeconds(7)).orElseThrow();

        assertThat(report.digest()).isEqualTo(digest(adas, bens, moon));
        assertThat(report.elapsed()).isEqualTo(Duration.ofSeconds(7));
        assertThat(report.accepted()).containsExactly(BEN);
        assertThat(report.rejected()).isEmpty();
        assertThat(report.missing()).containsExactly(CLEO);
    }

    @Test
    void who_has_rejected_is_not_missing() {
        vote(BEN, Choice.REJECT, 1, both);

        var report = europe.reportOf(1, NOON).orElseThrow();

        assertThat(report.rejected()).containsExactly(BEN);
        assertThat(report.missing()).isEmpty();
    }

    @Test
    void nobody_but_the_master_publishes_or_closes_a_ballot() {
        vote(BEN, Choice.ACCEPT, 1, both);
        europe.onOpened(new Opened(1, both, PERIOD, people(ADA, BEN)), NOON);
        var late = NOON.plus(PERIOD).plus(GRACE);

        europe.onTick(NOON);
        europe.onLastReports(1, names(WEST), late);
        europe.onTick(late);

        assertThat(europe.transactions()).isEmpty();
        assertThat(europe.event().phase()).isEqualTo(Phase.VOTING);
    }

    @Test
    void elapsed_time_stays_within_the_period_whatever_the_clock_does() {
        vote(BEN, Choice.ACCEPT, 1, both);

        assertThat(europe.reportOf(1, NOON.minusSeconds(60)).orElseThrow().elapsed())
                .isZero();
        assertThat(europe.reportOf(1, NOON.plusSeconds(600)).orElseThrow().elapsed())
                .isEqualTo(PERIOD);
    }

    @Test
    void there_is_no_report_of_a_ballot_that_is_not_open_here() {
        assertThat(europe.reportOf(1, NOON)).isEmpty();
        vote(BEN, Choice.ACCEPT, 1, both);

        assertThat(europe.reportOf(2, NOON)).isEmpty();
        assertThat(europe.reportOf(1, NOON)).isPresent();
    }

    @Test
    void not_yet_confirms_nothing() {
        vote(BEN, Choice.ACCEPT, 1, both);
        var report = europe.reportOf(1, NOON).orElseThrow();

        europe.onReported(report, new BallotNews.NotYet(), NOON);
        assertThat(ballot(europe, 1).reported()).isZero();

        europe.onReported(report, new Opened(1, both, PERIOD, people(BEN)), NOON);
        assertThat(ballot(europe, 1).reported()).isEqualTo(1);
    }

    @Test
    void the_answer_to_a_report_brings_the_masters_time() {
        var europe = Sites.open(EUROPE, adas, bens);
        europe.castVote(BEN, Choice.ACCEPT, 1, digest(adas, bens), NOON);
        var report = europe.reportOf(1, NOON).orElseThrow();
        var left = PERIOD.minusSeconds(40);

        europe.onReported(report, new BallotNews.Opened(1, digest(adas, bens), left, people(ADA)), NOON);

        assertThat(ballot(europe, 1).deadline()).contains(NOON.plus(left));
        assertThat(ballot(europe, 1).accepted()).contains(ADA);
    }

    @Test
    void the_answer_to_the_last_report_leaves_all_to_the_publication_that_it_begins() {
        vote(BEN, Choice.ACCEPT, 1, both);
        var report = europe.reportOf(1, NOON).orElseThrow();
        var before = ballot(europe, 1);

        europe.onReported(report, new Opened(1, both, PERIOD.minusSeconds(40), people(ADA, BEN)), NOON);

        assertThat(ballot(europe, 1)).isEqualTo(before);
    }

    @Test
    void the_answer_to_a_report_can_be_the_end() {
        vote(BEN, Choice.ACCEPT, 1, both);
        var report = europe.reportOf(1, NOON).orElseThrow();
        var end = new Decision(publishing(1, 1), Outcome.ABORTED, 0, Optional.of(Reason.lasting("timeout")));

        europe.onReported(report, new BallotNews.Ended(end), NOON);

        assertThat(europe.event().phase()).isEqualTo(Phase.OPEN);
        assertThat(europe.event().lastEnded()).isEqualTo(1);
    }

    private VoteAnswer vote(ContributorId who, Choice choice, int number, Digest digest) {
        return europe.castVote(who, choice, number, digest, NOON);
    }

    private void publish() {
        vote(BEN, Choice.ACCEPT, 1, both);
        europe.onPrepare(publishing(1, 1), new PublishMontage(1, both, NOON), false, NOON);
        europe.onDecision(new Decision(publishing(1, 1), Outcome.COMMITTED, 0, Optional.empty()), NOON);
    }

    private static VoteAnswer refused(Refusal why) {
        return new VoteAnswer.Refused(why);
    }
}
