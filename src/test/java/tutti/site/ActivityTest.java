package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tutti.site.Activity.Cause;

class ActivityTest {

    private static final Cause IN = new Cause("photo", "committed");

    private final Activity activity = new Activity();
    private long minute = -3;

    ActivityTest() {
        activity.stopwatch = () -> TimeUnit.MINUTES.toNanos(minute);
    }

    @Test
    void counts_minute_by_minute_the_latest_last() {
        activity.happened("photo", "committed");
        activity.happened("photo", "committed");
        minute += 2;
        activity.happened("photo", "committed");
        activity.happened("photo", "out-of-time");
        minute++;

        assertThat(activity.happened()).containsOnlyKeys(IN, new Cause("photo", "out-of-time"));
        assertThat(lastOf(activity.happened().get(IN), 5)).containsExactly(0, 2, 0, 1, 0);
    }

    @Test
    void forgets_what_is_more_than_an_hour_ago() {
        activity.happened("photo", "committed");
        minute += 59;
        assertThat(activity.happened().get(IN)[0]).isEqualTo(1);
        activity.happened("photo", "committed");

        minute++;
        assertThat(activity.happened().get(IN)).hasSize(60).satisfies(counts -> assertThat(lastOf(counts, 2))
                .containsExactly(1, 0));
        assertThat(activity.happened().get(IN)[0]).isZero();

        minute += 1_000;
        assertThat(activity.happened()).isEmpty();
        activity.happened("photo", "committed");
        assertThat(lastOf(activity.happened().get(IN), 60)).endsWith(1).startsWith(0, 0);
    }

    @Test
    void tells_how_long_it_took_on_an_average() {
        activity.took("call", Duration.ofMillis(10));
        activity.took("call", Duration.ofMillis(31));
        minute++;
        activity.took("other", Duration.ofMillis(5));

        assertThat(activity.took()).containsOnlyKeys("call", "other");
        assertThat(lastOf(activity.took().get("call"), 2)).containsExactly(20, 0);
    }

    private static long[] lastOf(long[] values, int count) {
        return Arrays.copyOfRange(values, values.length - count, values.length);
    }
}
