package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

/**
 * Ella adds a photo while Nora has voted, and only Nora's site knows it: the master's row is held, so that it can tell nobody.
 * Her site says no, and the transaction is aborted.
 */
final class RefusalStory implements CrashStory {

    private final RunningCluster cluster;
    private final String title;
    private final Guest wim;
    private final Guest nora;
    private final Guest ella;
    private final byte[] photo;
    private String event;
    private SiteDatabase.Lock silence;

    RefusalStory(RunningCluster cluster, String title, Site master, Site refusing, Site home) {
        this.cluster = cluster;
        this.title = title;
        this.wim = Guest.named("Wim", cluster, master);
        this.nora = Guest.named("Nora", cluster, refusing);
        this.ella = Guest.named("Ella", cluster, home);
        this.photo = Photos.small(title.hashCode());
    }

    @Override
    public void begin() {
        event = wim.creates(title, 300);
        wim.adds(event, Photos.small(1));
        nora.adds(event, Photos.small(2));
        silence = cluster.database(wim.site()).lock(event);
        nora.votes(event, "accept").is(201);
    }

    @Override
    public Answer request() {
        return ella.upload(event, photo);
    }

    @Override
    public String end(Optional<Answer> told) {
        silence.close();
        told.ifPresent(answer ->
                assertThat(answer.status()).as("%s: %s", answer, answer.text()).isIn(202, 409, 503));
        wim.seesEverywhere(event, view -> {
            assertThat(view.getString("status")).isEqualTo("voting");
            assertThat(view.getJsonObject("version").getInt("number")).isEqualTo(2);
        });
        // A promise that came late may hold his vote up for a moment longer than it waits.
        Soon.until(
                "Wim's reject is taken",
                () -> assertThat(wim.votes(event, "reject").status()).isEqualTo(201));
        wim.seesEverywhere(event, view -> assertThat(view.getString("status")).isEqualTo("open"));
        assertThat(ella.upload(event, photo).status())
                .as("the photo, once more")
                .isIn(200, 201, 202);
        wim.seesEverywhere(
                event, view -> assertThat(view.getJsonObject("version").getInt("number"))
                        .isEqualTo(3));
        return "refused";
    }

    @Override
    public void close() {
        silence.close();
    }
}
