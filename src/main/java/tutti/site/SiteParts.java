package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.TreeSet;
import tutti.journal.Pauses;
import tutti.montage.Frame;
import tutti.pictures.Derived;
import tutti.pictures.MontagePainter;
import tutti.pictures.PhotoFiles;
import tutti.pictures.PictureLimits;
import tutti.pictures.TileMaker;
import tutti.replica.ReplicaSettings;

/** Puts together, from the configuration, the parts that know no container. */
@ApplicationScoped
public class SiteParts {

    private static final int SIDE_MAX = 20_000;
    private static final int DECODES_AT_ONCE = 2;

    @Inject
    private SiteConfig config;

    @Produces
    @Singleton
    ReplicaSettings replicaSettings() {
        return new ReplicaSettings(
                config.self(),
                new TreeSet<>(config.peers()),
                config.times().preparingTime(),
                config.times().inDoubtAfter(),
                config.times().grace(),
                config.limits().photosPerEventMax(),
                config.limits().photosPerContributorMax());
    }

    @Produces
    @Singleton
    Patience patience() {
        return new Patience(config.times().pauseMin(), () -> config.times().pauseMax(), System::nanoTime);
    }

    @Produces
    @Singleton
    Pauses pauses() {
        return new Pauses(
                config.times().peerCallTimeout(),
                config.times().pauseMin(),
                config.times().pauseMax());
    }

    @Produces
    @Singleton
    PhotoFiles photoFiles() throws IOException {
        return new PhotoFiles(config.photosDir(), config.limits().room());
    }

    @Produces
    @Singleton
    TileMaker tileMaker() {
        return new TileMaker(new PictureLimits(config.limits().photoPixelsMax(), SIDE_MAX, DECODES_AT_ONCE));
    }

    @Produces
    @Singleton
    Derived derived(PhotoFiles photos, TileMaker tiles) throws IOException {
        return new Derived(config.cacheDir(), photos, tiles, new MontagePainter(Frame.standard(), 1));
    }
}
