package tutti.site;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.pictures.PhotoFiles;

/** Refuses to start a site whose configuration is wrong, instead of failing at the first request. */
@Startup
@Singleton
public class SiteStart {
    private static final Logger LOG = Logger.getLogger(SiteStart.class.getName());

    @Inject
    SiteConfig config;

    @Inject
    Together together;

    @Inject
    PhotoFiles files;

    @PostConstruct
    void check() {
        make(config.photosDir());
        make(config.cacheDir());
        together.later("measuring the photos", files::measure);
        LOG.info(() -> "TUTTI000 site " + config.self() + " of " + config.sites() + " at " + config.url(config.self()));
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            LOG.log(Level.SEVERE, "TUTTI001 The folder {0} cannot be made: {1}", new Object[] {folder, e});
            throw new UncheckedIOException(e);
        }
    }
}
