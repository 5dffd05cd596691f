package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.WEST;

import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever sits on the line between west and east may make a yes of what east answers: to west it is as if nothing had come. */
@ExtendWith(RunningCluster.Resolver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgedAnswersIT {

    private static final String UNSIGNED = "is not signed by east";
    private static final String OTHER_BODY = "the body is not the one that was signed";

    private final RunningCluster cluster;
    private final Forger forger;

    ForgedAnswersIT(RunningCluster cluster) throws IOException {
        this.cluster = cluster;
        forger = new Forger(cluster.internalUrl(EAST));
    }

    @BeforeAll
    void the_forger_takes_the_line() {
        cluster.leads(WEST, EAST, forger.url());
    }

    @AfterAll
    void the_line_is_as_it_was() {
        cluster.leads(WEST, EAST, cluster.internalUrl(EAST));
        forger.close();
    }

    @AfterEach
    void all_sites_agree() {
        forger.end();
        Invariants.hold(cluster);
    }

    @Test
    void nobody_can_consent_for_somebody_who_is_silent() throws IOException {
        var wim = Guest.named("Wim", cluster, WEST);
        var ella = Guest.named("Ella", cluster, EAST);
        var event = wim.creates("Ella has not said yes", 5);
        wim.adds(event, Photos.small(1));
        ella.adds(event, Photos.small(2));

        forger.begin();
        wim.votes(event, "accept").is(201);
        Soon.until("the ballot has ended at its master", () -> assertThat(
                        wim.sees(event).getJsonObject("ballot").getString("state"))
                .isNotEqualTo("open"));

        assertThat(forger.end()).isPositive();
        ella.seesEverywhere(event, view -> {
            assertThat(view.getJsonObject("ballot").getString("state")).isEqualTo("aborted");
            assertThat(view.getString("status")).isEqualTo("open");
        });
        assertThat(logOfWest()).contains(OTHER_BODY);
    }

    @Test
    void a_photo_is_not_in_before_its_bytes_are_everywhere() throws IOException {
        var wim = Guest.named("Wim", cluster, WEST);
        var event = wim.creates("East has not got it", 60);

        forger.begin();
        var photo = wim.upload(event, Photos.small(System.nanoTime())).is(202).json();

        assertThat(forger.end()).isPositive();
        assertThat(photo.getJsonArray("waitingFor").getValuesAs(JsonString::getString))
                .containsExactly("east");
        assertThat(logOfWest()).contains(UNSIGNED);
        Soon.until("the photo is in", () -> assertThat(
                        wim.photo(event, photo.getString("id")).json().getString("status"))
                .isEqualTo("committed"));
    }

    private String logOfWest() throws IOException {
        var text = new StringBuilder();
        for (var log : cluster.logs(WEST)) {
            text.append(Files.readString(log));
        }
        return text.toString();
    }
}
