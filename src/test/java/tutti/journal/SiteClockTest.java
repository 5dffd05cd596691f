package tutti.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SiteClockTest {

    private static final long NOON = Duration.ofDays(20_000).plusHours(12).toNanos() / 1_000;

    private long nanos = -7_000_000_000L;
    private final SiteClock clock = new SiteClock(() -> nanos);

    @Test
    void it_goes_with_the_database() {
        assertThat(clock.read(NOON)).isEqualTo(Instant.EPOCH.plusNanos(NOON * 1_000));

        nanos += 3_000_000;
        assertThat(clock.read(NOON + 3_000)).isEqualTo(micros(NOON + 3_000));
        assertThat(clock.read(NOON + 90_000_000)).as("a jump ahead").isEqualTo(micros(NOON + 90_000_000));
    }

    @Test
    void a_jump_back_does_not_stop_it_nor_take_it_along() {
        clock.read(NOON);

        nanos += 5_000_000;
        assertThat(clock.read(NOON - 3_600_000_000L)).isEqualTo(micros(NOON + 5_000));
        nanos += 60_000_000_000L;
        assertThat(clock.read(NOON - 3_540_000_000L)).isEqualTo(micros(NOON + 60_005_000));
    }

    @Test
    void an_answer_that_took_long_does_not_set_it_back() {
        clock.read(NOON);

        nanos += 900_000_000;
        assertThat(clock.read(NOON + 100_000)).isEqualTo(micros(NOON + 900_000));
        nanos += 1_000_000;
        assertThat(clock.read(NOON + 901_000)).isEqualTo(micros(NOON + 901_000));
    }

    private static Instant micros(long micros) {
        return Instant.EPOCH.plusNanos(micros * 1_000);
    }
}
