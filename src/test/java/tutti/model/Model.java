package tutti.model;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The transition relation: from any state, every step that some site may take next. */
final class Model {

    private final Scenario scenario;
    private final Layout layout;
    private final Set<Mutation> mutations;
    private final List<Steps> drawers;

    /** The protocol as it is. */
    Model(Scenario scenario) {
        this(scenario, Set.of());
    }

    /** The protocol with mistakes. */
    Model(Scenario scenario, Set<Mutation> mutations) {
        this.scenario = scenario;
        this.mutations = mutations;
        layout = new Layout(scenario, mutations);
        var effects = new Effects(scenario, mutations);
        var rules = new Judgement(scenario, mutations);
        drawers = List.of(
                new Coordinating(scenario, mutations, rules, effects),
                new Preparing(scenario, mutations, rules, effects),
                new Learning(scenario, mutations, effects),
                new Balloting(scenario, mutations),
                new Voting(scenario, mutations),
                new Crashing(scenario, mutations),
                new Rebuilding(scenario, mutations, effects));
    }

    Scenario scenario() {
        return scenario;
    }

    State initial() {
        return State.initial(scenario, layout);
    }

    void steps(State from, Consumer<Step> out) {
        drawers.forEach(drawer -> drawer.from(from, step -> {
            if (step.site() != from.rebuilding() || mayWhileRebuilding(step.action())) {
                out.accept(step);
            }
        }));
    }

    /** A site that is being rebuilt promises, answers and takes nothing. */
    private boolean mayWhileRebuilding(Action action) {
        return switch (action) {
            case REBUILD_AGAIN, SERVE -> true;
            case YES, YES_AGAIN -> mutations.contains(Mutation.REBUILDING_SITE_PROMISES);
            default -> false;
        };
    }

    /** Some of the kinds of steps. */
    interface Steps {
        void from(State from, Consumer<Step> out);
    }
}
