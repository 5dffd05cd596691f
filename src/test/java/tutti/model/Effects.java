package tutti.model;

import static tutti.commit.Promise.State.ABORTED;
import static tutti.commit.Promise.State.COMMITTED;
import static tutti.model.Mutation.CARRIES_NO_ENDED_BALLOT;
import static tutti.model.Mutation.LATE_ABORT_REOPENS;
import static tutti.model.Mutation.REMOVAL_CARRIES_NO_ENDED_BALLOT;

import java.util.Set;

/** What an outcome does at a site, in the one step that records it. */
final class Effects {

    private final Scenario scenario;
    private final Set<Mutation> mutations;

    Effects(Scenario scenario, Set<Mutation> mutations) {
        this.scenario = scenario;
        this.mutations = mutations;
    }

    void commit(State state, int site, int t) {
        var transaction = scenario.transactions().get(t);
        state.promise(site, t, COMMITTED);
        if (transaction.isUpload() && !mutations.contains(CARRIES_NO_ENDED_BALLOT)) {
            state.endBallots(site, state.carried(t));
        }
        if (transaction.isRemoval() && !mutations.contains(REMOVAL_CARRIES_NO_ENDED_BALLOT)) {
            state.endBallots(site, state.carried(t));
        }
        if (transaction.isPublication()) {
            state.endBallots(site, transaction.ballot());
        }
    }

    void abort(State state, int site, int t) {
        state.promise(site, t, ABORTED);
        endBallotOf(state, site, t);
    }

    /** The abort of a publication is the end of its ballot. */
    void endBallotOf(State state, int site, int t) {
        var transaction = scenario.transactions().get(t);
        if (transaction.isPublication()) {
            if (mutations.contains(LATE_ABORT_REOPENS) && !state.isPublished(site)) {
                state.voting(site, false);
            }
            state.endBallots(site, transaction.ballot());
        }
    }
}
