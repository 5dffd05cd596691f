package tutti.site;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.logging.Logger;

/** Refuses to start a site whose configuration is wrong, instead of failing at the first request. */
@Startup
@Singleton
public class SiteStart {
    private static final Logger LOG = Logger.getLogger(SiteStart.class.getName());

    @Inject
    SiteConfig config;

    @PostConstruct
    void check() throws IOException {
        Files.createDirectories(config.photosDir());
        Files.createDirectories(config.cacheDir());
        LOG.info(() -> "TUTTI000 site " + config.self() + " of " + config.sites() + " at " + config.url(config.self()));
    }
}
