package tutti.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tutti.cluster.Site;
import tutti.model.LoggedStep;
import tutti.verify.Verification;

/**
 * One run: a storm of some minutes, then calm, then the verdict. {@code run-cluster.sh chaos} calls it, and a short one is
 * among the tests. The history and the verdict stay in {@code target/chaos}; with a violation, what explains it stays too: all
 * logs, and the tables of all sites. The databases themselves are in {@code target/cluster-var} until the next run.
 */
public final class Chaos {

    private static final Path FOLDER = Path.of("target/chaos").toAbsolutePath();

    /** The longest pause between two tries, the longest ballot with its grace, and some. */
    private static final Duration SETTLING_MOST = Duration.ofSeconds(120);

    private static final List<String> TABLES = List.of("event", "photo", "upload", "ballot", "vote", "commitment");

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Plan plan;
    private final Random random;
    private final History history;
    private final List<Violation> violations = new ArrayList<>();

    private Chaos(Plan plan) throws IOException {
        this.plan = plan;
        random = new Random(plan.seed());
        Folders.delete(FOLDER);
        history = new History(FOLDER.resolve("history.jsonl"));
    }

    /** Exits with 0 only if everything holds and enough has happened to say so. */
    public static void main(String[] arguments) throws Exception {
        var report = run(Plan.of(arguments));
        System.exit(report.exitStatus());
    }

    static Report run(Plan plan) throws Exception {
        System.out.println("Chaos: " + plan.minutes() + " minutes, seed " + plan.seed() + ".");
        var report = new Chaos(plan).run();
        if (report.violations().isEmpty()) {
            Folders.delete(World.logs(FOLDER));
            Folders.delete(World.machines(FOLDER));
        }
        System.out.println("What explains the verdict is in " + FOLDER + ".");
        return report;
    }

    private Report run() throws Exception {
        try (history;
                var world = World.started(FOLDER, random)) {
            try {
                storm(world);
                calm(world);
                var report = judged(world);
                tell(report);
                if (!report.violations().isEmpty()) {
                    keepTables(world);
                }
                return report;
            } catch (Exception e) {
                world.keepLogs();
                keepTables(world);
                throw e;
            }
        }
    }

    private static void tell(Report report) throws IOException {
        var text = report.table() + "\n" + report.verdict();
        Files.writeString(FOLDER.resolve("report.md"), text);
        Files.write(
                FOLDER.resolve("violations.txt"),
                report.violations().stream().map(Violation::toString).toList());
        System.out.println(text);
    }

    /** What each site's database has, as far as it can be read. */
    private static void keepTables(World world) throws IOException {
        for (var site : Site.values()) {
            var folder = Files.createDirectories(FOLDER.resolve("tables").resolve(site.id()));
            for (var table : TABLES) {
                List<String> rows;
                try {
                    rows = world.cluster().database(site).rows("SELECT * FROM " + table);
                } catch (AssertionError e) {
                    rows = List.of(e.getMessage());
                }
                Files.write(folder.resolve(table + ".txt"), rows);
            }
        }
    }

    private void storm(World world) throws Exception {
        var crowd = new Crowd(world.cluster(), history, random);
        var misfortune = new Misfortune(world, history);
        crowd.begin();
        misfortune.begin(faults(world), random);
        new CountDownLatch(1).await(plan.minutes(), TimeUnit.MINUTES);
        try {
            misfortune.end();
        } catch (CompletionException e) {
            violations.add(new Violation(Invariant.IT_ENDS, "a site does not come up: " + e.getCause()));
        }
        crowd.end();
    }

    private EnumSet<Fault> faults(World world) {
        var possible = EnumSet.copyOf(plan.faults());
        possible.removeIf(fault -> !fault.isPossibleIn(world));
        return possible;
    }

    private void calm(World world) throws InterruptedException {
        world.mend();
        var from = history.now();
        var left = Verification.underWay(world.cluster().stores());
        while (!left.isEmpty() && history.now() - from < SETTLING_MOST.toMillis()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
            left = Verification.underWay(world.cluster().stores());
        }
        history.note("settled after " + (history.now() - from) + " ms, left: " + left);
        left.forEach(one -> violations.add(new Violation(Invariant.IT_ENDS, "still under way at " + one)));
        violations.addAll(new Encore(world.cluster(), history, random).violations());
    }

    private Report judged(World world) {
        var differences = Verification.of(world.cluster().stores()).differences();
        differences.forEach(difference -> violations.add(new Violation(Invariant.ALL_OR_NOTHING, difference)));
        var states = Arrays.stream(Site.values())
                .map(site -> SiteState.of(site, world.cluster().database(site)))
                .toList();
        var lines = logged(world);
        var steps =
                lines.stream().map(LoggedStep::read).flatMap(Optional::stream).toList();
        var evidence = new Evidence(history.operations(), states, steps);
        var checker = new Checker(evidence);
        violations.addAll(checker.violations());
        violations.addAll(brokenInvariants(lines));
        var extent = new Report.Extent(
                checker.publications(), steps.size(), evidence.wholeEvents().size());
        return new Report(plan, history, faults(world), extent, violations);
    }

    /** Every line that any instance has logged, once; one that was cut short when its writer was killed is left out. */
    private static Set<String> logged(World world) {
        world.keepLogs();
        try (var logs = Files.list(World.logs(FOLDER))) {
            var lines = new LinkedHashSet<String>();
            for (var log : logs.sorted().toList()) {
                var text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
                text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(lines::add);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A site says so itself when a message contradicts what it has recorded. */
    private static List<Violation> brokenInvariants(Set<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("TUTTI090"))
                .map(line -> new Violation(Invariant.ONE_OUTCOME, line))
                .toList();
    }
}
