package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tutti.photo.Sha256;
import tutti.verify.Verification;

/** Sites are equal, and each way in which somebody makes them differ gets its sentence. */
@ExtendWith(RunningCluster.Resolver.class)
class VerifyIT {

    private final RunningCluster cluster;
    private final byte[] bytes = Photos.small(System.nanoTime());
    private String event;
    private String photo;

    VerifyIT(RunningCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void an_event_with_a_photo() {
        var ella = Guest.named("Ella", cluster, EAST);
        event = ella.creates("To be compared", 60);
        photo = ella.adds(event, bytes).getString("id");
        Invariants.hold(cluster);
    }

    @AfterEach
    void all_sites_are_equal_again() {
        Soon.until("all sites are equal", () -> assertThat(differences()).isEmpty());
    }

    @Test
    void names_the_value_that_differs_and_where() {
        update(ASIA, "UPDATE photo SET name = 'Eve' WHERE event_id = '" + event + "'");

        assertThat(differences())
                .containsExactly("Photo " + photo + " of event " + event
                        + " differs in its name: Ella at west, east, europe; Eve at asia.");

        update(ASIA, "UPDATE photo SET name = 'Ella' WHERE event_id = '" + event + "'");
    }

    @Test
    void names_what_is_at_some_sites_and_not_at_others() {
        update(EUROPE, "UPDATE photo SET event_id = 'elsewhere' WHERE event_id = '" + event + "'");

        assertThat(differences())
                .containsExactlyInAnyOrder(
                        "Photo " + photo + " of event " + event + " is at west, east, asia, and not at europe.",
                        "Photo " + photo + " of event elsewhere is at europe, and not at west, east, asia.");

        update(EUROPE, "UPDATE photo SET event_id = '" + event + "' WHERE event_id = 'elsewhere'");
    }

    @Test
    void names_bytes_that_are_gone_or_not_the_same() throws IOException {
        var sha256 = Sha256.of(bytes).hex();
        var atWest = cluster.photos(WEST).resolve(sha256.substring(0, 2)).resolve(sha256);
        var atAsia = cluster.photos(ASIA).resolve(sha256.substring(0, 2)).resolve(sha256);
        Files.delete(atWest);
        Files.writeString(atAsia, "something else");

        assertThat(differences())
                .containsExactly(
                        "The bytes " + sha256 + ", which the database of west names, are not there: " + atWest + ".",
                        "The bytes " + sha256 + " at asia are not what they were: " + atAsia + ".");

        Files.write(atWest, bytes);
        Files.write(atAsia, bytes);
    }

    private List<String> differences() {
        return Verification.of(cluster.stores()).differences();
    }

    private void update(Site site, String sql) {
        cluster.database(site).rows(sql);
    }
}
