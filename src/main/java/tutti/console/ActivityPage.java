package tutti.console;

import static java.util.stream.Collectors.joining;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tutti.site.Activity;
import tutti.site.Activity.Cause;

/** What this site has done in the last hour, minute by minute, and how long it took. */
@Named
@RequestScoped
public class ActivityPage {

    /** What it is called, and where it stands on the page. */
    private static final Map<String, String> NAMES = Map.of(
            "upload", "1 photos sent here",
            "vote", "2 votes cast here",
            "ballot", "3 ballots that ended");

    private static final String TRANSACTION = "4 transactions begun here: ";

    @Inject
    private Activity activity;

    private List<Row> rows;
    private List<Row> times;
    private Instant at;

    /**
     * A line of the table.
     *
     * @param values of the last sixty minutes, the latest last
     */
    public record Row(String what, String outcome, long[] values) {

        public long most() {
            return Arrays.stream(values).max().orElse(0);
        }

        public long sum() {
            return Arrays.stream(values).sum();
        }

        /** A bar for each minute in which there was any, as an SVG path 60 wide and 20 high. */
        public String bars() {
            return IntStream.range(0, values.length)
                    .filter(minute -> values[minute] > 0)
                    .mapToObj(minute -> "M" + minute + " 20v-" + height(values[minute]) + "h.8V20z")
                    .collect(joining());
        }

        /** Of a single one among many something is to be seen, too. */
        private long height(long value) {
            return Math.max(2, 20 * value / most());
        }
    }

    @PostConstruct
    void read() {
        at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        rows = activity.happened().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(ActivityPage::place)))
                .map(one -> new Row(
                        place(one.getKey()).substring(2), words(one.getKey().outcome()), one.getValue()))
                .toList();
        times = activity.took().entrySet().stream()
                .map(one -> new Row(one.getKey(), "", one.getValue()))
                .toList();
    }

    private static String place(Cause cause) {
        return NAMES.getOrDefault(cause.what(), TRANSACTION + Doubt.kind(cause.what()));
    }

    private static String words(String code) {
        return code.replace('-', ' ');
    }

    /** How often, by cause. */
    public List<Row> getRows() {
        return rows;
    }

    /** Milliseconds on an average. */
    public List<Row> getTimes() {
        return times;
    }

    public Instant getAt() {
        return at;
    }
}
