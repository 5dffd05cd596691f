package tutti.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lays what the sites of a cluster have logged of one event beside the model: each logged step of a site has to be one step
 * of the model, or a few at once, at that site.
 *
 * <p>The logs say in which order each site did things, and nothing of the order between sites. That need not be known: all
 * that a site's step can wait for at another site is a fact that stays, so whatever can happen next may happen next. Only a
 * log that lost lines, since a site died between its disk and its log, needs a search: any step of the model may stand for a
 * line that is missing.
 */
final class Replay {

    /** Beyond this, lost lines leave too much open. */
    private static final int POSITIONS_MAX = 300;

    private final History history;
    private final Model model;
    private final Invariants invariants;
    private final Map<String, Long> lastRevisions;
    private int positions;
    private String farthest = "";
    private int farthestSteps = -1;

    private Replay(History history, Map<String, Long> lastRevisions) {
        this.history = history;
        this.model = new Model(history.scenario(), Set.of(Mutation.DROP_TOMBSTONE_SAFE));
        this.invariants = new Invariants(history.scenario());
        this.lastRevisions = lastRevisions;
    }

    /**
     * What the model cannot explain, if anything.
     *
     * @param lastRevisions how many steps each site has taken, by its own count, where that is known
     */
    static Optional<String> unexplained(History history, Map<String, Long> lastRevisions) {
        var replay = new Replay(history, lastRevisions);
        var start = new Position(
                replay.model.initial(),
                new int[history.scenario().sites().size()],
                new int[history.scenario().sites().size()]);
        return replay.isExplained(start) ? Optional.empty() : Optional.of(replay.farthest);
    }

    /**
     * How far the replay has come.
     *
     * @param next for each site, which of its logged steps comes next
     * @param made for each site, how many missing lines a step of the model stands for
     */
    private record Position(State state, int[] next, int[] made) {

        Position after(State to, int site) {
            var moved = next.clone();
            moved[site]++;
            return new Position(to, moved, made);
        }

        Position makingUp(State to, int site) {
            var more = made.clone();
            more[site]++;
            return new Position(to, next, more);
        }
    }

    private boolean isExplained(Position from) {
        if (positions++ > POSITIONS_MAX) {
            return false;
        }
        var at = goOn(from);
        if (isOver(at)) {
            return true;
        }
        note(at);
        for (var site = 0; site < at.next().length; site++) {
            if (lost(at, site) > at.made()[site]) {
                for (var step : steps(at.state(), site)) {
                    if (!step.to().isSameAt(site, at.state()) && isExplained(at.makingUp(step.to(), site))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private Position goOn(Position from) {
        var at = from;
        for (var site = 0; site < at.next().length; ) {
            var next = explained(at, site);
            if (next.isPresent()) {
                at = next.get();
                site = 0;
            } else {
                site++;
            }
        }
        return at;
    }

    private Optional<Position> explained(Position at, int site) {
        if (at.next()[site] == history.steps(site).size()) {
            return Optional.empty();
        }
        var logged = history.steps(site).get(at.next()[site]);
        return Goal.of(history, at.state(), site, logged)
                .flatMap(goal -> reached(goal, at.state()))
                .map(state -> at.after(state, site));
    }

    /** By one to a few steps of the model that turn at this site what the log says, and nothing else. */
    private Optional<State> reached(Goal goal, State from) {
        var seen = new HashSet<>(List.of(from));
        var open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            var state = open.remove();
            if (goal.isReachedBy(state)) {
                return Optional.of(state);
            }
            model.steps(state, step -> {
                if (goal.isNearer(state, step)
                        && seen.add(step.to())
                        && invariants.broken(state, step).isEmpty()) {
                    open.add(step.to());
                }
            });
        }
        return Optional.empty();
    }

    private List<Step> steps(State from, int site) {
        var steps = new ArrayList<Step>();
        model.steps(from, step -> {
            if (step.site() == site && invariants.broken(from, step).isEmpty()) {
                steps.add(step);
            }
        });
        return steps;
    }

    /** How many lines are missing before the next one of this site. */
    private int lost(Position at, int site) {
        var seen = at.next()[site];
        var logged = history.steps(site);
        var here = seen == logged.size()
                ? lastRevisions.getOrDefault(
                        history.scenario().sites().get(site),
                        seen == 0 ? 0 : logged.get(seen - 1).revision())
                : logged.get(seen).revision() - 1;
        return (int) here - seen;
    }

    private boolean isOver(Position at) {
        for (var site = 0; site < at.next().length; site++) {
            if (at.next()[site] < history.steps(site).size()) {
                return false;
            }
        }
        return true;
    }

    /** Remembers where the replay that came farthest had to stop. */
    private void note(Position at) {
        var done = 0;
        var text = new StringBuilder("The model allows none of these next:");
        for (var site = 0; site < at.next().length; site++) {
            done += at.next()[site];
            var logged = history.steps(site);
            if (at.next()[site] < logged.size()) {
                text.append("\n  ").append(logged.get(at.next()[site]));
            }
            text.append("\n    after ")
                    .append(done(logged, at.next()[site]))
                    .append(", ")
                    .append(lost(at, site))
                    .append(" lines lost");
        }
        if (done > farthestSteps) {
            farthestSteps = done;
            farthest = text.toString();
        }
    }

    private static List<LoggedStep> done(List<LoggedStep> logged, int next) {
        return logged.subList(Math.max(0, next - 3), next);
    }
}
