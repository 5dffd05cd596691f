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
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.event.EventId;
import tutti.journal.Remembered;
import tutti.journal.ReplicaJournal;
import tutti.journal.StorageUnavailable;
import tutti.replica.Countdown;

/**
 * Ends voting periods on time: one EJB timer for each open ballot of which this site is the master. The deadline itself is a
 * row; timers are made again from the rows at start-up, and a restart does not move them. Should the instance die, the sweep
 * of another one finds the deadline in the database.
 */
@Startup
@Singleton
@DependsOn({"Migrations", "SiteStart"})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class VotingDeadline {

    private static final Logger LOG = Logger.getLogger(VotingDeadline.class.getName());

    @Resource
    private TimerService timers;

    @Inject
    private ReplicaJournal journal;

    @Inject
    private ErrandRunner errands;

    /** The ballot for which each event has a timer here. */
    private final Map<EventId, Integer> armed = new ConcurrentHashMap<>();

    /** What a timer carries; it does nothing for another ballot than its own. */
    record Due(String event, int ballot) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @PostConstruct
    void armAgain() {
        try {
            journal.openBallots().keySet().forEach(event -> journal.look(event)
                    .flatMap(looked -> looked.replica().countdown(looked.now()))
                    .ifPresent(countdown -> arm(event, countdown)));
        } catch (StorageUnavailable e) {
            LOG.log(Level.WARNING, "TUTTI013 ballots could not be read at the start; the sweep will end them", e);
        }
    }

    public void onRemembered(@Observes Remembered remembered) {
        remembered
                .countdown()
                .ifPresentOrElse(
                        countdown -> arm(remembered.event(), countdown), () -> armed.remove(remembered.event()));
    }

    private void arm(EventId event, Countdown countdown) {
        var before = armed.put(event, countdown.ballot());
        if (before == null || before != countdown.ballot()) {
            var due = new Due(event.value(), countdown.ballot());
            timers.createSingleActionTimer(countdown.left().toMillis() + 1, new TimerConfig(due, false));
        }
    }

    @Timeout
    void ring(Timer timer) {
        var due = (Due) timer.getInfo();
        var event = new EventId(due.event());
        if (Integer.valueOf(due.ballot()).equals(armed.get(event))) {
            LOG.info(() -> "TUTTI014 deadline event=" + event + " ballot=" + due.ballot());
            errands.deadline(event, due.ballot());
        }
    }
}
