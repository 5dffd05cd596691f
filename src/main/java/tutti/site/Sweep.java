package tutti.site;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.commit.SiteName;
import tutti.journal.ReplicaJournal;
import tutti.journal.StorageUnavailable;

/**
 * Looks twice a second for events on which something is due: an outcome that a peer has not acknowledged, a hold in doubt,
 * a photo that waits, a ballot past its deadline. After a restart everything that is owed is due at once, so recovery and
 * ordinary retries are the same path.
 */
@Startup
@Singleton
@DependsOn({"Migrations", "SiteStart", "Rebuild"})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Sweep {

    private static final Logger LOG = Logger.getLogger(Sweep.class.getName());
    private static final long EVERY_MILLIS = 500;
    private static final int EVENTS_AT_ONCE = 50;

    @Resource
    private TimerService timers;

    @Inject
    ReplicaJournal journal;

    @Inject
    private ErrandRunner errands;

    @Inject
    private PeerStates peers;

    @Inject
    private PeerLine line;

    @Inject
    private Together together;

    @Inject
    private Standing standing;

    @Inject
    private SiteConfig config;

    private final Set<SiteName> pinged = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final AtomicBoolean started = new AtomicBoolean();

    @PostConstruct
    void start() {
        timers.createIntervalTimer(EVERY_MILLIS, EVERY_MILLIS, new TimerConfig("sweep", false));
    }

    @Timeout
    void sweep(Timer timer) {
        if (!sweeping.compareAndSet(false, true)) {
            return; // the one before is still at it, perhaps waiting for the database
        }
        try {
            if (!started.get()) {
                journal.hasten();
                together.later("introduction to all peers", this::introduce);
                started.set(true);
            }
            if (!standing.serves()) {
                return;
            }
            journal.claimDue(EVENTS_AT_ONCE)
                    .forEach(event -> together.later("sweep of event " + event, () -> errands.tick(event)));
            peers.silent().stream().filter(pinged::add).forEach(this::ping);
        } catch (StorageUnavailable e) {
            LOG.log(Level.FINE, "the sweep waits for the database", e);
        } catch (RuntimeException e) {
            // The container ends a timer that fails twice in a row, and nothing owed would ever be told again.
            LOG.log(Level.SEVERE, "TUTTI022 a sweep failed; the next one follows", e);
        } finally {
            sweeping.set(false);
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
        journal.hasten();
    }
}
