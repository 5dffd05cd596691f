package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two instances serve west's users from one database: they share nothing else, and each carries on for the other. */
@ExtendWith(RunningCluster.Resolver.class)
class TwoInstancesIT {

    private final RunningCluster cluster;

    TwoInstancesIT(RunningCluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void all_sites_agree() {
        Invariants.hold(cluster);
    }

    @Test
    void two_instances_of_a_site_act_as_one_and_carry_on_for_each_other() {
        try (var second = cluster.secondInstance(WEST)) {
            uploads_through_both_at_once_are_each_in_once(second);
            a_thread_that_wakes_up_late_finds_what_the_other_instance_has_decided(second);
            a_ballot_ends_on_time_although_the_instance_that_opened_it_hangs(second);
        }
    }

    private void uploads_through_both_at_once_are_each_in_once(SecondInstance second) {
        var wim = Guest.named("Wim", cluster, WEST);
        var event = wim.creates("Two doors", 60);
        var uploads = new ArrayList<CompletableFuture<Answer>>();
        for (var i = 0; i < 6; i++) {
            var photo = Photos.small(200 + i);
            uploads.add(CompletableFuture.supplyAsync(() -> wim.upload(event, photo)));
            uploads.add(CompletableFuture.supplyAsync(
                    () -> wim.through(second.url()).upload(event, photo)));
        }

        uploads.forEach(upload -> assertThat(upload.join().status()).isIn(200, 201, 202));

        wim.seesEverywhere(
                event, view -> assertThat(view.getJsonObject("version").getInt("number"))
                        .isEqualTo(6));
        assertThat(cluster.database(WEST).photos(event)).isEqualTo(6);
    }

    private void a_thread_that_wakes_up_late_finds_what_the_other_instance_has_decided(SecondInstance second) {
        var wim = Guest.named("Wim", cluster, WEST);
        var event = wim.creates("A nap in the middle", 60);
        var photo = Photos.small(210);

        var asia = cluster.database(ASIA).lock(event);
        var upload = CompletableFuture.supplyAsync(() -> wim.upload(event, photo));
        try {
            Soon.until("the others have promised", () -> {
                for (var site : List.of(WEST, EAST, EUROPE)) {
                    assertThat(cluster.database(site).holds(event))
                            .as(site.id())
                            .isOne();
                }
            });
            cluster.pause(WEST);
            Soon.until("the second instance has aborted it", () -> {
                assertThat(cluster.database(WEST).holds(event)).isZero();
                assertThat(cluster.database(EAST).holds(event)).isZero();
            });
        } finally {
            asia.close();
        }
        assertThat(upload).isNotDone();
        cluster.everybodyUp();

        assertThat(upload.join().status()).as("kept, or in by a new attempt").isIn(201, 202);
        wim.seesEverywhere(
                event, view -> assertThat(view.getJsonObject("version").getInt("number"))
                        .isOne());
        wim.through(second.url()).upload(event, photo).is(200);
    }

    private void a_ballot_ends_on_time_although_the_instance_that_opened_it_hangs(SecondInstance second) {
        var seconds = 10;
        var wim = Guest.named("Wim", cluster, WEST);
        var ella = Guest.named("Ella", cluster, EAST);
        var event = wim.creates("The other clock", seconds);
        wim.adds(event, Photos.small(220));
        ella.adds(event, Photos.small(221));
        wim.votes(event, "accept").is(201);
        ella.seesEverywhere(event, view -> assertThat(view.getString("status")).isEqualTo("voting"));

        cluster.pause(WEST);

        Soon.within(Duration.ofSeconds(seconds + 30), "the second instance has ended it", () -> {
            var ballot = ella.sees(event).getJsonObject("ballot");
            assertThat(ballot.getString("state")).isEqualTo("aborted");
            assertThat(ballot.getString("reason", "")).isEqualTo("timeout");
        });
        cluster.everybodyUp();
        wim.seesEverywhere(event, view -> assertThat(view.getString("status")).isEqualTo("open"));
        assertThat(wim.through(second.url()).sees(event).getInt("ballotNumber")).isEqualTo(2);
    }
}
