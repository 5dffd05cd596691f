package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Guest.digestOf;

import java.util.EnumSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Wim, whose site is the master, and Ella vote on a montage of two photos. Her vote is the request: the first or the last one,
 * a yes or a no.
 */
final class VotingStory implements CrashStory {

    private static final int LONG = 300;
    private static final int SHORT = 5;

    private final RunningCluster cluster;
    private final String title;
    private final CrashPlot plot;
    private final Guest wim;
    private final Guest ella;
    private String event;
    private String digest;

    VotingStory(RunningCluster cluster, String title, CrashPlot plot, Site master, Site home) {
        this.cluster = cluster;
        this.title = title;
        this.plot = plot;
        this.wim = Guest.named("Wim", cluster, master);
        this.ella = Guest.named("Ella", cluster, home);
    }

    @Override
    public void begin() {
        event = wim.creates(title, plot == CrashPlot.TIMEOUT ? SHORT : LONG);
        wim.adds(event, Photos.small(1));
        ella.adds(event, Photos.small(2));
        digest = digestOf(ella.sees(event));
        if (plot == CrashPlot.PUBLISH || plot == CrashPlot.REJECT) {
            wim.votes(event, "accept").is(201);
            wim.seesEverywhere(
                    event, view -> assertThat(view.getString("status")).isEqualTo("voting"));
        }
    }

    @Override
    public Answer request() {
        return ella.vote(event, plot == CrashPlot.REJECT ? "reject" : "accept", 1, digest);
    }

    @Override
    public String end(Optional<Answer> told) {
        var again = request();
        if (CrashStory.isPromise(told)) {
            again.is(200);
        } else {
            assertThat(again.status()).as("%s: %s", again, again.text()).isIn(200, 201, 409);
        }
        if (EnumSet.of(CrashPlot.VOTE, CrashPlot.OWN_VOTE).contains(plot)) {
            wim.votes(event, "accept").is(201);
        }
        var ending = ended();
        if (ending.equals("aborted")) {
            ella.adds(event, Photos.small(3));
        }
        return ending;
    }

    /** Waits for the end of the ballot, which is one and the same at all sites. */
    private String ended() {
        var states = new TreeSet<String>();
        wim.seesEverywhere(event, view -> {
            var ballot = view.getJsonObject("ballot");
            assertThat(ballot.getInt("number")).isEqualTo(1);
            assertThat(ballot.getString("state")).isNotEqualTo("open");
            states.add(ballot.getString("state"));
        });
        assertThat(states).as("states of one ballot").hasSize(1);
        return states.first();
    }
}
