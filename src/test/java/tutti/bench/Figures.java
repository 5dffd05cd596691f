package tutti.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Durations of one thing that was done many times. */
final class Figures {

    private final String what;
    private final List<Long> nanos = new ArrayList<>();

    Figures(String what) {
        this.what = what;
    }

    void add(long elapsedNanos) {
        nanos.add(elapsedNanos);
    }

    int times() {
        return nanos.size();
    }

    /** A row of the table: what, how often, the median and the 99th percentile in milliseconds. */
    String row() {
        var sorted = nanos.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "| %-52s | %5d | %9.1f | %9.1f |",
                what,
                sorted.size(),
                percentile(sorted, 50),
                percentile(sorted, 99));
    }

    /** @return milliseconds */
    double median() {
        return percentile(nanos.stream().sorted().toList(), 50);
    }

    /** @return milliseconds */
    double percentile99() {
        return percentile(nanos.stream().sorted().toList(), 99);
    }

    private static double percentile(List<Long> sorted, int percent) {
        var index = (int) Math.ceil(sorted.size() * percent / 100.0) - 1;
        return sorted.get(Math.max(0, index)) / 1e6;
    }
}
