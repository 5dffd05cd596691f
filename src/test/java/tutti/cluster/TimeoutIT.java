package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A voting period ends by itself, on time, everywhere, whoever is silent and whatever is restarted. */
@ExtendWith(RunningCluster.Resolver.class)
class TimeoutIT {

    /** Last reports, the outcome's way to all sites, and a machine that has more to do. */
    private static final Duration LATE_MOST = Duration.ofSeconds(12);

    private final RunningCluster cluster;

    TimeoutIT(RunningCluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void all_sites_agree() {
        Invariants.hold(cluster);
    }

    @Test
    void a_ballot_in_which_somebody_is_silent_ends_at_its_deadline_at_all_sites() {
        var nils = Guest.named("Nils", cluster, EUROPE);
        var ida = Guest.named("Ida", cluster, ASIA);
        var event = nils.creates("Five seconds", 5);
        nils.adds(event, Photos.small(1));
        ida.adds(event, Photos.small(2));

        var begun = Instant.now();
        nils.votes(event, "accept").is(201);
        Soon.until("the ballot has ended at its master", () -> assertThat(
                        nils.sees(event).getJsonObject("ballot").getString("state"))
                .isNotEqualTo("open"));

        assertThat(Duration.between(begun, Instant.now()))
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(5).plus(LATE_MOST));
        nils.seesEverywhere(event, view -> {
            var ballot = view.getJsonObject("ballot");
            assertThat(ballot.getString("state")).isEqualTo("aborted");
            assertThat(ballot.getString("reason", "")).isEqualTo("timeout");
            assertThat(view.getString("status")).isEqualTo("open");
            assertThat(view.getInt("ballotNumber")).isEqualTo(2);
        });
        ida.adds(event, Photos.small(3));
    }

    @Test
    void a_restart_of_the_master_in_a_ballot_does_not_move_its_deadline() {
        var seconds = 40;
        var nils = Guest.named("Nils", cluster, EAST);
        var ida = Guest.named("Ida", cluster, ASIA);
        var event = nils.creates("The master dies", seconds);
        nils.adds(event, Photos.small(4));
        ida.adds(event, Photos.small(5));
        nils.votes(event, "accept").is(201);
        ida.seesEverywhere(event, view -> assertThat(view.getString("status")).isEqualTo("voting"));
        var deadline = deadline(event);

        cluster.kill(EAST);
        for (var site : Site.allBut(EAST)) {
            var there = ida.at(site).sees(event);
            assertThat(there.getString("status")).as("at " + site).isEqualTo("voting");
            assertThat(there.getJsonObject("ballot").getString("state")).isEqualTo("open");
        }
        assertThat(Instant.now()).as("the ballot's time is not over yet").isBefore(deadline);
        cluster.start(EAST);
        var back = Instant.now();
        assertThat(deadline(event)).isEqualTo(deadline);

        var latest = (back.isAfter(deadline) ? back : deadline).plus(LATE_MOST);
        Soon.within(Duration.ofSeconds(seconds + 60), "the ballot has ended", () -> assertThat(
                        nils.sees(event).getJsonObject("ballot").getString("state"))
                .isEqualTo("aborted"));
        assertThat(Instant.now()).isBetween(deadline, latest);
        ida.seesEverywhere(
                event, view -> assertThat(view.getJsonObject("ballot").getString("reason", ""))
                        .isEqualTo("timeout"));
    }

    /** As the master's own row has it; its clock and this one are the same machine's. */
    private Instant deadline(String event) {
        var micros = cluster.database(EAST)
                .number("SELECT deadline_us FROM ballot WHERE event_id = ? AND number = 1", event);
        return Instant.ofEpochMilli(micros / 1000);
    }
}
