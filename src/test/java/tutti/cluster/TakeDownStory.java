package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

/** Ella takes down at her site, which coordinates that, what was published by another one. */
final class TakeDownStory implements CrashStory {

    private static final String HIDDEN_OR_UNFINISHED =
            "SELECT (SELECT (phase = 'TAKEN_DOWN') + 2 * (phase = 'TAKING_DOWN') FROM event WHERE id = ?)"
                    + " + 2 * (SELECT COUNT(*) FROM commitment WHERE event_id = ? AND state = 'PREPARED')";

    private final RunningCluster cluster;
    private final String title;
    private final Guest wim;
    private final Guest ella;
    private String event;

    TakeDownStory(RunningCluster cluster, String title, Site master, Site home) {
        this.cluster = cluster;
        this.title = title;
        this.wim = Guest.named("Wim", cluster, master);
        this.ella = Guest.named("Ella", cluster, home);
    }

    @Override
    public void begin() {
        event = wim.creates(title, 300);
        wim.adds(event, Photos.small(1));
        ella.adds(event, Photos.small(2));
        wim.votes(event, "accept").is(201);
        ella.votes(event, "accept").is(201);
        wim.seesEverywhere(event, view -> assertThat(view.getString("status")).isEqualTo("published"));
    }

    @Override
    public Answer request() {
        return ella.delete("/events/" + event + "/publication");
    }

    @Override
    public String end(Optional<Answer> told) {
        var ending = CrashStory.everywhereOrNowhere(CrashStory.isPromise(told), this::hidden);
        assertThat(CrashStory.isPromise(Optional.of(request())))
                .as("promised, once more")
                .isTrue();
        CrashStory.everywhereOrNowhere(true, this::hidden);
        for (var site : Site.values()) {
            wim.at(site).get("/events/" + event + "/montage").is(404);
        }
        return ending;
    }

    private long hidden(Site site) {
        return cluster.database(site).number(HIDDEN_OR_UNFINISHED, event, event);
    }
}
