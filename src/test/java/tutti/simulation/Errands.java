package tutti.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import tutti.ballot.BallotReport;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.replica.Errand;
import tutti.replica.EventReplica;
import tutti.replica.Proposed;
import tutti.replica.Upload;
import tutti.site.Patience;

/** Runs what a site owes to others. */
final class Errands {

    private final World world;
    private final Site site;
    private final SortedSet<String> preparing = new TreeSet<>();
    private final Patience patience;

    Errands(World world, Site site) {
        this.world = world;
        this.site = site;
        patience = new Patience(
                Duration.ofMillis(Site.PAUSE_MIN),
                () -> Duration.ofMillis(world.pauseMax()),
                () -> Duration.ofMillis(world.agenda().now()).toNanos());
    }

    /** Another site may be back, or this one is; where there are nights they would be long if that counted. */
    void hasten() {
        if (!world.hasNights()) {
            patience.isOver();
        }
    }

    void run(Errand errand) {
        if (errand instanceof Errand.Prepare prepare) {
            prepare(prepare);
        } else if (errand instanceof Errand.Tell tell) {
            tell(tell);
        } else if (errand instanceof Errand.Ask ask) {
            ask(ask.id());
        } else if (errand instanceof Errand.Report report) {
            report(report);
        } else if (errand instanceof Errand.Announce announce) {
            announce(announce);
        } else if (errand instanceof Errand.CollectLastReports collect) {
            collect(collect);
        } else if (!patience.allows(errand.debt())) {
            world.count(RarePath.ATTEMPT_HELD_BACK);
        } else if (errand instanceof Errand.TryPhoto photo) {
            Optional.ofNullable(site.disk().uploads().get(photo.photo())).ifPresent(this::tryPhoto);
        } else if (errand instanceof Errand.TryCreation) {
            tryTo(errand, "create", RarePath.CREATION_TRIED_AGAIN, replica -> replica.tryCreation(site.now()));
        } else if (errand instanceof Errand.TryTakeDown) {
            tryTo(errand, "take down", RarePath.TAKE_DOWN_TRIED_AGAIN, replica -> replica.tryTakeDown(site.now()));
        } else if (errand instanceof Errand.TryErasure erasure) {
            tryTo(
                    errand,
                    "erase " + erasure.contributor(),
                    RarePath.ERASURE_BEGUN,
                    replica -> replica.tryErasure(erasure.contributor(), site.now()));
        } else if (errand instanceof Errand.TryRemoval removal) {
            tryTo(
                    errand,
                    "remove " + removal.photo(),
                    RarePath.REMOVED_FOR_ERASURE,
                    replica -> replica.remove(removal.photo(), removal.by(), site.now()) instanceof Proposed.Begun begun
                            ? Optional.of(begun.id())
                            : Optional.empty());
        }
    }

    private void prepare(Errand.Prepare prepare) {
        var asking = prepare.id() + " in life " + site.life();
        var until = site.now().plus(site.settings().preparingTime());
        if (site.isOldThread()) { // of whose asking the next life knows nothing
            prepare(prepare, prepare.peers(), new TreeMap<>(), until, () -> {});
        } else if (preparing.add(asking)) { // else whoever is asking already has leased the event
            prepare(prepare, prepare.peers(), new TreeMap<>(), until, () -> preparing.remove(asking));
        }
    }

    /** Asks until everybody has said yes, somebody has said no, or the preparing time is over. */
    private void prepare(
            Errand.Prepare prepare,
            SortedSet<SiteName> open,
            SortedMap<SiteName, Vote> votes,
            Instant until,
            Runnable done) {
        var id = prepare.id();
        world.network().askAll(site, open, peer -> world.door(peer).onPrepare(id, prepare.change()), answers -> {
            votes.putAll(answers);
            votes.values().removeIf(Vote.CannotSay.class::isInstance);
            SortedSet<SiteName> silent = new TreeSet<>(prepare.peers());
            silent.removeAll(votes.keySet());
            var refused = votes.values().stream().anyMatch(Vote.No.class::isInstance);
            if (silent.isEmpty() || refused || !site.now().isBefore(until)) {
                done.run();
                site.step("votes " + id + " " + votes, Named.of(id, world.event()), replica -> {
                    replica.onVotes(id, votes, site.now());
                    return site.transaction(id).map(own -> own.promise());
                });
            } else {
                var pause = world.chance().between(50, 500);
                world.agenda().in(pause, site.ifAlive(() -> prepare(prepare, silent, votes, until, done)));
            }
        });
    }

    private void tell(Errand.Tell tell) {
        var id = tell.decision().id();
        world.network().askAll(site, tell.peers(), peer -> world.door(peer).onDecision(tell.decision()), answers -> {
            answers.values().removeIf(adopted -> !adopted);
            if (!answers.isEmpty()) {
                site.step("acknowledged " + id + " " + answers.keySet(), Named.of(id, world.event()), replica -> {
                    replica.onAcknowledged(id, new TreeSet<>(answers.keySet()));
                    return "";
                });
            }
        });
    }

    private void ask(TransactionId id) {
        var asked = site.databaseOf(id.coordinator());
        world.network().ask(site, id.coordinator(), peer -> world.door(peer).onQuestion(id), answer -> {
            if (answer.isEmpty()) {
                askOthers(id);
            } else if (isStill(asked, id.coordinator())) {
                answer.get().ifPresent(decision -> learn(decision, EventReplica::onDecision));
            }
        });
    }

    /** A coordinator's word counts only if it has not lost its disk since it was asked: it may decide otherwise then. */
    private boolean isStill(int asked, SiteName peer) {
        var still = site.databaseOf(peer) == asked;
        world.countIf(!still, RarePath.OLD_ANSWER_UNHEARD);
        return still;
    }

    private void askOthers(TransactionId id) {
        var others = new TreeSet<>(site.peers());
        others.remove(id.coordinator());
        world.network()
                .askAll(site, others, peer -> world.door(peer).onQuestion(id), answers -> answers.values().stream()
                        .flatMap(Optional::stream)
                        .findFirst()
                        .ifPresent(decision -> {
                            var news = site.transaction(id)
                                    .filter(one -> one.isHold())
                                    .isPresent();
                            world.countIf(news, RarePath.OUTCOME_LEARNT_FROM_PEER);
                            world.countIf(
                                    news && decision.outcome() == Outcome.COMMITTED, RarePath.COMMIT_LEARNT_FROM_PEER);
                            learn(decision, EventReplica::onLearnt);
                        }));
    }

    private void learn(Decision decision, Lesson lesson) {
        site.step("learns " + decision, Named.of(decision.id(), world.event()), replica -> {
            lesson.take(replica, decision, site.now());
            return "";
        });
    }

    /** Who has told a decision makes a difference to what is remembered of it. */
    private interface Lesson {
        void take(EventReplica replica, Decision decision, Instant now);
    }

    private void report(Errand.Report errand) {
        var report = errand.report();
        var asked = site.databaseOf(errand.master());
        world.network()
                .ask(site, errand.master(), master -> world.door(master).onReport(report), answer -> answer.filter(
                                news -> isStill(asked, errand.master()))
                        .ifPresent(news -> site.step(
                                "reported " + report.number() + " " + news, Named.of(report, news), replica -> {
                                    world.countIf(
                                            report.number() < replica.event().lastEnded(),
                                            RarePath.ANSWER_AFTER_NEXT_BALLOT);
                                    replica.onReported(report, news, site.now());
                                    return "";
                                })));
    }

    private void announce(Errand.Announce errand) {
        var opened = errand.opened();
        world.network().askAll(site, errand.peers(), peer -> world.door(peer).onOpened(opened), answers -> {
            answers.values().removeIf(understood -> !understood);
            site.step(
                    "announced " + opened.number() + " " + answers.keySet(), Named.ballot(opened.number()), replica -> {
                        replica.onAnnounced(opened.number(), new TreeSet<>(answers.keySet()));
                        return "";
                    });
        });
    }

    private void collect(Errand.CollectLastReports errand) {
        var ballot = errand.ballot();
        world.network().askAll(site, errand.peers(), peer -> world.door(peer).reportOf(ballot), answers -> {
            var silent = new TreeSet<>(errand.peers());
            silent.removeAll(answers.keySet());
            site.step("last reports " + ballot + ", silent " + silent, Named.ballot(ballot), replica -> {
                answers.values().stream()
                        .flatMap(Optional::stream)
                        .forEach(report -> replica.onReport(report, site.now()));
                replica.onLastReports(ballot, silent, site.now());
                return "";
            });
        });
    }

    private void tryPhoto(Upload upload) {
        var photo = upload.photo();
        world.network().distribute(site, photo.picture().sha256(), missing -> {
            site.step("tries " + photo.id() + ", missing " + missing, Named.NOTHING, replica -> {
                if (!missing.isEmpty()) {
                    replica.onStillWaiting(photo.id(), missing);
                    return "";
                }
                var proposed = replica.proposeAgain(photo.id(), site.now());
                if (proposed.filter(Proposed.Begun.class::isInstance).isPresent()) {
                    patience.tried(new Errand.TryPhoto(photo.id()).debt());
                }
                return proposed;
            });
        });
    }

    private void tryTo(
            Errand errand, String what, RarePath path, Function<EventReplica, Optional<TransactionId>> attempt) {
        world.network().askAll(site, site.peers(), peer -> world.door(peer).ping(), answers -> {
            if (answers.keySet().equals(site.peers())) {
                var begun = site.step("tries to " + what, Named.NOTHING, attempt);
                world.countIf(begun.isPresent(), path);
                begun.ifPresent(id -> patience.tried(errand.debt()));
            }
        });
    }

    /** What a site does before it refuses a vote in a ballot that it has not heard of. */
    void askMasterAbout(int ballot) {
        var details = site.disk().event().details();
        if (details.isPresent() && !details.get().master().equals(site.name())) {
            var digest = site.disk().version().digest();
            var question =
                    new BallotReport(ballot, digest, Duration.ZERO, new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
            report(new Errand.Report(details.get().master(), question));
        }
    }
}
