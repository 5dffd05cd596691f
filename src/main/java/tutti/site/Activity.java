package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What happened at this site in each minute of the last hour, and how long calls took: for operators who want to see it without
 * a monitoring system. In memory only.
 */
@ApplicationScoped
public class Activity {

    /** Something that happens, and how it ended. @param outcome in the words of the metrics, such as {@code out-of-time} */
    public record Cause(String what, String outcome) {}

    private final Map<Cause, LastHour> happened = new ConcurrentHashMap<>();
    private final Map<String, LastHour> took = new ConcurrentHashMap<>();

    /** Nanoseconds since some moment: no minute is lost or lived twice where a clock jumps. */
    LongSupplier stopwatch = System::nanoTime;

    void happened(String what, String outcome) {
        happened.computeIfAbsent(new Cause(what, outcome), unknown -> new LastHour())
                .add(minute(), 1);
    }

    void took(String what, Duration time) {
        took.computeIfAbsent(what, unknown -> new LastHour()).add(minute(), time.toMillis());
    }

    /** How often it happened in each minute, the minute of now last; what has not happened in the hour is not there. */
    public Map<Cause, long[]> happened() {
        return ofTheHour(happened, hour -> hour.counts(minute()));
    }

    /** How many milliseconds it took in each minute on an average, the minute of now last; 0 where there was none. */
    public SortedMap<String, long[]> took() {
        return new TreeMap<>(ofTheHour(took, hour -> hour.means(minute())));
    }

    private <K> Map<K, long[]> ofTheHour(Map<K, LastHour> all, Function<LastHour, long[]> values) {
        return all.entrySet().stream()
                .filter(one -> one.getValue().isAny(minute()))
                .collect(Collectors.toMap(Map.Entry::getKey, one -> values.apply(one.getValue())));
    }

    private long minute() {
        return TimeUnit.NANOSECONDS.toMinutes(stopwatch.getAsLong());
    }
}
