package tutti.mutants;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A class of the rules without one of them.
 *
 * @param name what is not so any more
 * @param source of the class, as a path below {@code src/main/java/tutti}
 * @param rule a piece of that source, in whatever way it is broken into lines
 * @param instead what stands there in the mutant; may be empty
 * @param testimonies who notices; the first one is the quickest
 */
record Mutant(String name, String source, String rule, String instead, List<Testimony> testimonies) {

    /**
     * Somebody who notices.
     *
     * @param witness {@code simulation}, or a test class by its room and name
     * @param complaint what is found in the first line of the failure; may be empty
     */
    record Testimony(String witness, String complaint) {}

    /** The name of the class that is changed. */
    String className() {
        return "tutti." + source.replace(".java", "").replace('/', '.');
    }

    /**
     * The changed source.
     *
     * @throws IllegalStateException unless the rule is there exactly once
     */
    String in(String original) {
        var places = Pattern.compile(Arrays.stream(rule.strip().split("\\s+"))
                        .map(Pattern::quote)
                        .collect(Collectors.joining("\\s+")))
                .matcher(original);
        var found = places.results().count();
        if (found != 1) {
            throw new IllegalStateException(source + " has this " + found + " times, and not once: " + rule);
        }
        return places.replaceFirst(Matcher.quoteReplacement(instead));
    }

    @Override
    public String toString() {
        return source + ": " + name;
    }
}
