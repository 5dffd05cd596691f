package tutti.chaos;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What to run. @param faults that may strike; all of them, unless somebody looks for something in particular */
record Plan(int minutes, long seed, Set<Fault> faults) {

    private static final int MINUTES = 5;

    Plan(int minutes, long seed) {
        this(minutes, seed, EnumSet.allOf(Fault.class));
    }

    /** Reads {@code --minutes}, {@code --seed} and {@code --faults}, each of which may be left out. */
    static Plan of(String... arguments) {
        var plan = new Plan(MINUTES, System.nanoTime());
        for (var i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value.");
            }
            plan = plan.with(arguments[i], arguments[i + 1]);
        }
        return plan;
    }

    private Plan with(String option, String value) {
        return switch (option) {
            case "--minutes" -> new Plan(Integer.parseInt(value), seed, faults);
            case "--seed" -> new Plan(minutes, Long.parseLong(value), faults);
            case "--faults" ->
                new Plan(
                        minutes,
                        seed,
                        Stream.of(value.split(",")).map(Fault::valueOf).collect(Collectors.toSet()));
            default -> throw new IllegalArgumentException(option + " is not known here.");
        };
    }
}
