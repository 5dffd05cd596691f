package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A photo that is refused whenever it is tried, and somebody who looks every second. */
class PatienceTest {

    private static final String PHOTO = "photo";

    private long now;
    private final Patience patience =
            new Patience(Duration.ofMillis(200), () -> Duration.ofSeconds(30), () -> Duration.ofSeconds(now)
                    .toNanos());

    @Test
    void tries_ever_more_rarely_and_twice_a_minute_in_the_end() {
        var tried = triedWithin(3_600);

        assertThat(tried).startsWith(0L, 1L, 2L, 3L, 5L, 8L, 12L);
        assertThat(tried.get(tried.size() - 1) - tried.get(tried.size() - 2)).isEqualTo(30);
    }

    @Test
    void holds_back_nothing_else_and_nothing_when_a_site_is_back() {
        triedWithin(600);
        now++;

        assertThat(patience.allows(PHOTO)).isFalse();
        assertThat(patience.allows("another photo")).isTrue();
        patience.isOver();
        assertThat(patience.allows(PHOTO)).isTrue();
    }

    @Test
    void begins_anew_after_a_long_rest() {
        triedWithin(600);
        now += 3_700;
        patience.tried(PHOTO);
        now++;

        assertThat(patience.allows(PHOTO)).isTrue();
    }

    private List<Long> triedWithin(long seconds) {
        var tried = new ArrayList<Long>();
        for (var end = now + seconds; now <= end; now++) {
            if (patience.allows(PHOTO)) {
                patience.tried(PHOTO);
                tried.add(now);
            }
        }
        now--;
        return tried;
    }
}
