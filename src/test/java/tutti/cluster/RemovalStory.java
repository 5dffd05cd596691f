package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

/** Ella takes a photo back at her site, which coordinates that, out of an event whose master is another site. */
final class RemovalStory implements CrashStory {

    private static final String OUT_OR_UNFINISHED = "SELECT (SELECT COUNT(*) = 0 FROM photo WHERE event_id = ?)"
            + " + 2 * (SELECT COUNT(*) FROM commitment WHERE event_id = ? AND state = 'PREPARED')";

    private final RunningCluster cluster;
    private final String title;
    private final Guest ella;
    private final Guest creator;
    private final byte[] photo;
    private String event;
    private String id;

    RemovalStory(RunningCluster cluster, String title, Site master, Site home) {
        this.cluster = cluster;
        this.title = title;
        this.ella = Guest.named("Ella", cluster, home);
        this.creator = Guest.named("Wim", cluster, master);
        this.photo = Photos.small(title.hashCode());
    }

    @Override
    public void begin() {
        event = creator.creates(title, 60);
        id = ella.adds(event, photo).getString("id");
    }

    @Override
    public Answer request() {
        return ella.delete("/events/" + event + "/photos/" + id);
    }

    @Override
    public String end(Optional<Answer> told) {
        told.ifPresent(answer ->
                assertThat(answer.status()).as("%s: %s", answer, answer.text()).isIn(204, 409, 503));
        var promised = told.filter(answer -> answer.status() == 204).isPresent();
        var ending = CrashStory.everywhereOrNowhere(promised, this::out);
        if (told.filter(answer -> answer.status() == 409).isPresent()) {
            assertThat(ending).as("what was refused").isEqualTo("nowhere");
        }
        if (ending.equals("nowhere")) {
            Soon.until("the photo goes after all", () -> request().is(204));
        }
        CrashStory.everywhereOrNowhere(true, this::out);
        ella.adds(event, photo);
        return ending;
    }

    private long out(Site site) {
        return cluster.database(site).number(OUT_OR_UNFINISHED, event, event);
    }
}
