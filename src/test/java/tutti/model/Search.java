package tutti.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Visits every state that can be reached, breadth first. Each step is checked against the invariants; each state in which
 * nothing more is owed, against what must hold at rest; and from each state the calm that follows (what is owed is done,
 * and time runs out only where nothing is owed) has to come to such an end.
 */
final class Search {

    private final Model model;
    private final Invariants invariants;
    private final int statesMax;
    private final Map<State, Visited> known = new HashMap<>();
    private final List<Visited> order = new ArrayList<>();
    private long steps;

    private Search(Model model, int statesMax) {
        this.model = model;
        this.invariants = new Invariants(model.scenario());
        this.statesMax = statesMax;
    }

    /**
     * Searches until something is broken, everything is visited, or so many states are known.
     *
     * @return what it came to
     */
    static Findings of(Model model, int statesMax) {
        return new Search(model, statesMax).run();
    }

    /** A state, how it was reached first, and where calm leads from it by the first and by the last owed step. */
    private static final class Visited {
        final State state;
        final Visited parent;
        Visited calm;
        Visited otherCalm;
        int walk;

        Visited(State state, Visited parent) {
            this.state = state;
            this.parent = parent;
        }
    }

    private Findings run() {
        visit(model.initial(), null);
        for (var next = 0; next < order.size(); next++) {
            if (order.size() > statesMax) {
                return findings(false, Optional.empty());
            }
            var broken = expand(order.get(next));
            if (broken.isPresent()) {
                return findings(false, broken);
            }
        }
        return findings(true, endless(one -> one.calm, 1).or(() -> endless(one -> one.otherCalm, 2)));
    }

    private Findings findings(boolean complete, Optional<Counterexample> broken) {
        return new Findings(order.size(), steps, complete, broken);
    }

    private Visited visit(State state, Visited from) {
        var seen = known.get(state);
        if (seen == null) {
            seen = new Visited(state, from);
            known.put(state, seen);
            order.add(seen);
        }
        return seen;
    }

    private Optional<Counterexample> expand(Visited from) {
        var outgoing = new ArrayList<Step>();
        model.steps(from.state, outgoing::add);
        steps += outgoing.size();
        for (var step : outgoing) {
            var broken = invariants.broken(from.state, step);
            if (broken.isPresent()) {
                return Optional.of(counterexample(broken.get(), from, step));
            }
        }
        var successors = outgoing.stream().map(step -> visit(step.to(), from)).toList();
        from.calm = calm(outgoing, successors, (first, other) -> first);
        from.otherCalm = calm(outgoing, successors, (first, other) -> other);
        return from.calm == null
                ? invariants.brokenAtRest(from.state).map(broken -> counterexample(broken, from))
                : Optional.empty();
    }

    /** Where a calm cluster goes from here, or null where it rests. */
    private static Visited calm(List<Step> outgoing, List<Visited> successors, BinaryOperator<Visited> choice) {
        for (var pace : List.of(Action.Pace.PROGRESS, Action.Pace.TIMEOUT)) {
            Visited chosen = null;
            for (var i = 0; i < outgoing.size(); i++) {
                if (outgoing.get(i).action().pace() == pace) {
                    chosen = chosen == null ? successors.get(i) : choice.apply(chosen, successors.get(i));
                }
            }
            if (chosen != null) {
                return chosen;
            }
        }
        return null;
    }

    /** Finds a calm that goes round in circles. Walks of one policy have numbers of their own. */
    private Optional<Counterexample> endless(Function<Visited, Visited> next, int policy) {
        var walk = policy * order.size();
        for (var from : order) {
            walk++;
            var first = policy * order.size();
            var at = from;
            while (at != null && at.walk <= first) {
                at.walk = walk;
                at = next.apply(at);
            }
            if (at != null && at.walk == walk) {
                return Optional.of(counterexample(new Violation(Invariant.IT_ENDS, "there is no end to it"), at));
            }
        }
        return Optional.empty();
    }

    private Counterexample counterexample(Violation broken, Visited at) {
        return new Counterexample(broken, path(at));
    }

    private Counterexample counterexample(Violation broken, Visited from, Step last) {
        var path = path(from);
        path.add(last.describe(model.scenario()));
        return new Counterexample(broken, path);
    }

    /** The steps that led here; which they were is found again, and not kept for each state. */
    private List<String> path(Visited at) {
        if (at.parent == null) {
            return new ArrayList<>();
        }
        var path = path(at.parent);
        var candidates = new ArrayList<Step>();
        model.steps(at.parent.state, candidates::add);
        candidates.stream()
                .filter(step -> step.to().equals(at.state))
                .findFirst()
                .ifPresent(step -> path.add(step.describe(model.scenario())));
        return path;
    }
}
