package tutti.site;

import jakarta.annotation.PostConstruct;
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
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tutti.commit.SiteName;
import tutti.event.Change.AddPhoto;
import tutti.event.EventId;
import tutti.journal.Focus;
import tutti.journal.Incarnations;
import tutti.journal.ReplicaJournal;
import tutti.journal.StorageUnavailable;
import tutti.journal.ThisDatabase;
import tutti.photo.Sha256;
import tutti.pictures.PhotoFiles;
import tutti.replica.Testimony;

/**
 * Makes a site that has lost its disk again from its peers: event by event, first the photos' bytes, then the rows that name
 * them. That it is at it, and how far it has come, is in its own database, so it may die at any moment and goes on. All peers
 * have to be there: what one of them alone knows decides.
 */
@Startup
@Singleton
@DependsOn({"Migrations", "SiteStart"})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Rebuild {

    private static final Logger LOG = Logger.getLogger(Rebuild.class.getName());
    private static final long EVERY_MILLIS = 1_000;
    private static final int EVENTS_A_PAGE = 100;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private Incarnations incarnations;

    @Inject
    private ReplicaJournal journal;

    @Inject
    private PeerLine line;

    @Inject
    private Together together;

    @Inject
    private PhotoFiles files;

    @Inject
    private Housekeeping housekeeping;

    @Inject
    private SiteConfig config;

    @Inject
    @ConfigProperty(name = "tutti.rebuild", defaultValue = "false")
    private boolean wanted;

    private final AtomicInteger broughtBack = new AtomicInteger();
    private ScheduledFuture<?> rebuild;
    private boolean waiting;

    @PostConstruct
    void begin() {
        if (incarnations.own().state() == ThisDatabase.State.RESTORED) {
            incarnations.rebuildRestored();
        } else if (wanted && incarnations.own().serves()) {
            incarnations.rebuildIfEmpty();
        }
        goOnIfBegun();
    }

    /** Makes this site again if its database is empty. @return whether it does, or has been at it already */
    public synchronized boolean beginIfEmpty() {
        if (incarnations.reread().serves()) {
            incarnations.rebuildIfEmpty();
        }
        return rebuild != null || goOnIfBegun();
    }

    /** How many events this instance has brought back so far; empty while it does not. */
    public Optional<Integer> eventsSoFar() {
        return incarnations.own().serves() ? Optional.empty() : Optional.of(broughtBack.get());
    }

    private boolean goOnIfBegun() {
        if (incarnations.own().serves()) {
            return false;
        }
        LOG.info(() -> "TUTTI060 this site is being made again from " + config.peers());
        rebuild = executor.scheduleWithFixedDelay(this::goOn, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return true;
    }

    @PreDestroy
    void stop() {
        if (rebuild != null) {
            rebuild.cancel(false);
        }
    }

    /** Until it is done or something disturbs it; then again, soon. */
    private void goOn() {
        try {
            if (incarnations.reread().serves()) {
                stop(); // perhaps through another instance of this site
                return;
            }
            fromAll(line::announceLoss).values().forEach(incarnations::learn);
            waiting = false;
            for (var page = nextPage(); !page.isEmpty(); page = nextPage()) {
                page.forEach(event -> {
                    bringBack(event);
                    broughtBack.incrementAndGet();
                });
                var last = page.last();
                incarnations.rebuiltTo(last);
                LOG.info(() -> "TUTTI061 events up to " + last + " are here again");
            }
            housekeeping.removeAllUnnamed();
            incarnations.serve();
            journal.hasten();
            LOG.info("TUTTI063 this site is made again, and serves");
        } catch (PeerMissing e) {
            if (!waiting) {
                waiting = true;
                LOG.log(Level.WARNING, "TUTTI064 the rebuild waits for {0}", e.getMessage());
            }
        } catch (StorageUnavailable e) {
            LOG.log(Level.FINE, "the rebuild waits for the database", e);
        } catch (IOException | RuntimeException e) {
            // Nothing that throws is scheduled again, and the site would never come back.
            LOG.log(Level.SEVERE, "TUTTI022 the rebuild failed; it is tried again", e);
        }
    }

    /** The next events that any peer knows, in the order of their ids; a full page of one peer ends that of all. */
    private SortedSet<EventId> nextPage() {
        var after = incarnations.reread().rebuiltTo();
        var pages = fromAll(peer -> line.events(peer, after, EVENTS_A_PAGE)).values();
        SortedSet<EventId> all = pages.stream().flatMap(List::stream).collect(Collectors.toCollection(TreeSet::new));
        return pages.stream()
                .filter(page -> page.size() == EVENTS_A_PAGE)
                .map(page -> page.get(EVENTS_A_PAGE - 1))
                .min(EventId::compareTo)
                .map(last -> {
                    var until = new TreeSet<>(all.headSet(last));
                    until.add(last);
                    return (SortedSet<EventId>) until;
                })
                .orElse(all);
    }

    private void bringBack(EventId event) {
        var testimonies = fromAll(peer -> line.testimony(peer, event));
        if (testimonies.values().stream().allMatch(Rebuild::isNothing)) {
            return;
        }
        // Nobody keeps the bytes of a photo that was removed or erased.
        var removed = Testimony.removed(testimonies.values());
        var erased = Testimony.erased(testimonies.values());
        testimonies.values().stream()
                .flatMap(testimony -> testimony.facts().stream())
                .filter(fact -> !fact.promise().isAborted() && !removed.contains(fact.id()))
                .flatMap(fact -> fact.change().stream())
                .filter(AddPhoto.class::isInstance)
                .map(change -> ((AddPhoto) change).photo())
                .filter(photo -> !erased.contains(photo.contributor()))
                .map(photo -> photo.picture().sha256())
                .distinct()
                .forEach(this::bringBack);
        journal.update(event, Focus.onEverything(), (replica, now) -> {
            replica.adopt(testimonies, now);
            return event;
        });
    }

    private static boolean isNothing(Testimony testimony) {
        return testimony.lastEnded() == 0 && testimony.facts().isEmpty();
    }

    private void bringBack(Sha256 bytes) {
        try {
            if (files.isSound(bytes.hex()) && files.keepOn(bytes.hex())) {
                return;
            }
            files.delete(bytes.hex());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (var peer : config.peers()) {
            try {
                line.fetchBytes(peer, bytes);
                return;
            } catch (PeerUnavailable e) {
                LOG.log(Level.FINE, "{0} does not give {1}", new Object[] {peer, bytes});
            }
        }
        throw new PeerMissing("any site with the bytes " + bytes);
    }

    private <T> SortedMap<SiteName, T> fromAll(Function<SiteName, T> call) {
        var answers = together.ask(config.peers(), call);
        Collection<SiteName> silent = new TreeSet<>(config.peers());
        silent.removeAll(answers.keySet());
        if (!silent.isEmpty()) {
            throw new PeerMissing(silent.toString());
        }
        return answers;
    }

    /** Somebody without whom it does not go on; it is tried again soon. */
    private static final class PeerMissing extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private PeerMissing(String who) {
            super(who);
        }
    }
}
