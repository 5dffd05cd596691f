package tutti.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CoordinationTest {

    private static final SiteName EAST = new SiteName("east");
    private static final SiteName ASIA = new SiteName("asia");
    private static final SiteName STRANGER = new SiteName("stranger");
    private static final Instant DEADLINE = Instant.parse("2026-11-01T12:00:05Z");
    private static final Vote YES = new Vote.Yes(0);
    private static final Reason FULL = Reason.lasting("photo-limit");

    private final Coordination open = Coordination.begin(peers(EAST, ASIA), DEADLINE, 0);
    private final Coordination committed = open.onVotes(Map.of(EAST, YES, ASIA, YES));

    @Test
    void commits_once_every_peer_has_said_yes() {
        assertThat(committed.decision()).contains(Outcome.COMMITTED);
        assertThat(committed.reason()).isEmpty();
    }

    @Test
    void stays_open_while_a_peer_is_silent_or_cannot_say() {
        assertThat(open.onVotes(Map.of())).isEqualTo(open);
        assertThat(open.onVotes(Map.of(EAST, YES))).isEqualTo(open);
        assertThat(open.onVotes(Map.of(EAST, YES, ASIA, new Vote.CannotSay("not-ready"))))
                .isEqualTo(open);
    }

    @Test
    void does_not_remember_votes_from_one_asking_to_the_next() {
        var still = open.onVotes(Map.of(EAST, YES)).onVotes(Map.of(ASIA, YES));

        assertThat(still.isOpen()).isTrue();
    }

    @Test
    void one_no_aborts_and_says_why() {
        var aborted = open.onVotes(Map.of(EAST, YES, ASIA, new Vote.No(FULL)));

        assertThat(aborted.decision()).contains(Outcome.ABORTED);
        assertThat(aborted.reason()).contains(FULL);
    }

    @Test
    void a_vote_of_no_participant_counts_for_nothing() {
        assertThat(open.onVotes(Map.of(EAST, YES, STRANGER, YES))).isEqualTo(open);
        assertThat(open.onVotes(Map.of(STRANGER, new Vote.No(FULL)))).isEqualTo(open);
    }

    @Test
    void a_late_vote_changes_nothing() {
        assertThat(committed.onVotes(Map.of(EAST, new Vote.No(FULL)))).isEqualTo(committed);

        var aborted = open.abort(FULL);
        assertThat(aborted.onVotes(Map.of(EAST, YES, ASIA, YES))).isEqualTo(aborted);
    }

    @Test
    void carries_the_greatest_number_its_own_included() {
        assertThat(open.onVotes(Map.of(EAST, new Vote.Yes(2), ASIA, new Vote.Yes(7)))
                        .carried())
                .isEqualTo(7);
        assertThat(Coordination.begin(peers(EAST), DEADLINE, 9)
                        .onVotes(Map.of(EAST, new Vote.Yes(2)))
                        .carried())
                .isEqualTo(9);
    }

    @Test
    void is_aborted_when_its_preparing_time_is_over_and_not_before() {
        assertThat(open.onTick(DEADLINE.minusMillis(1))).isEqualTo(open);
        assertThat(open.onTick(DEADLINE).decision()).contains(Outcome.ABORTED);
        assertThat(open.onTick(DEADLINE).reason()).contains(Reason.OUT_OF_TIME);
    }

    @Test
    void a_decision_never_changes() {
        assertThat(committed.onTick(DEADLINE.plusSeconds(60))).isEqualTo(committed);
        assertThat(committed.abort(Reason.WITHDRAWN)).isEqualTo(committed);
        assertThat(open.abort(FULL).abort(Reason.WITHDRAWN).reason()).contains(FULL);
    }

    @Test
    void owes_its_decision_to_every_peer_until_it_has_acknowledged() {
        assertThat(committed.owed()).containsExactly(ASIA, EAST);
        assertThat(committed.onAcknowledged(peers(EAST)).owed()).containsExactly(ASIA);
        assertThat(committed
                        .onAcknowledged(peers(EAST))
                        .onAcknowledged(peers(EAST, ASIA))
                        .owed())
                .isEmpty();
    }

    @Test
    void owes_nothing_before_it_has_decided() {
        assertThat(open.owed()).isEmpty();
        assertThat(open.onAcknowledged(peers(EAST))).isEqualTo(open);
    }

    @Test
    void a_stranger_cannot_acknowledge() {
        assertThat(committed.onAcknowledged(peers(STRANGER))).isEqualTo(committed);
    }

    private static TreeSet<SiteName> peers(SiteName... names) {
        return new TreeSet<>(List.of(names));
    }
}
