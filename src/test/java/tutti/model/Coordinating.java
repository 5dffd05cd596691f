package tutti.model;

import static tutti.commit.Promise.State.NONE;
import static tutti.commit.Promise.State.PREPARED;
import static tutti.model.Mutation.COMMIT_WITHOUT_ALL_YES;
import static tutti.model.Mutation.HOLD_RELEASED_BEFORE_EFFECT;
import static tutti.model.Mutation.MASTER_PUBLISHES_EARLY;
import static tutti.model.Mutation.NO_HOME_HOLD;
import static tutti.model.Mutation.NO_SWEEP;
import static tutti.model.Mutation.TELL_BEFORE_DURABLE;

import java.util.Set;
import java.util.function.Consumer;

/** What a coordinator does: it prepares at home, and decides. */
final class Coordinating implements Model.Steps {

    private final Scenario scenario;
    private final Set<Mutation> mutations;
    private final Judgement rules;
    private final Effects effects;

    Coordinating(Scenario scenario, Set<Mutation> mutations, Judgement rules, Effects effects) {
        this.scenario = scenario;
        this.mutations = mutations;
        this.rules = rules;
        this.effects = effects;
    }

    @Override
    public void from(State from, Consumer<Step> out) {
        for (var t = 0; t < scenario.transactions().size(); t++) {
            if (rules.mayBegin(from, t)) {
                begin(from, t, out);
            } else if (from.isBegun(t) && !from.isAbortTold(t)) {
                decide(from, t, out);
            }
        }
    }

    private void begin(State from, int t, Consumer<Step> out) {
        var transaction = scenario.transactions().get(t);
        var home = transaction.coordinator();
        var ready = transaction.isPublication()
                ? isReadyToPublish(from, transaction.ballot())
                : rules.judge(from, home, t) == Judgement.Answer.YES;
        if (ready) {
            var to = from.copy();
            to.begin(t);
            to.sayYes(home, t);
            to.promise(home, t, isWithoutHomeHold(t) ? NONE : PREPARED);
            if (transaction.isOfPhoto()) {
                to.carry(t, from.lastEnded(home));
            }
            out.accept(new Step(Action.BEGIN, home, t, to));
        }
    }

    private boolean isReadyToPublish(State from, int ballot) {
        return isOpenAtMaster(from, ballot)
                && from.photos(0) == from.about(ballot)
                && !from.hasHold(0)
                && (mutations.contains(MASTER_PUBLISHES_EARLY) || hasEveryAccept(from, ballot));
    }

    private boolean hasEveryAccept(State from, int ballot) {
        for (var contributor = 0; contributor < scenario.contributors(); contributor++) {
            if (from.home(0, contributor) >= 0 && !from.hasAccepted(contributor, ballot)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOpenAtMaster(State from, int ballot) {
        return from.isVoting(0) && from.lastEnded(0) + 1 == ballot;
    }

    private void decide(State from, int t, Consumer<Step> out) {
        var transaction = scenario.transactions().get(t);
        var home = transaction.coordinator();
        if (from.isPending(t)) {
            var to = from.copy();
            to.pending(t, false);
            out.accept(new Step(Action.TAKE_EFFECT, home, t, to));
        }
        if (from.promise(home, t) != (isWithoutHomeHold(t) ? NONE : PREPARED)) {
            return;
        }
        if (isAgreed(from, t) && !from.isLost(t) && !isDone(from, t)) {
            var to = from.copy();
            to.tellCommit(t);
            effects.commit(to, home, t);
            to.pending(t, transaction.isUpload() && mutations.contains(HOLD_RELEASED_BEFORE_EFFECT));
            out.accept(new Step(Action.DECIDE_COMMIT, home, t, to));
            tellEarly(from, t, out);
        }
        if (!transaction.isPublication() && mayAbort(from, t)) {
            var to = from.copy();
            to.tellAbort(t);
            effects.abort(to, home, t);
            out.accept(new Step(Action.DECIDE_ABORT, home, t, to));
        }
    }

    private void tellEarly(State from, int t, Consumer<Step> out) {
        if (mutations.contains(TELL_BEFORE_DURABLE) && !from.isCommitTold(t)) {
            var to = from.copy();
            to.tellCommit(t);
            out.accept(
                    new Step(Action.TELL_EARLY, scenario.transactions().get(t).coordinator(), t, to));
        }
    }

    private boolean isAgreed(State from, int t) {
        var needed = scenario.sites().size() - (mutations.contains(COMMIT_WITHOUT_ALL_YES) ? 1 : 0);
        return Long.bitCount(from.yes(t)) >= needed;
    }

    /** A decision that was told too early is still to be written down. */
    private boolean isDone(State from, int t) {
        return from.isCommitTold(t) && !mutations.contains(TELL_BEFORE_DURABLE);
    }

    /** Preparing time is over at any moment; after a crash the sweep knows nothing but what is on disk. */
    private boolean mayAbort(State from, int t) {
        return from.isLost(t) ? !mutations.contains(NO_SWEEP) : !from.isCommitTold(t);
    }

    private boolean isWithoutHomeHold(int t) {
        return scenario.transactions().get(t).isUpload() && mutations.contains(NO_HOME_HOLD);
    }
}
