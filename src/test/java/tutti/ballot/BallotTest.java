package tutti.ballot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tutti.ballot.Ballot.State;
import tutti.montage.Digest;
import tutti.montage.Style;
import tutti.photo.ContributorId;

class BallotTest {

    private static final ContributorId ADA = ContributorId.ofCookie("ada");
    private static final ContributorId BEN = ContributorId.ofCookie("ben");
    private static final Digest MONTAGE = Digest.of(Style.PLAIN, List.of());
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration PERIOD = Duration.ofSeconds(90);

    private final Ballot open = Ballot.open(3, MONTAGE, NOON, NOON.plus(PERIOD));

    @Test
    void is_over_at_its_deadline_and_not_before() {
        assertThat(open.isOver(NOON.plus(PERIOD).minusMillis(1))).isFalse();
        assertThat(open.isOver(NOON.plus(PERIOD))).isTrue();
    }

    @Test
    void has_time_left_between_nothing_and_the_period_whatever_the_clock_does() {
        assertThat(open.timeLeft(NOON.plusSeconds(30), PERIOD)).isEqualTo(Duration.ofSeconds(60));
        assertThat(open.timeLeft(NOON.plusSeconds(3_600), PERIOD)).isZero();
        assertThat(open.timeLeft(NOON.minusSeconds(3_600), PERIOD)).isEqualTo(PERIOD);
    }

    @Test
    void keeps_votes_and_counts_the_accepts_among_them() {
        var voted = open.with(vote(ADA, Choice.ACCEPT)).with(vote(BEN, Choice.REJECT));

        assertThat(voted.voteOf(ADA)).contains(vote(ADA, Choice.ACCEPT));
        assertThat(voted.voteOf(BEN)).contains(vote(BEN, Choice.REJECT));
        assertThat(voted.accepted()).containsExactly(ADA);
        assertThat(open.voteOf(ADA)).isEmpty();
    }

    @Test
    void unites_what_others_know() {
        var united = open.with(vote(ADA, Choice.ACCEPT)).withAccepted(new TreeSet<>(List.of(BEN)));

        assertThat(united.accepted()).containsExactlyInAnyOrder(ADA, BEN);
        assertThat(united.votes()).hasSize(1);
    }

    @Test
    void an_end_that_others_have_seen_takes_accepts_over_only_from_the_same_end() {
        var elsewhere = Ballot.unheard(3, Optional.of(AbortReason.REJECTED), NOON);
        var voted = open.with(vote(ADA, Choice.ACCEPT));

        assertThat(elsewhere.takenOver(Optional.of(voted)).accepted()).isEmpty();
        assertThat(elsewhere
                        .takenOver(Optional.of(voted.aborted(Optional.empty(), NOON)))
                        .accepted())
                .containsExactly(ADA);
    }

    @Test
    void an_end_keeps_its_moment_and_learns_its_reason_once() {
        var ended = open.aborted(Optional.empty(), NOON.plusSeconds(1));

        var told = ended.aborted(Optional.of(AbortReason.REJECTED), NOON.plusSeconds(9));

        assertThat(ended.state()).isEqualTo(State.ABORTED);
        assertThat(told.endedAt()).contains(NOON.plusSeconds(1));
        assertThat(told.reason()).contains(AbortReason.REJECTED);
        assertThat(told.aborted(Optional.of(AbortReason.TIMEOUT), NOON).reason())
                .contains(AbortReason.REJECTED);
    }

    @Test
    void a_publication_is_never_undone() {
        var published = open.published(new TreeSet<>(List.of(ADA)), NOON);

        assertThat(published.aborted(Optional.of(AbortReason.TIMEOUT), NOON)).isEqualTo(published);
    }

    @Test
    void the_votes_stay_as_history() {
        var ended = open.with(vote(ADA, Choice.ACCEPT)).aborted(Optional.empty(), NOON);

        assertThat(ended.voteOf(ADA)).isPresent();
    }

    @Test
    void what_is_confirmed_stays_confirmed() {
        assertThat(open.withReported(2).withReported(1).reported()).isEqualTo(2);
    }

    @Test
    void is_about_one_montage() {
        assertThat(open.isAbout(MONTAGE)).isTrue();
        assertThat(Ballot.unheard(3, Optional.empty(), NOON).isAbout(MONTAGE)).isFalse();
    }

    private static CastVote vote(ContributorId who, Choice choice) {
        return new CastVote(who, choice, MONTAGE, NOON);
    }
}
