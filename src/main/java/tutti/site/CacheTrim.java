package tutti.site;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.pictures.Derived;

/** Keeps the folder of tiles and montages within bounds: what was not looked at for longest goes, and is made again. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CacheTrim {

    private static final Logger LOG = Logger.getLogger(CacheTrim.class.getName());

    @Inject
    private Derived derived;

    @Inject
    private SiteConfig config;

    @Schedule(hour = "*", minute = "17", persistent = false)
    void trim() {
        try {
            derived.trim(config.limits().cacheBytesMax());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "TUTTI042 the cache could not be trimmed", e);
        }
    }
}
