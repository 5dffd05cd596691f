package tutti.mutants;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Looks at one version of the rules, and may see that something is wrong with them. */
interface Witness {

    /** How many histories the simulation gets to see something. */
    int SEEDS = 100;

    /**
     * The first line of what is wrong, or empty where nothing is seen.
     *
     * @param expected what the complaint is about; may be empty
     */
    Optional<String> complaint(RulesLoader rules, String expected) throws ReflectiveOperationException;

    static Witness of(String name) {
        return name.equals("simulation") ? Witness::simulation : (rules, expected) -> tests(rules, name);
    }

    /**
     * Lives through one history after the other until one goes wrong in the way that is expected: which wrong turn comes first
     * is up to the dice, which any change of the simulation casts anew.
     */
    private static Optional<String> simulation(RulesLoader rules, String expected) throws ReflectiveOperationException {
        var run = rules.loadClass("tutti.simulation.Simulation").getDeclaredMethod("run", long.class);
        run.setAccessible(true);
        return LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> {
                    try {
                        run.invoke(null, seed);
                        return Optional.<String>empty();
                    } catch (InvocationTargetException e) {
                        return Optional.of(firstLine(e.getCause()));
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .flatMap(Optional::stream)
                .filter(complaint -> complaint.contains(expected))
                .findFirst();
    }

    /** Runs the tests of one class, which lies in the room of the rules that it is about. */
    private static Optional<String> tests(RulesLoader rules, String name) throws ReflectiveOperationException {
        var seen = new SummaryGeneratingListener();
        var engine = LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .addTestEngines(new JupiterTestEngine())
                .build();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(rules.loadClass("tutti." + name)))
                .build();
        LauncherFactory.create(engine).execute(request, seen);
        if (seen.getSummary().getTestsFoundCount() == 0) {
            throw new IllegalStateException(name + " has no tests");
        }
        return seen.getSummary().getFailures().stream()
                .findFirst()
                .map(failure ->
                        failure.getTestIdentifier().getDisplayName() + ": " + firstLine(failure.getException()));
    }

    private static String firstLine(Throwable problem) {
        return problem.toString().lines().findFirst().orElse("");
    }
}
