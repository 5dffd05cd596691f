package tutti.console;

import java.time.Duration;

/** Spans of time as people say them. */
final class Ages {
    private Ages() {}

    /** In one unit, rounded down: {@code 40 s}, {@code 3 min}, {@code 5 h}, {@code 12 days}. */
    static String text(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
    }
}
