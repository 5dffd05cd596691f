package tutti.replica;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import tutti.ballot.AbortReason;
import tutti.commit.Coordination;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.Reason;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.CreateEvent;
import tutti.event.Change.Erase;
import tutti.event.Change.PublishMontage;
import tutti.event.Change.RemovePhoto;
import tutti.event.Change.TakeDown;
import tutti.event.Phase;
import tutti.event.Refusal;

/**
 * Two-phase commit on one event at one site. As coordinator it begins, decides and collects; as participant it promises
 * and applies. All kinds of change go through the same methods; only their effects differ.
 */
final class Committing {

    /** What a peer may say to a photo long before this site would say it itself. */
    private static final Set<Refusal> NOT_SOON = EnumSet.of(Refusal.ERASED, Refusal.FROZEN);

    private final EventReplica replica;
    private final Forcing forcing;

    Committing(EventReplica replica, Forcing forcing) {
        this.replica = replica;
        this.forcing = forcing;
    }

    // Coordinator

    /**
     * Prepares at home what the rules have just said yes to. What fails at home fails before any message.
     *
     * @param deadline when it is aborted if it is still undecided
     */
    void begin(TransactionId id, Change change, Instant deadline, Instant now) {
        var coordination = Coordination.begin(
                replica.settings.peers(), deadline, replica.event().lastEnded());
        replica.put(Transaction.prepared(id, change, Optional.of(coordination), now));
        foresee(change);
    }

    void onVotes(TransactionId id, Map<SiteName, Vote> votes, Instant now) {
        var own = replica.transactions().get(id);
        if (own == null || !own.isRunningHere()) {
            return; // decided meanwhile, by a tick or by its owner
        }
        // Votes that were in hand while this site slept past the deadline come too late.
        settle(own, own.coordination().orElseThrow().onTick(now).onVotes(votes), now);
    }

    void onAcknowledged(TransactionId id, SortedSet<SiteName> by) {
        Optional.ofNullable(replica.transactions().get(id)).ifPresent(own -> own.coordination()
                .ifPresent(coordination -> replica.put(own.with(coordination.onAcknowledged(by)))));
    }

    /** Preparing time over, for this site's own transactions; a lost thread leaves one too. */
    void onTick(Instant now) {
        List.copyOf(replica.transactions().values()).stream()
                .filter(Transaction::isRunningHere)
                .forEach(own -> settle(own, own.coordination().orElseThrow().onTick(now), now));
    }

    /** Aborts this site's own transaction, unless it is decided. */
    void abort(Transaction own, Reason why, Instant now) {
        if (own.isRunningHere()) {
            settle(own, own.coordination().orElseThrow().abort(why), now);
        }
    }

    /** Records an abort of what this site coordinates but has never begun, so that the peers are told. */
    void abortUnbegun(TransactionId id, Change change, Reason why, Instant now) {
        var coordination = Coordination.begin(replica.settings.peers(), now, 0).abort(why);
        replica.put(Transaction.refused(id, change, why, now).with(coordination).closed(now));
    }

    /** One step for the decision and its effect: nobody may ever see the one without the other. */
    private void settle(Transaction own, Coordination next, Instant now) {
        if (next.isOpen()) {
            return;
        }
        var publication = own.change().filter(PublishMontage.class::isInstance).isPresent();
        var decision = new Decision(
                own.id(),
                next.decision().orElseThrow(),
                next.decision().orElseThrow() == Outcome.COMMITTED ? next.carried() : 0,
                publication ? next.reason().map(Committing::ofBallot) : next.reason());
        hear(own.with(next), decision, now);
    }

    /**
     * Why the ballot ends, when its publication is aborted. It was begun because all had accepted: unless the master says
     * otherwise, what stands against it is a site that could not go along in time.
     */
    private static Reason ofBallot(Reason why) {
        var reason = why.code().equals(PrepareRules.STOPPED)
                ? AbortReason.FROZEN
                : AbortReason.of(why.code()).orElse(AbortReason.SITE_UNAVAILABLE);
        return Reason.lasting(reason.code());
    }

    // Participant

    Vote onPrepare(TransactionId id, Change change, boolean bytesHere, Instant now) {
        var known = Optional.ofNullable(replica.transactions().get(id));
        var repeated = known.flatMap(
                before -> before.promise().repeatedVote(replica.event().lastEnded()));
        if (repeated.isPresent()) {
            return known.flatMap(Transaction::reason).<Vote>map(Vote.No::new).orElse(repeated.get());
        }
        if (change instanceof PublishMontage publish) {
            // Whoever publishes ballot n has seen all before it end.
            replica.endBallots(publish.ballot() - 1, now);
        }
        var vote = new PrepareRules(replica).judge(id, change, bytesHere);
        if (vote instanceof Vote.Yes) {
            replica.put(Transaction.prepared(id, change, Optional.empty(), now));
            foresee(change);
            if (change instanceof PublishMontage publish) {
                replica.freeze(publish.ballot(), publish.digest(), now);
            }
        } else if (vote instanceof Vote.No no) {
            replica.put(Transaction.refused(id, change, no.reason(), now));
            endBallotOf(id, Optional.empty(), now);
        }
        return vote;
    }

    /** Nobody has to wait for the others to hide a montage, or to let nothing more in of one who leaves; no abort undoes it. */
    private void foresee(Change change) {
        if (change instanceof TakeDown && replica.event().phase() == Phase.PUBLISHED) {
            replica.set(replica.event().in(Phase.TAKING_DOWN));
        } else if (change instanceof Erase erase) {
            replica.expectErasure(erase.contributor());
        }
    }

    boolean onDecision(Decision decision, Instant now) {
        hear(known(decision.id(), now), decision, now);
        return !replica.transactions().get(decision.id()).isHold();
    }

    void onLearnt(Decision decision, Instant now) {
        apply(known(decision.id(), now), decision, now);
    }

    private Transaction known(TransactionId id, Instant now) {
        return Optional.ofNullable(replica.transactions().get(id)).orElseGet(() -> Transaction.unheard(id, now));
    }

    Optional<Decision> onQuestion(TransactionId id, Instant now) {
        var known = replica.transactions().get(id);
        if (known == null && id.coordinator().equals(replica.self())) {
            return Optional.of(Decision.aborted(id)); // presumed abort: this site would remember anything else
        }
        var answered = (known == null ? Transaction.unheard(id, now) : known).ruledOutIfUnheard(now);
        if (known == null) {
            replica.put(answered);
            endBallotOf(id, Optional.empty(), now);
        }
        return answered.decision();
    }

    /** An outcome that this site has lost, and its peers tell or leave open to it alone. */
    void takeOver(Decision decision, Optional<Change> change, Optional<Coordination> coordination, Instant now) {
        replica.put(Transaction.takenOver(decision, change, coordination, now));
        if (decision.outcome() == Outcome.COMMITTED) {
            commit(change.orElseThrow(), decision.carried(), now);
        } else {
            endBallotOf(decision.id(), decision.reason().map(Reason::code).flatMap(AbortReason::of), now);
        }
    }

    // Effects

    /** The coordinator's own word: after it, no prepare comes but one that is under way already. */
    private void hear(Transaction known, Decision decision, Instant now) {
        apply(known, decision, now);
        replica.put(replica.transactions().get(decision.id()).closed(now));
    }

    private void apply(Transaction known, Decision decision, Instant now) {
        if (forcing.isAgainst(known, decision)) {
            return; // adopted when an operator has seen that it is the other one
        }
        var decided = known.decided(decision, now);
        var news = !decided.promise().equals(known.promise());
        replica.put(decided);
        if (decision.outcome() == Outcome.ABORTED) {
            // Told again, an abort may bring the reason that was not known before.
            endBallotOf(decision.id(), decision.reason().flatMap(why -> AbortReason.of(why.code())), now);
            if (known.isHold() && decided.change().orElseThrow() instanceof RemovePhoto removal) {
                replica.drop(removal.photo().id()); // it stays: whoever has sent it again has got what he wanted
            }
            decision.reason()
                    .flatMap(why -> Refusal.of(why.code()))
                    .filter(NOT_SOON::contains)
                    .ifPresent(why -> decided.change().ifPresent(change -> waitNoLonger(change, why)));
            replica.tryPublish(now);
        } else if (news) {
            commit(decided.change().orElseThrow(), decision.carried(), now);
        }
    }

    /** It would be tried again and again until what another site knows already is known here. */
    private void waitNoLonger(Change change, Refusal why) {
        if (change instanceof AddPhoto add) {
            Optional.ofNullable(replica.uploads().get(add.photo().id()))
                    .filter(Upload::isWaiting)
                    .ifPresent(upload -> replica.put(upload.refused(why)));
        }
    }

    private void commit(Change change, int carried, Instant now) {
        if (change instanceof CreateEvent create) {
            replica.set(replica.event().opened(create.details()));
        } else if (change instanceof PublishMontage publish) {
            publish(publish);
        } else if (change instanceof TakeDown) {
            replica.set(replica.event().in(Phase.TAKEN_DOWN));
        } else if (change instanceof Erase erase) {
            replica.applyErasure(erase.contributor());
            replica.tryPublish(now);
        } else {
            // Some site had seen this ballot end when it said yes: whoever has the change must know it too.
            replica.endBallots(carried, now);
            arrange(change);
            replica.set(replica.event().withChange());
            replica.tryPublish(now);
        }
    }

    private void arrange(Change change) {
        if (change instanceof AddPhoto add) {
            replica.put(add.photo());
            replica.drop(add.photo().id());
        } else if (change instanceof RemovePhoto removal) {
            replica.takeOut(removal.photo().id());
        }
    }

    private void publish(PublishMontage publish) {
        replica.publishBallot(publish);
        replica.set(replica.event().withBallotEnded(publish.ballot()).published(publish.publishedAt()));
        List.copyOf(replica.uploads().values()).stream()
                .filter(Upload::isWaiting)
                .forEach(upload -> replica.put(upload.refused(Refusal.PUBLISHED)));
    }

    /** The abort of a publication is the end of its ballot. */
    private void endBallotOf(TransactionId id, Optional<AbortReason> why, Instant now) {
        var ballot = PublishMontage.ballotOf(id.subject(), replica.id());
        if (ballot > 0) {
            replica.endBallot(ballot, why, now);
        }
    }
}
