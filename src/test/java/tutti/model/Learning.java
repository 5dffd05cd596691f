package tutti.model;

import static tutti.commit.Promise.State.ABORTED;
import static tutti.commit.Promise.State.COMMITTED;
import static tutti.commit.Promise.State.NONE;
import static tutti.commit.Promise.State.PREPARED;
import static tutti.model.Mutation.COMMIT_REFUSED_WHILE_VOTING;
import static tutti.model.Mutation.COORDINATOR_FORGETS_COMMITTED;
import static tutti.model.Mutation.DROP_TOMBSTONE_ANY;
import static tutti.model.Mutation.DROP_TOMBSTONE_SAFE;
import static tutti.model.Mutation.GUESS_ABORT;
import static tutti.model.Mutation.GUESS_COMMIT;
import static tutti.model.Mutation.NO_HOME_HOLD;
import static tutti.model.Mutation.NO_TOMBSTONE_ON_ABORT;
import static tutti.model.Mutation.NO_TOMBSTONE_ON_RULING_OUT;
import static tutti.model.Mutation.OLD_LIFE_IS_HEARD;
import static tutti.model.Mutation.PARTICIPANT_FORGETS_COMMITTED;
import static tutti.model.Mutation.REBUILDING_SITE_ANSWERS;

import java.util.Set;
import java.util.function.Consumer;

/** How a decision gets around: told by the coordinator, or asked for by a participant in doubt. */
final class Learning implements Model.Steps {

    private final Scenario scenario;
    private final Set<Mutation> mutations;
    private final Effects effects;

    Learning(Scenario scenario, Set<Mutation> mutations, Effects effects) {
        this.scenario = scenario;
        this.mutations = mutations;
        this.effects = effects;
    }

    @Override
    public void from(State from, Consumer<Step> out) {
        for (var t = 0; t < scenario.transactions().size(); t++) {
            for (var site = 0; site < scenario.sites().size(); site++) {
                if (site != scenario.transactions().get(t).coordinator()) {
                    told(from, site, t, out);
                    asks(from, site, t, out);
                    isAsked(from, site, t, out);
                }
                forgets(from, site, t, out);
            }
        }
    }

    private void told(State from, int site, int t, Consumer<Step> out) {
        var outdated = from.isOutdated(scenario.transactions().get(t).coordinator(), site);
        if (outdated && !mutations.contains(OLD_LIFE_IS_HEARD)) {
            return;
        }
        var promise = from.promise(site, t);
        if (from.isCommitTold(t) && promise == PREPARED) {
            learnCommit(from, site, t, out);
        }
        if (from.isAbortTold(t) && promise == PREPARED) {
            learnAbort(Action.LEARN_ABORT, from, site, t, out);
        } else if (from.isAbortTold(t) && promise != COMMITTED) {
            toldUnheard(from, site, t, out);
        }
    }

    /** An abort that overtakes its prepare keeps it out; told again, it changes nothing. */
    private void toldUnheard(State from, int site, int t, Consumer<Step> out) {
        var to = from.copy();
        effects.endBallotOf(to, site, t);
        if (!mutations.contains(NO_TOMBSTONE_ON_ABORT)) {
            to.promise(site, t, ABORTED);
        }
        if (!to.equals(from)) {
            out.accept(new Step(Action.LEARN_ABORT, site, t, to));
        }
    }

    private void learnCommit(State from, int site, int t, Consumer<Step> out) {
        var refused = mutations.contains(COMMIT_REFUSED_WHILE_VOTING)
                && scenario.transactions().get(t).isUpload()
                && from.isVoting(site);
        if (refused) {
            learnAbort(Action.LEARN_COMMIT, from, site, t, out);
        } else {
            commit(Action.LEARN_COMMIT, from, site, t, out);
        }
    }

    private void commit(Action how, State from, int site, int t, Consumer<Step> out) {
        var to = from.copy();
        effects.commit(to, site, t);
        out.accept(new Step(how, site, t, to));
    }

    private void learnAbort(Action how, State from, int site, int t, Consumer<Step> out) {
        var to = from.copy();
        effects.abort(to, site, t);
        out.accept(new Step(how, site, t, to));
    }

    /** In doubt: the coordinator says ABORTED of what it does not know, and every site says what it knows. */
    private void asks(State from, int site, int t, Consumer<Step> out) {
        if (from.promise(site, t) != PREPARED) {
            return;
        }
        var coordinator = scenario.transactions().get(t).coordinator();
        var homeless = scenario.transactions().get(t).isUpload() && mutations.contains(NO_HOME_HOLD);
        for (var other = 0; other < scenario.sites().size(); other++) {
            if (other == from.rebuilding() && !mutations.contains(REBUILDING_SITE_ANSWERS)) {
                continue;
            }
            var known = other == coordinator && homeless ? PREPARED : from.promise(other, t);
            if (known == COMMITTED) {
                learnCommit(from, site, t, out);
            } else if (known == ABORTED || known == NONE && other == coordinator) {
                learnAbort(Action.LEARN_ABORT, from, site, t, out);
            }
        }
        if (mutations.contains(GUESS_ABORT)) {
            learnAbort(Action.GUESS, from, site, t, out);
        }
        if (mutations.contains(GUESS_COMMIT)) {
            commit(Action.GUESS, from, site, t, out);
        }
    }

    /** Asked by another participant that has promised, a site that has not promises never to. */
    private void isAsked(State from, int site, int t, Consumer<Step> out) {
        var coordinator = scenario.transactions().get(t).coordinator();
        var others = from.yes(t) & ~(1L << site) & ~(1L << coordinator);
        if (from.promise(site, t) != NONE || others == 0) {
            return;
        }
        if (!mutations.contains(NO_TOMBSTONE_ON_RULING_OUT)) {
            learnAbort(Action.RULE_OUT, from, site, t, out);
            return;
        }
        for (var asking = 0; asking < scenario.sites().size(); asking++) {
            if (asking != coordinator && from.promise(asking, t) == PREPARED) {
                learnAbort(Action.LEARN_ABORT, from, asking, t, out);
            }
        }
    }

    private void forgets(State from, int site, int t, Consumer<Step> out) {
        if (mayForget(from, site, t)) {
            var to = from.copy();
            to.promise(site, t, NONE);
            out.accept(new Step(Action.FORGET, site, t, to));
        }
    }

    private boolean mayForget(State from, int site, int t) {
        var promise = from.promise(site, t);
        if (promise == COMMITTED) {
            var coordinates = site == scenario.transactions().get(t).coordinator();
            return mutations.contains(coordinates ? COORDINATOR_FORGETS_COMMITTED : PARTICIPANT_FORGETS_COMMITTED);
        }
        return promise == ABORTED
                && (mutations.contains(DROP_TOMBSTONE_ANY)
                        || mutations.contains(DROP_TOMBSTONE_SAFE) && from.isAbortTold(t));
    }
}
