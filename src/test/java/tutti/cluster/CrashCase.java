package tutti.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * One line of the crash matrix: at this step of this plot, this of the site in this role dies. Its name tells all of it, such
 * as {@code add-photo.coordinator.decision-committed.database}.
 */
record CrashCase(CrashPlot plot, CrashStep step, Victim victim) {

    private static final int DATABASES_MORE_OFTEN = 4;

    static List<CrashCase> all() {
        var cases = new ArrayList<CrashCase>();
        for (var step : CrashStep.all()) {
            for (var plot : step.plots()) {
                Arrays.stream(Victim.values()).forEach(victim -> cases.add(new CrashCase(plot, step, victim)));
            }
        }
        return cases;
    }

    /** Those whose names begin so. */
    static List<CrashCase> named(String beginning) {
        return all().stream().filter(one -> one.name().startsWith(beginning)).toList();
    }

    /**
     * One for each step; the next seed takes the next plot or victim of each, and so all come round. Databases are taken four
     * times as often, because they are back in a fifth of the time.
     */
    static List<CrashCase> sample(long seed) {
        var steps = new LinkedHashMap<String, List<CrashCase>>();
        for (var one : all()) {
            var cases =
                    steps.computeIfAbsent(one.step().role() + "." + one.step().name(), fresh -> new ArrayList<>());
            cases.addAll(Collections.nCopies(one.victim() == Victim.DATABASE ? DATABASES_MORE_OFTEN : 1, one));
        }
        var sample = new ArrayList<CrashCase>();
        steps.values().forEach(cases -> sample.add(cases.get(Math.floorMod(seed + sample.size(), cases.size()))));
        return sample;
    }

    String name() {
        return plot + "." + step.role() + "." + step.name() + "." + victim;
    }

    /** How this may end. What is decided stays, and a publication that all have accepted is not refused. */
    Set<String> endings() {
        return switch (plot) {
            case CREATE_EVENT, ADD_PHOTO, DOUBT, REMOVE_PHOTO ->
                step.decided() ? Set.of("everywhere") : Set.of("everywhere", "nowhere");
            // Hidden at one site it is hidden at all in the end, whatever the attempts come to.
            case TAKE_DOWN ->
                step.name().equals("prepare-uncommitted") ? Set.of("everywhere", "nowhere") : Set.of("everywhere");
            case VOTE, OWN_VOTE -> Set.of("published");
            // Whoever had not promised yet rules a commit out when the others ask in the coordinator's absence.
            case PUBLISH -> step.name().equals("first-promise") ? Set.of("published", "aborted") : Set.of("published");
            case REFUSE -> Set.of("refused");
            case REJECT, TIMEOUT -> Set.of("aborted");
        };
    }

    Site site() {
        return plot.siteOf(step.role());
    }

    @Override
    public String toString() {
        return name();
    }
}
