package tutti.site;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.commit.SiteName;
import tutti.journal.ReplicaJournal;
import tutti.journal.StorageUnavailable;

/**
 * Looks twice a second for events on which something is due: an outcome that a peer has not acknowledged, a hold in doubt,
 * a photo that waits, a ballot past its deadline. After a restart everything that is owed is due at once, so recovery and
 * ordinary retries are the same path.
 *
 * <p>No EJB timer drives it: those wait for a time of day, and when the clock is put back by five minutes, they rest for five
 * minutes. An executor waits by the stopwatch.
 */
@Startup
@Singleton
@DependsOn({"Migrations", "SiteStart", "Rebuild"})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Sweep {

    private static final Logger LOG = Logger.getLogger(Sweep.class.getName());
    private static final long EVERY_MILLIS = 500;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    ReplicaJournal journal;

    @Inject
    ErrandRunner errands;

    @Inject
    Patience patience;

    @Inject
    Shredder shredder;

    @Inject
    private PeerStates peers;

    @Inject
    private PeerLine line;

    @Inject
    private Together together;

    @Inject
    Standing standing;

    @Inject
    private SiteConfig config;

    private final Set<SiteName> pinged = ConcurrentHashMap.newKeySet();
    private ScheduledFuture<?> sweeps;
    private boolean started;

    /** Called when this site can be asked: what it would try before, while it still starts, would only slow that down. */
    public void begin() {
        sweeps = executor.scheduleWithFixedDelay(this::sweep, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        if (sweeps != null) {
            sweeps.cancel(false);
        }
    }

    /** One at a time, however long it waits for the database. */
    void sweep() {
        try {
            if (!started) {
                journal.hasten();
                shredder.goOn();
                started = true;
            }
            if (!standing.isIntroduced()) {
                introduce();
            }
            if (!standing.serves()) {
                return;
            }
            // What cannot be taken on now stays due.
            journal.claimDue(errands.roomForRetries()).forEach(errands::tick);
            peers.silent().stream().filter(pinged::add).forEach(this::ping);
        } catch (StorageUnavailable e) {
            LOG.log(Level.FINE, "the sweep waits for the database", e);
        } catch (RuntimeException e) {
            // The executor does not repeat what has failed, and nothing owed would ever be told again.
            LOG.log(Level.SEVERE, "TUTTI022 a sweep failed; the next one follows", e);
        }
    }

    /** Before users come: a peer may know another database of this site. */
    private void introduce() {
        together.ask(config.peers(), peer -> {
            line.ping(peer);
            return peer;
        });
        standing.introduced();
    }

    private void ping(SiteName peer) {
        together.later("ping of " + peer, () -> {
            try {
                line.ping(peer);
            } finally {
                pinged.remove(peer);
            }
        });
    }

    /** What a peer has missed is told as soon as it answers again, not after the pause that had grown meanwhile. */
    public void onBack(@ObservesAsync PeerStates.Back back) {
        LOG.info(() -> "TUTTI012 peer=" + back.peer() + " answers again");
        patience.isOver();
        journal.hasten();
    }
}
