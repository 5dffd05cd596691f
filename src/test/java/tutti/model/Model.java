package tutti.model;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The transition relation: from any state, every step that some site may take next. */
final class Model {

    private final Scenario scenario;
    private final Layout layout;
    private final List<Steps> drawers;

    /** The protocol as it is. */
    Model(Scenario scenario) {
        this(scenario, Set.of());
    }

    /** The protocol with mistakes. */
    Model(Scenario scenario, Set<Mutation> mutations) {
        this.scenario = scenario;
        layout = new Layout(scenario, mutations);
        var effects = new Effects(scenario, mutations);
        var rules = new Judgement(scenario, mutations);
        drawers = List.of(
                new Coordinating(scenario, mutations, rules, effects),
                new Preparing(scenario, mutations, rules, effects),
                new Learning(scenario, mutations, effects),
                new Balloting(scenario, mutations),
                new Voting(scenario, mutations),
                new Crashing(scenario, mutations));
    }

    Scenario scenario() {
        return scenario;
    }

    State initial() {
        return State.initial(scenario, layout);
    }

    void steps(State from, Consumer<Step> out) {
        drawers.forEach(drawer -> drawer.from(from, out));
    }

    /** Some of the kinds of steps. */
    interface Steps {
        void from(State from, Consumer<Step> out);
    }
}
