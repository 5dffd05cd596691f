package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How often a request asks the database does not depend on how much there is to see. */
@ExtendWith(RunningCluster.Resolver.class)
class StatementsIT {

    /** A site at rest looks for what is due twice a second, so that few of these are disturbed, and the least is undisturbed. */
    private static final int TRIES = 25;

    private static final int FEW = 2;
    private static final int MANY = 8;

    private static final String SO_FAR =
            """
            SELECT CAST(SUM(VARIABLE_VALUE) AS INTEGER) FROM information_schema.GLOBAL_STATUS
            WHERE VARIABLE_NAME IN ('COM_SELECT', 'COM_INSERT', 'COM_UPDATE', 'COM_DELETE')""";

    private final RunningCluster cluster;

    StatementsIT(RunningCluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void all_sites_agree() {
        Invariants.hold(cluster);
    }

    @Test
    void an_event_of_ten_people_takes_no_more_statements_than_one_of_three() {
        var host = Guest.named("Host", cluster, EAST);
        var small = eventOf(3, host);
        var large = eventOf(10, host);

        assertThat(statements(() -> host.get("/events/" + large)))
                .isPositive()
                .isEqualTo(statements(() -> host.get("/events/" + small)));
        assertThat(statements(() -> host.page("/e/" + large)))
                .isPositive()
                .isEqualTo(statements(() -> host.page("/e/" + small)));
        assertThat(statements(() -> host.get("/events/" + large + "/photos")))
                .isPositive()
                .isEqualTo(statements(() -> host.get("/events/" + small + "/photos")));
    }

    private String eventOf(int people, Guest host) {
        var event = host.creates("For " + people, 60);
        host.adds(event, Photos.small(people));
        for (var i = 1; i < people; i++) {
            var site = Site.values()[i % Site.values().length];
            Guest.named("Guest " + i, cluster, site).adds(event, Photos.small(100 + i));
        }
        return event;
    }

    @Test
    void a_list_of_many_events_takes_no_more_statements_than_one_of_a_few() {
        var few = someoneWith(FEW);
        var many = someoneWith(MANY);

        assertThat(statements(() -> many.at(EAST).page("/"))).isPositive().isEqualTo(statements(() -> few.at(EAST)
                .page("/")));
        assertThat(statements(() -> many.at(EAST).get("/published?limit=" + MANY)))
                .isPositive()
                .isEqualTo(statements(() -> many.at(EAST).get("/published?limit=" + FEW)));
    }

    /** Somebody who has published this many events. */
    private Guest someoneWith(int events) {
        var someone = Guest.named("Someone with " + events, cluster, events == MANY ? WEST : EUROPE);
        for (var i = 0; i < events; i++) {
            var event = someone.creates(i + " of " + events, 60);
            someone.adds(event, Photos.small(200 + i));
            Guest.publish(event, someone);
        }
        return someone;
    }

    /** What this asks of the database of the east. */
    private long statements(Supplier<Answer> request) {
        return LongStream.range(0, TRIES)
                .map(again -> {
                    var before = cluster.database(EAST).number(SO_FAR);
                    request.get().is(200);
                    return cluster.database(EAST).number(SO_FAR) - before;
                })
                .min()
                .orElseThrow();
    }
}
