package tutti.cluster;

import java.util.Optional;

/** Ella creates an event at her site, which coordinates its creation. */
final class CreationStory implements CrashStory {

    /** What its site still tries counts as unequal to all that the others can have. */
    private static final String OPEN_OR_UNFINISHED =
            "SELECT COALESCE(SUM(CASE phase WHEN 'OPEN' THEN 1 ELSE 2 END), 0) FROM event WHERE title = ?";

    private final RunningCluster cluster;
    private final String title;
    private final Guest ella;

    CreationStory(RunningCluster cluster, String title, Site home) {
        this.cluster = cluster;
        this.title = title;
        this.ella = Guest.named("Ella", cluster, home);
    }

    @Override
    public void begin() {
        // The event itself is what is wanted.
    }

    @Override
    public Answer request() {
        return ella.create(title, 60);
    }

    @Override
    public String end(Optional<Answer> told) {
        var ending = CrashStory.everywhereOrNowhere(
                CrashStory.isPromise(told), site -> cluster.database(site).number(OPEN_OR_UNFINISHED, title));
        ella.creates(title + ", again", 60);
        return ending;
    }
}
