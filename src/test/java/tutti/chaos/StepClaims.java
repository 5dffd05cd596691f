package tutti.chaos;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tutti.cluster.Site;
import tutti.model.Conformance;
import tutti.model.LoggedStep;
import tutti.model.LoggedStep.Turned;

/**
 * What the sites logged of their steps. A site logs a step when it is on disk, and numbers an event's steps; so a number that is
 * given twice, or that the site does not know of in the end, tells of a step that was lost, whether or not a user was told of it,
 * and whether or not the peers have made up for it since.
 */
final class StepClaims {

    private static final Set<String> OUTCOMES = Set.of("COMMITTED", "ABORTED");

    private final Evidence evidence;
    private final List<Violation> violations = new ArrayList<>();

    StepClaims(Evidence evidence) {
        this.evidence = evidence;
    }

    List<Violation> violations() {
        oneOutcome();
        noStepIsLost();
        asTheModelAllows();
        return List.copyOf(violations);
    }

    /** Over all that any site has ever recorded, and not only what is left in the end. */
    private void oneOutcome() {
        var outcomes = new TreeMap<String, Set<String>>();
        evidence.states().forEach(state -> state.outcomes().forEach((id, outcome) -> note(outcomes, id, outcome)));
        evidence.steps().stream()
                .flatMap(step -> step.turns().stream())
                .filter(Turned::isPromise)
                .forEach(turn -> note(outcomes, turn.what(), turn.to()));
        outcomes.forEach((id, different) -> {
            if (different.size() > 1) {
                violations.add(new Violation(Invariant.ONE_OUTCOME, id + " is " + different));
            }
        });
    }

    private static void note(Map<String, Set<String>> outcomes, String id, String outcome) {
        if (OUTCOMES.contains(outcome)) {
            outcomes.computeIfAbsent(id, fresh -> new TreeSet<>()).add(outcome);
        }
    }

    private void noStepIsLost() {
        var known = new HashMap<String, LoggedStep>();
        var revisions =
                evidence.states().stream().collect(toMap(state -> state.site().id(), SiteState::revisions));
        for (var step : evidence.steps()) {
            var twin = known.put(step.site() + " " + step.event() + " " + step.revision(), step);
            if (twin != null) {
                violations.add(new Violation(
                        Invariant.NOTHING_LOST,
                        "one of these was forgotten, event " + step.event() + ": " + twin + ", " + step));
            }
            if (revisions.get(step.site()).getOrDefault(step.event(), 0L) < step.revision()) {
                violations.add(new Violation(Invariant.NOTHING_LOST, "forgotten, event " + step.event() + ": " + step));
            }
        }
    }

    /** Of events all of whose steps are in the logs: a process that dies between its disk and its log takes a line along. */
    private void asTheModelAllows() {
        var events = evidence.wholeEvents();
        var whole = evidence.steps().stream()
                .filter(step -> events.contains(step.event()))
                .toList();
        var sites = Stream.of(Site.values()).map(Site::id).toList();
        Conformance.unexplained(sites, whole, Map.of())
                .forEach((event, stuck) ->
                        violations.add(new Violation(Invariant.AS_THE_MODEL_ALLOWS, "event " + event + ": " + stuck)));
    }
}
