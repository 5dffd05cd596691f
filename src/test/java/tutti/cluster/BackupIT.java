package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tutti.cluster.Guest.digestOf;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.WEST;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A site is copied while it runs, goes on, and comes back from the older copy without contradicting anything. */
@ExtendWith(RunningCluster.Resolver.class)
class BackupIT {

    private final RunningCluster cluster;
    private final Guest wim;
    private final Guest ella;

    BackupIT(RunningCluster cluster) {
        this.cluster = cluster;
        wim = Guest.named("Wim", cluster, WEST);
        ella = Guest.named("Ella", cluster, EAST);
    }

    @Test
    void an_older_copy_comes_back_with_all_that_has_happened_since() throws IOException {
        var copy = Path.of("target", "backup-" + System.nanoTime()).toAbsolutePath();
        var event = wim.creates("Before and after", 600);
        wim.adds(event, Photos.small(System.nanoTime()));
        ella.adds(event, Photos.small(System.nanoTime()));
        var rejected = digestOf(ella.sees(event));
        ella.votes(event, "reject").is(201);
        wim.seesEverywhere(
                event, view -> assertThat(view.getInt("ballotNumber")).isEqualTo(2));

        cluster.backUp(EAST, copy);

        assertThat(Files.readString(copy.resolve("database.sql"))).endsWith("rebuilt_to = '';\n");
        assertThatThrownBy(() -> cluster.backUp(EAST, copy)).hasMessageContaining("is there already");
        var later = ella.adds(event, Photos.small(System.nanoTime())).getString("id");
        for (var one : new Guest[] {wim, ella}) {
            one.vote(event, "accept", 2, digestOf(one.sees(event))).is(201);
        }
        ella.seesEverywhere(event, view -> assertThat(view.getString("status")).isEqualTo("published"));
        var before = cluster.database(EAST).incarnation();

        assertThat(cluster.restore(EAST, copy)).contains("All sites are equal.");

        assertThat(cluster.database(EAST).incarnation()).isNotEqualTo(before);
        assertThat(ella.sees(event).getString("status")).isEqualTo("published");
        ella.get("/events/" + event + "/photos/" + later + "/original").is(200);
        ella.vote(event, "reject", 1, rejected).is(200);
        ella.vote(event, "accept", 1, rejected).isProblem(409, "already-voted");
        ella.vote(event, "accept", 2, digestOf(ella.sees(event))).is(200);
        wim.adds(wim.creates("It goes on", 60), Photos.small(System.nanoTime()));
        Invariants.hold(cluster);
    }
}
