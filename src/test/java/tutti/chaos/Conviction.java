package tutti.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Does chaos find bugs? For each {@link Mutant} a copy of the project is made, the bug is planted there, and chaos runs in it
 * until it ends red. {@code run-cluster.sh chaos mutants [--minutes N] [--seed S] [NAME …]} calls it.
 */
public final class Conviction {

    private static final Path COPIES = Path.of("target/mutants").toAbsolutePath();
    private static final List<String> PROJECT =
            List.of("run-cluster.sh", "pom.xml", "src", "sql", "payara-config", "README.md");
    private static final long STARTING_AND_SETTLING_MINUTES = 25;

    private final Path runtime;
    private final Plan plan;

    private Conviction(Path runtime, Plan plan) {
        this.runtime = runtime;
        this.plan = plan;
    }

    /** Exits with 0 if every mutant is convicted. */
    public static void main(String[] arguments) throws Exception {
        var numbers = Arrays.stream(arguments).takeWhile(one -> one.matches("--.*|-?\\d+"));
        var plan = Plan.of(numbers.toArray(String[]::new));
        var names = Stream.of(arguments).filter(one -> one.matches("[A-Z_]+")).toList();
        var chosen = names.isEmpty()
                ? List.of(Mutant.values())
                : names.stream().map(Mutant::valueOf).toList();
        var runtime = Path.of(System.getProperty("tutti.mariadb.home")).getParent();
        var survivors = new Conviction(runtime, plan).survivors(chosen);
        System.out.println(survivors.isEmpty() ? "All are convicted." : "Not convicted: " + survivors + ".");
        System.exit(survivors.isEmpty() ? 0 : 1);
    }

    /** Prints what each is convicted of, as Markdown. */
    private List<Mutant> survivors(List<Mutant> mutants) throws Exception {
        var survivors = new ArrayList<Mutant>();
        System.out.println("| planted bug | faults | convicted of |\n| --- | --- | --- |");
        for (var mutant : mutants) {
            var copy = COPIES.resolve(mutant.name().toLowerCase(Locale.ROOT));
            copyProject(copy);
            mutant.plant(copy);
            var evidence = evidence(mutant, copy);
            System.out.println("| %s | %s | %s |"
                    .formatted(
                            mutant, mutant.fault(), evidence.isEmpty() ? "**nothing**" : String.join(", ", evidence)));
            if (evidence.isEmpty()) {
                survivors.add(mutant);
            }
        }
        return survivors;
    }

    private static void copyProject(Path copy) throws IOException {
        Folders.delete(copy);
        for (var part : PROJECT) {
            try (var files = Files.walk(Path.of(part))) {
                for (var file : files.toList()) {
                    Files.createDirectories(copy.resolve(file).getParent());
                    Files.copy(file, copy.resolve(file));
                }
            }
        }
    }

    /** The invariants that it violates, as the run in the copy says; empty where it gets away. */
    private List<String> evidence(Mutant mutant, Path copy) throws IOException, InterruptedException {
        var output = copy.resolve("chaos.log");
        var builder = new ProcessBuilder(
                        copy.resolve("run-cluster.sh").toString(),
                        "chaos",
                        "--minutes",
                        Integer.toString(plan.minutes()),
                        "--seed",
                        Long.toString(plan.seed()),
                        "--faults",
                        mutant.fault().name())
                .directory(copy.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("TUTTI_RUNTIME", runtime.toString());
        var run = builder.start();
        if (!run.waitFor(plan.minutes() + STARTING_AND_SETTLING_MINUTES, TimeUnit.MINUTES)) {
            run.destroy();
            throw new IllegalStateException("the run does not end; its output is " + output);
        }
        try (var lines = Files.lines(output)) {
            return lines.filter(line -> line.startsWith("VIOLATED"))
                    .map(line -> line.replaceFirst("VIOLATED *([^(]*) \\((\\d+) times.*", "$1 × $2"))
                    .toList();
        }
    }
}
