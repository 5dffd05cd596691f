package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import tutti.ballot.BallotReport;
import tutti.commit.Decision;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change.PublishMontage;
import tutti.event.EventId;
import tutti.journal.Focus;
import tutti.journal.Incarnations;
import tutti.journal.Remembered;
import tutti.journal.ReplicaJournal;
import tutti.journal.Saved;
import tutti.journal.Step;
import tutti.replica.BallotNews;
import tutti.replica.Errand;
import tutti.replica.EventReplica;
import tutti.replica.Transaction;

/**
 * Runs what a site owes to others, and remembers what came of it: the one class that uses both the journal and the line to
 * the peers. It holds no database transaction while it calls, and keeps nothing: what fails here is still owed, and comes
 * again with the next sweep.
 */
@ApplicationScoped
public class ErrandRunner {

    private static final Logger LOG = Logger.getLogger(ErrandRunner.class.getName());

    /** What waits longer is better claimed by a sweep to come, perhaps of another instance. */
    private static final int RETRIES_MOST = 32;

    @Inject
    private ReplicaJournal journal;

    @Inject
    private Incarnations incarnations;

    @Inject
    private PeerLine line;

    @Inject
    private Together together;

    @Inject
    private Decisions decisions;

    @Inject
    private SiteConfig config;

    @Inject
    private PhotoDesk photos;

    @Inject
    private Patience patience;

    /** What is tried again now or soon, so that a slow peer, or a slow site, does not get the same again on top. */
    private final Set<String> retries = ConcurrentHashMap.newKeySet();

    /**
     * Something new is on disk: now it may be told. Where a publication begins, a courtesy would only stand in its way at each
     * peer, under the lock of the same row; the sweep pays it, should the publication take that long.
     */
    void onRemembered(@Observes Remembered remembered) {
        var publishes = remembered.fresh().stream().anyMatch(ErrandRunner::isPublication);
        remembered.fresh().stream()
                .filter(errand -> errand.owed() || !publishes)
                .forEach(errand -> {
                    if (errand instanceof Errand.Prepare prepare && !isPublication(prepare)) {
                        decisions.begun(prepare.id());
                    }
                    start(remembered.event(), errand);
                });
    }

    private static boolean isPublication(Errand errand) {
        return errand instanceof Errand.Prepare prepare && prepare.change() instanceof PublishMontage;
    }

    /** Does what time has made due on an event, and all that it owes, in their turn. */
    void tick(EventId event) {
        inTurn("sweep of event " + event, () -> runAll(event, Focus.live(), 0));
    }

    /** The timer of a ballot has run out. */
    void deadline(EventId event, int ballot) {
        runAll(event, Focus.on(ballot), ballot);
    }

    private void runAll(EventId event, Focus focus, int ballotOver) {
        var saved = journal.update(event, focus, (replica, now) -> {
            if (ballotOver > 0) {
                replica.onDeadline(ballotOver, now);
            } else {
                replica.onTick(now);
            }
            return replica.errands(now);
        });
        var started = saved.news().fresh().stream().map(Errand::debt).collect(Collectors.toSet());
        saved.answer().stream()
                .filter(errand -> !started.contains(errand.debt()))
                .forEach(errand -> inTurn(errand.debt() + " of event " + event, () -> run(event, errand)));
    }

    private void inTurn(String retry, Runnable work) {
        if (retries.add(retry)) {
            together.inTurn(retry, () -> {
                try {
                    work.run();
                } finally {
                    retries.remove(retry);
                }
            });
        }
    }

    /** For how many more events there is room among what waits to be tried again. */
    int roomForRetries() {
        return Math.max(0, RETRIES_MOST - retries.size());
    }

    private void start(EventId event, Errand errand) {
        together.later(errand.debt() + " of event " + event, () -> run(event, errand));
    }

    private void run(EventId event, Errand errand) {
        if (errand instanceof Errand.Prepare prepare) {
            prepare(event, prepare);
        } else if (errand instanceof Errand.Tell tell) {
            tell(event, tell);
        } else if (errand instanceof Errand.Ask ask) {
            ask(event, ask.id());
        } else if (errand instanceof Errand.Report report) {
            report(event, report.master(), report.report());
        } else if (errand instanceof Errand.Announce announce) {
            announce(event, announce);
        } else if (errand instanceof Errand.CollectLastReports collect) {
            collect(event, collect);
        } else if (errand instanceof Errand.TryPhoto tryPhoto) {
            attempt(event, errand, () -> photos.tryAgain(event, tryPhoto.photo()));
        } else if (errand instanceof Errand.TryTakeDown) {
            attempt(event, errand, () -> begin(event, EventReplica::tryTakeDown));
        } else if (errand instanceof Errand.TryRemoval removal) {
            attempt(
                    event,
                    errand,
                    () -> begin(event, (replica, now) -> replica.remove(removal.photo(), removal.by(), now)));
        } else if (errand instanceof Errand.TryErasure erasure) {
            attempt(
                    event,
                    errand,
                    () -> begin(event, (replica, now) -> replica.tryErasure(erasure.contributor(), now)));
        } else {
            attempt(event, errand, () -> begin(event, EventReplica::tryCreation));
        }
    }

    /** @param begun makes one attempt, and says whether it has begun a transaction */
    private void attempt(EventId event, Errand errand, BooleanSupplier begun) {
        var what = errand.debt() + " of event " + event;
        if (patience.allows(what) && begun.getAsBoolean()) {
            patience.tried(what);
        }
    }

    /** Asks until everybody has said yes, somebody has said no, or the preparing time is over. */
    private void prepare(EventId event, Errand.Prepare prepare) {
        var until = System.nanoTime() + config.times().preparingTime().toNanos();
        var votes = new TreeMap<SiteName, Vote>();
        SortedSet<SiteName> open = new TreeSet<>(prepare.peers());
        while (true) {
            votes.putAll(together.ask(open, peer -> line.prepare(peer, event, prepare.id(), prepare.change())));
            votes.values().removeIf(Vote.CannotSay.class::isInstance);
            open.removeAll(votes.keySet());
            var refused = votes.values().stream().anyMatch(Vote.No.class::isInstance);
            var late = System.nanoTime() - until >= 0;
            if (open.isEmpty() || refused || late) {
                decide(event, prepare.id(), votes);
                return;
            }
            pause();
            if (isDecided(event, prepare.id())) {
                return; // by its owner, who took it back, or by a sweep
            }
        }
    }

    private void decide(EventId event, TransactionId id, TreeMap<SiteName, Vote> votes) {
        var decided = journal.update(event, Focus.on(id, event), (replica, now) -> {
            replica.onVotes(id, votes, now);
            return Optional.ofNullable(replica.transactions().get(id)).flatMap(Transaction::decision);
        });
        decided.answer().ifPresent(decision -> {
            LOG.info(() -> "TUTTI010 decided transaction=" + id + " event=" + event + " outcome=" + decision.outcome()
                    + decision.reason().map(why -> " reason=" + why.code()).orElse(""));
            decisions.decided(decision);
        });
    }

    private boolean isDecided(EventId event, TransactionId id) {
        return journal.look(event)
                .map(looked -> looked.replica().transactions().get(id))
                .filter(own -> own.isRunningHere())
                .isEmpty();
    }

    private void tell(EventId event, Errand.Tell tell) {
        var acknowledged = together.ask(tell.peers(), peer -> line.tell(peer, event, tell.decision()));
        acknowledged.values().removeIf(adopted -> !adopted);
        if (!acknowledged.isEmpty()) {
            var id = tell.decision().id();
            journal.update(event, Focus.on(id, event), (replica, now) -> {
                replica.onAcknowledged(id, new TreeSet<>(acknowledged.keySet()));
                return acknowledged.size();
            });
        }
    }

    /**
     * Asks how a transaction was decided: the coordinator first; where it is out of reach, whoever else may know, or can rule a
     * commit out.
     *
     * @return whether the coordinator answered
     */
    boolean ask(EventId event, TransactionId id) {
        var asked = incarnations.of(id.coordinator());
        Optional<Decision> said;
        try {
            said = line.ask(id.coordinator(), event, id);
        } catch (PeerUnavailable e) {
            askOthers(event, id);
            return false;
        }
        var focus = saidBy(id.coordinator(), asked, Focus.on(id, event));
        said.ifPresent(decision -> learn(event, decision, focus, EventReplica::onDecision));
        return true;
    }

    private void askOthers(EventId event, TransactionId id) {
        var others = new TreeSet<>(config.peers());
        others.remove(id.coordinator());
        together.ask(others, peer -> line.ask(peer, event, id)).values().stream()
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(decision -> learn(event, decision, Focus.on(id, event), EventReplica::onLearnt));
    }

    /** A coordinator's word counts only if it has not lost its disk since it was asked: it may decide otherwise then. */
    private static Focus saidBy(SiteName peer, Optional<String> asked, Focus focus) {
        return asked.map(incarnation -> focus.saidBy(peer, incarnation)).orElse(focus);
    }

    private void learn(EventId event, Decision decision, Focus focus, Lesson lesson) {
        var id = decision.id();
        LOG.info(() -> "TUTTI011 learnt transaction=" + id + " event=" + event + " outcome=" + decision.outcome());
        journal.update(event, focus, (replica, now) -> {
            lesson.take(replica, decision, now);
            return id;
        });
    }

    /** Who has told a decision makes a difference to what is remembered of it. */
    private interface Lesson {
        void take(EventReplica replica, Decision decision, Instant now);
    }

    /** Tells the master a view of a ballot, and takes in what it answers. */
    void report(EventId event, SiteName master, BallotReport report) {
        var asked = incarnations.of(master);
        var news = line.report(master, event, report);
        var focus = news instanceof BallotNews.Ended ended
                ? Focus.on(ended.decision().id(), event)
                : Focus.on(report.number());
        journal.update(event, saidBy(master, asked, focus), (replica, now) -> {
            replica.onReported(report, news, now);
            return news;
        });
    }

    private void announce(EventId event, Errand.Announce announce) {
        var understood = together.ask(announce.peers(), peer -> line.announce(peer, event, announce.opened()));
        understood.values().removeIf(yes -> !yes);
        if (announce.owed() && !understood.isEmpty()) {
            var ballot = announce.opened().number();
            journal.update(event, Focus.on(ballot), (replica, now) -> {
                replica.onAnnounced(ballot, new TreeSet<>(understood.keySet()));
                return ballot;
            });
        }
    }

    private void collect(EventId event, Errand.CollectLastReports collect) {
        var reports = together.ask(collect.peers(), peer -> line.lastReport(peer, event, collect.ballot()));
        var silent = new TreeSet<>(collect.peers());
        silent.removeAll(reports.keySet());
        journal.update(event, Focus.on(collect.ballot()), (replica, now) -> {
            reports.values().stream().flatMap(Optional::stream).forEach(report -> replica.onReport(report, now));
            replica.onLastReports(collect.ballot(), silent, now);
            return silent;
        });
    }

    /** An attempt at what every site has to agree to; where one is away, it would only hold up the others. */
    private boolean begin(EventId event, Step<?> attempt) {
        return photos.isEverybodyThere() && hasBegun(journal.update(event, Focus.live(), attempt));
    }

    /** Whether a step has begun a transaction. */
    static boolean hasBegun(Saved<?> saved) {
        return saved.news().fresh().stream().anyMatch(Errand.Prepare.class::isInstance);
    }

    /** A short while that is never quite the same; peers that are not ready yet mostly are soon. */
    static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(60, 240));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
