package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

/**
 * Ella adds a photo at her site, which coordinates that, to an event whose master is another site. Where a third site keeps
 * silent, because the event's row is held there, those that have promised come to doubt and ask.
 */
final class PhotoStory implements CrashStory {

    private static final String COMMITTED_OR_UNFINISHED = "SELECT (SELECT COUNT(*) FROM photo WHERE event_id = ?)"
            + " + 2 * (SELECT COUNT(*) FROM upload WHERE event_id = ?)"
            + " + 2 * (SELECT COUNT(*) FROM commitment WHERE event_id = ? AND state = 'PREPARED')";

    private final RunningCluster cluster;
    private final String title;
    private final Guest ella;
    private final Guest creator;
    private final byte[] photo;
    private final Optional<Site> silent;
    private Optional<SiteDatabase.Lock> silence = Optional.empty();
    private String event;

    PhotoStory(RunningCluster cluster, String title, Site master, Site home, Optional<Site> silent) {
        this.cluster = cluster;
        this.title = title;
        this.ella = Guest.named("Ella", cluster, home);
        this.silent = silent;
        this.creator = Guest.named("Wim", cluster, master);
        // Bytes that no site has seen before: else nobody would send them.
        this.photo = Photos.small(title.hashCode());
    }

    @Override
    public void begin() {
        event = creator.creates(title, 60);
        silence = silent.map(site -> cluster.database(site).lock(event));
    }

    @Override
    public Answer request() {
        return ella.upload(event, photo);
    }

    @Override
    public String end(Optional<Answer> told) {
        close();
        var ending = CrashStory.everywhereOrNowhere(CrashStory.isPromise(told), this::committed);
        var again = ella.upload(event, photo);
        assertThat(again.status()).as("%s: %s", again, again.text()).isIn(200, 201, 202);
        CrashStory.everywhereOrNowhere(true, this::committed);
        return ending;
    }

    @Override
    public void close() {
        silence.ifPresent(SiteDatabase.Lock::close);
    }

    private long committed(Site site) {
        return cluster.database(site).number(COMMITTED_OR_UNFINISHED, event, event, event);
    }
}
