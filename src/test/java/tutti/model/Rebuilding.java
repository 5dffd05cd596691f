package tutti.model;

import static tutti.commit.Promise.State.ABORTED;
import static tutti.commit.Promise.State.COMMITTED;
import static tutti.commit.Promise.State.NONE;
import static tutti.commit.Promise.State.PREPARED;
import static tutti.model.Mutation.LOST_VOTES_MAY_BE_CAST_AGAIN;
import static tutti.model.Mutation.OLD_YES_COUNTS;
import static tutti.model.Mutation.ONLY_OPEN_BALLOT_ENDS;
import static tutti.model.Mutation.REBUILT_COMMIT_CARRIES_NOTHING;
import static tutti.model.Mutation.REBUILT_SITE_ABORTS_ALL_PREPARED;
import static tutti.model.Mutation.REBUILT_SITE_COMMITS_WITHOUT_ALL;
import static tutti.model.Mutation.REBUILT_SITE_REUSES_ATTEMPTS;
import static tutti.model.Mutation.SERVES_BEFORE_ALL_YIELD;

import java.util.Set;
import java.util.function.Consumer;

/**
 * A site loses its disk, and is made again from what its peers know. Each peer yields in one step: from then on it hears
 * nothing of the site's old life, counts no promise of it, and has said what it knows. When all have, the site knows what
 * became of its own transactions, and serves.
 */
final class Rebuilding implements Model.Steps {

    private final Scenario scenario;
    private final Set<Mutation> mutations;
    private final Effects effects;

    Rebuilding(Scenario scenario, Set<Mutation> mutations, Effects effects) {
        this.scenario = scenario;
        this.mutations = mutations;
        this.effects = effects;
    }

    @Override
    public void from(State from, Consumer<Step> out) {
        if (from.rebuilding() < 0) {
            for (var site = 0; site < scenario.sites().size() && from.losses() < scenario.losses(); site++) {
                var to = from.copy();
                to.loseDisk(site);
                out.accept(new Step(Action.LOSE, site, 0, to));
            }
            return;
        }
        if (from.crashes() < scenario.crashes()) {
            var to = from.copy();
            to.beginRebuildAgain();
            out.accept(new Step(Action.REBUILD_AGAIN, from.rebuilding(), 0, to));
        }
        var yielded = 0;
        for (var peer = 0; peer < scenario.sites().size(); peer++) {
            if (from.hasYielded(peer)) {
                yielded++;
            } else if (peer != from.rebuilding()) {
                yieldAll(from, peer, out);
            }
        }
        var needed = scenario.sites().size() - (mutations.contains(SERVES_BEFORE_ALL_YIELD) ? 2 : 1);
        if (yielded >= needed) {
            serve(from, out);
        }
    }

    private void yieldAll(State from, int peer, Consumer<Step> out) {
        var to = from.copy();
        to.yield(peer);
        for (var t = 0; t < scenario.transactions().size(); t++) {
            var own = scenario.transactions().get(t).coordinator() == peer && from.promise(peer, t) == PREPARED;
            if (own && !mutations.contains(OLD_YES_COUNTS)) {
                to.tellAbort(t);
                effects.abort(to, peer, t);
            }
        }
        if (peer == 0 && mayHaveTakenVotes(to, from.rebuilding())) {
            endBallot(to, 0, to.lastEnded(0) + 1);
        }
        for (var t = 0; t < scenario.transactions().size(); t++) {
            takeIn(to, peer, t);
        }
        to.endBallots(from.rebuilding(), to.lastEnded(peer));
        out.accept(new Step(Action.YIELD, peer, 0, to));
    }

    /** Only a contributor's home takes votes, and it is where a photo came from that all others have promised at least. */
    private boolean mayHaveTakenVotes(State state, int lost) {
        for (var t = 0; t < scenario.transactions().size(); t++) {
            var upload = scenario.transactions().get(t);
            var there = state.isIn(0, t) || state.promise(0, t) == PREPARED;
            if (upload.isUpload() && upload.coordinator() == lost && there) {
                return true;
            }
        }
        return false;
    }

    private void endBallot(State to, int master, int next) {
        var ballot = Math.min(next, scenario.ballots());
        var t = scenario.publication(ballot);
        var kept = mutations.contains(LOST_VOTES_MAY_BE_CAST_AGAIN)
                || mutations.contains(ONLY_OPEN_BALLOT_ENDS) && !to.isVoting(master);
        if (kept || !to.hasEvent(master) || to.isPublished(master) || to.isCommitTold(t)) {
            return;
        }
        to.tellAbort(t);
        to.promise(master, t, ABORTED);
        to.endBallots(master, ballot);
    }

    private void takeIn(State to, int peer, int t) {
        var lost = to.rebuilding();
        if (to.promise(peer, t) == COMMITTED) {
            effects.commit(to, lost, t);
        } else if (scenario.transactions().get(t).coordinator() == lost && to.promise(lost, t) != COMMITTED) {
            var absent = to.promise(peer, t) == NONE && !mutations.contains(REBUILT_SITE_COMMITS_WITHOUT_ALL);
            if (absent || to.promise(peer, t) == ABORTED) {
                to.promise(lost, t, ABORTED);
            }
        }
    }

    private void serve(State from, Consumer<Step> out) {
        var site = from.rebuilding();
        var to = from.copy();
        var ended = site == 0 ? Math.min(to.lastEnded(0) + 1, scenario.ballots()) : to.lastEnded(site);
        var hadPhotos = to.photos(site) != 0;
        for (var t = 0; t < scenario.transactions().size(); t++) {
            if (scenario.transactions().get(t).coordinator() == site) {
                conclude(to, site, t, ended);
            }
        }
        if (site == 0) {
            if (hadPhotos || to.photos(0) != 0) {
                endBallot(to, 0, ended);
            }
            for (var ballot = to.lastEnded(0) + 1; ballot <= scenario.ballots(); ballot++) {
                to.close(ballot);
            }
        }
        to.endRebuild();
        out.accept(new Step(Action.SERVE, site, 0, to));
    }

    /** What became of a transaction that the site itself has coordinated, as far as anybody remembers it. */
    private void conclude(State to, int site, int t, int ended) {
        var reused = mutations.contains(REBUILT_SITE_REUSES_ATTEMPTS) && to.promise(site, t) == ABORTED;
        if (reused || !isRemembered(to, site, t)) {
            to.promise(site, t, NONE);
            to.unbegin(t);
            return;
        }
        if (to.promise(site, t) == NONE && !mutations.contains(REBUILT_SITE_ABORTS_ALL_PREPARED)) {
            // All peers have promised it: it may have been committed, and somebody told so.
            to.carryInstead(t, mutations.contains(REBUILT_COMMIT_CARRIES_NOTHING) ? 0 : ended);
            effects.commit(to, site, t);
        }
        if (to.promise(site, t) == COMMITTED) {
            to.commitAfterAll(t);
        } else {
            to.tellAbort(t);
            effects.abort(to, site, t);
        }
    }

    private boolean isRemembered(State state, int site, int t) {
        for (var peer = 0; peer < scenario.sites().size(); peer++) {
            if (peer != site && state.promise(peer, t) != NONE) {
                return true;
            }
        }
        return false;
    }
}
