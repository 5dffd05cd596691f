package tutti.model;

import static tutti.commit.Promise.State.NONE;
import static tutti.commit.Promise.State.PREPARED;
import static tutti.model.Mutation.YES_BEFORE_DURABLE;

import java.util.Set;
import java.util.function.Consumer;

/**
 * A site dies and starts again from its disk. What is durable stays, and what was said stays said; only nobody collects
 * the votes on its own undecided transactions any more.
 */
final class Crashing implements Model.Steps {

    private final Scenario scenario;
    private final Set<Mutation> mutations;

    Crashing(Scenario scenario, Set<Mutation> mutations) {
        this.scenario = scenario;
        this.mutations = mutations;
    }

    @Override
    public void from(State from, Consumer<Step> out) {
        for (var site = 0; site < scenario.sites().size() && from.crashes() < scenario.crashes(); site++) {
            var to = from.copy();
            to.crash();
            for (var t = 0; t < scenario.transactions().size(); t++) {
                if (from.promise(site, t) == PREPARED) {
                    forget(to, site, t);
                }
            }
            out.accept(new Step(Action.CRASH, site, 0, to));
        }
    }

    private void forget(State to, int site, int t) {
        if (site == scenario.transactions().get(t).coordinator()) {
            to.lose(t);
        } else if (mutations.contains(YES_BEFORE_DURABLE)) {
            to.promise(site, t, NONE);
        }
    }
}
