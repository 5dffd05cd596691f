package tutti.site;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns configured text into typed values, and says in one sentence which key is wrong when it cannot. */
class Settings {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|min|h)");

    private final Function<String, Optional<String>> source;
    private final Set<String> asked = new TreeSet<>();
    private final SortedMap<String, String> measures = new TreeMap<>();

    Settings(Function<String, Optional<String>> source) {
        this.source = source;
    }

    String text(String key) {
        return optional(key).orElseThrow(() -> new WrongSetting(key + " is missing in the configuration."));
    }

    /** Values with commas between them; none where nobody has said any. */
    Set<String> several(String key) {
        return optional(key).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A value that must not be shown to anyone, so messages name its key only. */
    String secret(String key, int lengthMin) {
        return longEnough(key, text(key), lengthMin);
    }

    Optional<String> secretIfAny(String key, int lengthMin) {
        return optional(key).map(value -> longEnough(key, value, lengthMin));
    }

    private static String longEnough(String key, String value, int lengthMin) {
        if (value.length() < lengthMin) {
            throw new WrongSetting(key + " is too short: it needs at least " + lengthMin + " characters.");
        }
        return value;
    }

    int whole(String key, int otherwise) {
        return Math.toIntExact(whole(key, otherwise, Integer.MAX_VALUE));
    }

    long whole(String key, long otherwise, long max) {
        String value = optional(key).orElse(Long.toString(otherwise));
        try {
            long number = Long.parseLong(value);
            if (number >= 1 && number <= max) {
                measures.put(key, Long.toString(number));
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(key, value, "must be a whole number");
        }
        throw wrong(key, value, "must be from 1 to " + max);
    }

    /** Such as {@code 200ms}, {@code 5s}, {@code 2min}, {@code 1h}; never nothing. */
    Duration duration(String key, Duration otherwise) {
        Duration duration = optional(key).map(value -> duration(key, value)).orElse(otherwise);
        measures.put(key, duration.toString());
        return duration;
    }

    private static Duration duration(String key, String value) {
        var parts = DURATION.matcher(value);
        if (!parts.matches() || Long.parseLong(parts.group(1)) == 0) {
            throw wrong(key, value, "must be a time such as 200ms, 5s, 2min or 1h");
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "min" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /** All numbers and times, as they are in force. */
    SortedMap<String, String> measures() {
        return measures;
    }

    /** The root of a site, without a slash at its end, so that paths can be appended. */
    URI root(String key) {
        String value = text(key);
        try {
            var url = URI.create(value);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (http && url.getHost() != null && url.getQuery() == null && isRoot(url.getPath())) {
                return URI.create(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
            }
        } catch (IllegalArgumentException e) {
            throw wrong(key, value, "must be a URL such as http://localhost:8000");
        }
        throw wrong(key, value, "must be a URL such as http://localhost:8000, with no path");
    }

    static WrongSetting wrong(String key, Object value, String rule) {
        return new WrongSetting(key + "=" + value + " " + rule + ".");
    }

    /** Both keys and both values, since either may be the wrong one. */
    static void require(boolean holds, String key, Object value, String rule, String otherKey, Object otherValue) {
        if (!holds) {
            throw wrong(key, value, rule + " " + otherKey + "=" + otherValue);
        }
    }

    /** A key that nobody has asked for is a misspelt one, and what was meant would quietly keep its default. */
    void requireAsked(Set<String> given) {
        given.stream()
                .filter(key -> key.startsWith("tutti.") && !asked.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new WrongSetting(key + " is not a setting of Tutti: look for a slip in its name.");
                });
    }

    private Optional<String> optional(String key) {
        asked.add(key);
        return source.apply(key).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static boolean isRoot(String path) {
        return path.isEmpty() || path.equals("/");
    }
}
