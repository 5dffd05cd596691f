package tutti.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.replica.Sites.ADA;
import static tutti.replica.Sites.BEN;
import static tutti.replica.Sites.DETAILS;
import static tutti.replica.Sites.EAST;
import static tutti.replica.Sites.EUROPE;
import static tutti.replica.Sites.GRACE;
import static tutti.replica.Sites.IN_DOUBT;
import static tutti.replica.Sites.NOON;
import static tutti.replica.Sites.PERIOD;
import static tutti.replica.Sites.PREPARING;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tutti.ballot.Choice;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.Vote;
import tutti.event.Change.AddPhoto;
import tutti.photo.Photo;
import tutti.replica.BallotNews.Opened;

class DebtsTest {

    private static final Vote YES = new Vote.Yes(0);
    private static final Instant DEADLINE = NOON.plus(PERIOD);

    private final Photo adas = photo(ADA, WEST, "sea");
    private final Photo bens = photo(BEN, EUROPE, "sky");

    @Test
    void a_site_at_rest_owes_nothing_and_sleeps() {
        var east = Sites.open(EAST, adas, bens);

        assertThat(east.errands(NOON)).isEmpty();
        assertThat(east.wakeAt(NOON)).isEmpty();
    }

    @Test
    void an_undecided_transaction_is_prepared_at_all_peers() {
        var west = Sites.open(WEST);
        west.propose(adas, NOON);

        assertThat(west.errands(NOON))
                .containsExactly(new Errand.Prepare(adding(adas, 1), new AddPhoto(adas), names(EAST, EUROPE)));
        assertThat(west.wakeAt(NOON)).contains(NOON.plus(PREPARING));
    }

    @Test
    void a_decision_is_told_until_each_peer_has_acknowledged() {
        var west = Sites.open(WEST);
        west.propose(adas, NOON);
        west.onVotes(adding(adas, 1), Map.of(EAST, YES, EUROPE, YES), NOON);
        var decision = new Decision(adding(adas, 1), Outcome.COMMITTED, 0, Optional.empty());

        assertThat(west.errands(NOON)).containsExactly(new Errand.Tell(decision, names(EAST, EUROPE)));

        west.onAcknowledged(adding(adas, 1), names(EAST));
        assertThat(west.errands(NOON)).containsExactly(new Errand.Tell(decision, names(EUROPE)));

        west.onAcknowledged(adding(adas, 1), names(EUROPE));
        assertThat(west.errands(NOON)).isEmpty();
    }

    @Test
    void telling_fewer_peers_is_no_new_debt() {
        var decision = Decision.aborted(adding(adas, 1));

        assertThat(new Errand.Tell(decision, names(EAST)).debt())
                .isEqualTo(new Errand.Tell(decision, names(EAST, EUROPE)).debt());
    }

    @Test
    void a_hold_is_asked_about_once_it_is_in_doubt() {
        var east = Sites.open(EAST);
        east.onPrepare(adding(adas, 1), new AddPhoto(adas), true, NOON);

        assertThat(east.errands(NOON.plus(IN_DOUBT).minusMillis(1))).isEmpty();
        assertThat(east.wakeAt(NOON)).contains(NOON.plus(IN_DOUBT));
        assertThat(east.errands(NOON.plus(IN_DOUBT))).containsExactly(new Errand.Ask(adding(adas, 1)));
    }

    @Test
    void a_vote_is_owed_to_the_master_until_it_is_confirmed() {
        var europe = Sites.open(EUROPE, adas, bens);
        europe.castVote(BEN, Choice.ACCEPT, 1, digest(adas, bens), NOON);
        var report = europe.reportOf(1, NOON).orElseThrow();

        assertThat(europe.errands(NOON)).containsExactly(new Errand.Report(WEST, report));

        europe.onReported(report, new Opened(1, digest(adas, bens), PERIOD, people(BEN)), NOON);
        assertThat(europe.errands(NOON)).isEmpty();
    }

    @Test
    void a_site_past_the_deadline_asks_the_master_until_it_knows_the_end() {
        var east = Sites.open(EAST, adas, bens);
        east.onOpened(new Opened(1, digest(adas, bens), PERIOD, people(BEN)), NOON);

        assertThat(east.errands(DEADLINE.minusMillis(1))).isEmpty();
        assertThat(east.wakeAt(NOON)).contains(DEADLINE);
        assertThat(east.errands(DEADLINE)).hasSize(1).first().isInstanceOf(Errand.Report.class);
    }

    @Test
    void an_opened_ballot_is_owed_to_every_peer_and_then_a_courtesy() {
        var west = Sites.open(WEST, adas, bens);
        west.onReport(report(1, digest(adas, bens), people(BEN), people()), NOON);
        assertThat(announce(west).owed()).isTrue();

        west.onAnnounced(1, names(EAST));
        assertThat(announce(west).owed()).isTrue();

        west.onAnnounced(1, names(EUROPE));
        assertThat(announce(west).owed()).isFalse();
    }

    @Test
    void another_accept_is_new_to_announce() {
        var west = Sites.open(WEST, adas, bens);
        west.onReport(report(1, digest(adas, bens), people(BEN), people()), NOON);
        var before = announce(west).debt();

        west.put(ballot(west, 1).withAccepted(people(ADA)));

        assertThat(announce(west).debt()).isNotEqualTo(before);
    }

    @Test
    void the_last_reports_are_collected_at_the_deadline_unless_it_is_being_published() {
        var west = Sites.open(WEST, adas, bens);
        west.castVote(ADA, Choice.ACCEPT, 1, digest(adas, bens), NOON);

        assertThat(west.errands(DEADLINE.minusMillis(1))).noneMatch(Errand.CollectLastReports.class::isInstance);
        assertThat(west.errands(DEADLINE)).contains(new Errand.CollectLastReports(1, names(EAST, EUROPE)));

        west.onReport(report(1, digest(adas, bens), people(BEN), people()), NOON);
        assertThat(west.errands(DEADLINE)).noneMatch(Errand.CollectLastReports.class::isInstance);
    }

    @Test
    void the_master_wakes_up_at_the_deadline_and_at_the_end_of_the_grace() {
        var west = Sites.open(WEST, adas, bens);
        west.castVote(ADA, Choice.ACCEPT, 1, digest(adas, bens), NOON);

        assertThat(west.wakeAt(NOON)).contains(DEADLINE);
        assertThat(west.wakeAt(DEADLINE)).contains(DEADLINE.plus(GRACE));
    }

    @Test
    void a_waiting_photo_is_tried_while_the_event_is_open() {
        var west = Sites.open(WEST, bens);
        west.keepWaiting(adas, names(EAST));
        assertThat(west.errands(NOON)).containsExactly(new Errand.TryPhoto(adas.id()));

        var voting = west.copy();
        voting.freeze(1, digest(bens), NOON);

        assertThat(voting.errands(NOON)).noneMatch(Errand.TryPhoto.class::isInstance);
    }

    @Test
    void a_coordinator_is_never_in_doubt_about_its_own() {
        var west = Sites.open(WEST);
        west.propose(adas, NOON);

        assertThat(west.errands(NOON.plus(IN_DOUBT))).noneMatch(Errand.Ask.class::isInstance);
    }

    @Test
    void what_is_decided_is_not_in_doubt() {
        var east = Sites.open(EAST);
        east.onPrepare(adding(adas, 1), new AddPhoto(adas), true, NOON);
        east.onDecision(Decision.aborted(adding(adas, 1)), NOON);

        assertThat(east.errands(NOON.plus(IN_DOUBT))).isEmpty();
        assertThat(east.wakeAt(NOON)).isEmpty();
    }

    @Test
    void a_creation_is_tried_until_all_sites_have_it() {
        var west = Sites.absent(WEST);
        west.create(DETAILS, NOON);
        assertThat(west.errands(NOON)).contains(new Errand.TryCreation());

        west.cancel(ADA, NOON);
        assertThat(west.errands(NOON)).noneMatch(Errand.TryCreation.class::isInstance);
    }

    @Test
    void the_master_counts_down_from_no_more_than_the_voting_period_even_when_the_clock_was_put_back() {
        var west = Sites.open(WEST, adas, bens);
        west.castVote(ADA, Choice.ACCEPT, 1, digest(adas, bens), NOON);

        assertThat(west.countdown(NOON.plusSeconds(30))).contains(new Countdown(1, PERIOD.minusSeconds(30)));
        assertThat(west.countdown(NOON.minus(Duration.ofDays(1)))).contains(new Countdown(1, PERIOD));
        assertThat(west.countdown(NOON.plus(Duration.ofDays(1)))).contains(new Countdown(1, Duration.ZERO));
    }

    @Test
    void nobody_counts_down_but_the_master_of_an_open_ballot() {
        var east = Sites.open(EAST, adas);
        east.freeze(1, digest(adas), NOON);

        assertThat(east.countdown(NOON)).isEmpty();
        assertThat(Sites.open(WEST, adas).countdown(NOON)).isEmpty();
    }

    @Test
    void every_debt_has_a_name_of_its_own() {
        var west = Sites.open(WEST, adas);
        west.keepWaiting(photo(BEN, WEST, "cloud"), names(EAST));
        west.propose(photo(ADA, WEST, "moon"), NOON);
        west.propose(photo(BEN, WEST, "sun"), NOON);

        List<String> debts = west.errands(NOON).stream().map(Errand::debt).toList();

        assertThat(debts).hasSize(3).doesNotHaveDuplicates();
    }

    private static Errand.Announce announce(EventReplica west) {
        return west.errands(NOON).stream()
                .filter(Errand.Announce.class::isInstance)
                .map(Errand.Announce.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
