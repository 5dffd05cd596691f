package tutti.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A short run, another one each day; {@code -Dtutti.chaos.seed=N} repeats one. One in which too little happened is skipped. */
@Tag("chaos")
class ChaosIT {

    private static final int MINUTES = 5;

    @Test
    @Timeout(value = 25, unit = TimeUnit.MINUTES)
    void five_minutes_of_chaos_break_no_promise() throws Exception {
        var seed = Long.getLong(
                "tutti.chaos.seed", LocalDate.now(Clock.systemUTC()).toEpochDay());

        var report = Chaos.run(new Plan(MINUTES, seed));

        assertThat(report.violations()).isEmpty();
        assumeThat(report.shortcomings())
                .as("what a slow machine has not come to")
                .isEmpty();
    }
}
