package tutti.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;

/** What a run has come to, as a table and as an exit status. */
final class Report {

    private static final int ACKNOWLEDGED_PER_HOUR = 5_000;
    private static final int PUBLICATIONS_PER_HOUR = 50;
    /** A photo is two steps at each of four sites at the least: with fewer than this, logs are missing. */
    private static final int STEPS_PER_HOUR = 4 * ACKNOWLEDGED_PER_HOUR;

    private static final int FAULTS_PER_HOUR = 20;

    private final Plan plan;
    private final History history;
    private final EnumSet<Fault> possible;
    private final List<Operation> changes;
    private final Extent extent;
    private final List<Violation> violations;

    /**
     * How much the verdict rests on.
     *
     * @param publications events that all sites have published
     * @param steps how many the sites have logged
     * @param replayed events whose steps were laid beside the model
     */
    record Extent(long publications, long steps, long replayed) {}

    Report(Plan plan, History history, EnumSet<Fault> possible, Extent extent, List<Violation> violations) {
        this.plan = plan;
        this.history = history;
        this.possible = possible;
        this.changes = history.operations().stream()
                .filter(operation -> operation.deed().changes())
                .toList();
        this.extent = extent;
        this.violations = List.copyOf(violations);
    }

    List<Violation> violations() {
        return violations;
    }

    private long acknowledged() {
        return changes.stream().filter(Operation::isAcknowledged).count();
    }

    private long acknowledged(Deed deed) {
        return changes.stream()
                .filter(operation -> operation.deed() == deed && operation.isAcknowledged())
                .count();
    }

    private long unknown() {
        return changes.stream().filter(Operation::isUnknown).count();
    }

    private long lost() {
        return violations.stream()
                .filter(violation -> violation.invariant() == Invariant.NOTHING_LOST)
                .count();
    }

    /** Why too little has happened for the run to prove anything; empty when enough has. */
    List<String> shortcomings() {
        var shortcomings = new ArrayList<String>();
        fewer(shortcomings, acknowledged(), ACKNOWLEDGED_PER_HOUR, "acknowledged operations");
        fewer(shortcomings, extent.publications(), PUBLICATIONS_PER_HOUR, "publications");
        fewer(shortcomings, extent.steps(), STEPS_PER_HOUR, "steps in the logs");
        fewer(shortcomings, extent.replayed(), PUBLICATIONS_PER_HOUR, "events beside the model");
        possible.forEach(fault -> fewer(shortcomings, history.count(fault), FAULTS_PER_HOUR, "times " + fault));
        return shortcomings;
    }

    private void fewer(List<String> shortcomings, long count, int perHour, String what) {
        var needed = Math.max(1, perHour * plan.minutes() / 60);
        if (count < needed) {
            shortcomings.add("only " + count + " " + what + ", and " + needed + " are needed");
        }
    }

    /** 0: everything holds. 1: something does not. 2: too little has happened to say. */
    int exitStatus() {
        return !violations.isEmpty() ? 1 : shortcomings().isEmpty() ? 0 : 2;
    }

    /** Markdown. */
    String table() {
        var lines = new ArrayList<String>();
        lines.add("| %d minutes, seed %d | count |".formatted(plan.minutes(), plan.seed()));
        lines.add("| --- | ---: |");
        row(lines, "requests", history.operations().size());
        row(lines, "… that change something", changes.size());
        row(lines, "… acknowledged", acknowledged());
        row(lines, "… refused", changes.size() - acknowledged() - unknown());
        row(lines, "… unknown", unknown());
        row(lines, "photos taken back", acknowledged(Deed.REMOVE));
        row(lines, "publications", extent.publications());
        row(lines, "… taken down", acknowledged(Deed.TAKE_DOWN));
        row(lines, "steps that sites logged", extent.steps());
        row(lines, "events laid beside the model", extent.replayed());
        for (var fault : Fault.values()) {
            row(lines, fault.toString(), possible.contains(fault) ? history.count(fault) : "not possible here");
        }
        row(lines, "acknowledged and lost", lost());
        row(lines, "violations", violations.size());
        return String.join("\n", lines) + "\n";
    }

    private static void row(List<String> lines, String what, Object count) {
        lines.add("| %s | %s |".formatted(what, count));
    }

    /** By invariant: how often, and the first evidence. */
    String verdict() {
        var byInvariant = Arrays.stream(Invariant.values())
                .map(invariant -> {
                    var against = violations.stream()
                            .filter(violation -> violation.invariant() == invariant)
                            .toList();
                    return against.isEmpty()
                            ? "holds     " + invariant
                            : "VIOLATED  " + invariant + " (" + against.size() + " times), first: "
                                    + against.get(0).evidence();
                })
                .collect(Collectors.joining("\n"));
        var empty = shortcomings().isEmpty() ? "" : "\nEmpty: " + String.join("; ", shortcomings()) + ".";
        return byInvariant + empty + "\n";
    }
}
