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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.event.EventId;
import tutti.photo.ContributorId;

/**
 * Asks the other sites every few seconds who is looking at the events that somebody is looking at here: one small message to
 * each peer that answers, whatever the number of events, and none while nobody looks.
 */
@Startup
@Singleton
@DependsOn({"Migrations", "SiteStart", "Rebuild"})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PresenceRound {

    private static final Logger LOG = Logger.getLogger(PresenceRound.class.getName());
    private static final long EVERY_SECONDS = 5;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private Watchers watchers;

    @Inject
    private Presence presence;

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

    private ScheduledFuture<?> rounds;

    @PostConstruct
    void start() {
        rounds = executor.scheduleWithFixedDelay(this::round, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        rounds.cancel(false);
    }

    void round() {
        try {
            var events = watchers.events();
            if (standing.serves() && !events.isEmpty()) {
                presence.heard(ask(events)).forEach(watchers::lookAgain);
            }
        } catch (RuntimeException e) {
            // The executor does not repeat what has failed.
            LOG.log(Level.WARNING, "TUTTI023 a round of who is here failed; the next one follows", e);
        }
    }

    private Map<EventId, Set<ContributorId>> ask(Set<EventId> events) {
        var silent = peers.silent();
        var asked =
                config.peers().stream().filter(peer -> !silent.contains(peer)).toList();
        var elsewhere = new TreeMap<EventId, Set<ContributorId>>();
        events.forEach(event -> elsewhere.put(event, new TreeSet<>()));
        together.ask(asked, peer -> line.present(peer, events))
                .values()
                .forEach(said -> said.forEach((event, who) -> {
                    if (elsewhere.containsKey(event)) {
                        elsewhere.get(event).addAll(who);
                    }
                }));
        return elsewhere;
    }
}
