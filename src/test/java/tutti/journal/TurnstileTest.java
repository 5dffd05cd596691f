package tutti.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tutti.event.EventId;

class TurnstileTest {

    private static final EventId BUSY = new EventId("A".repeat(22));
    private static final EventId QUIET = new EventId("B".repeat(22));
    private static final int GUESTS = 12;

    private final Turnstile turnstile = new Turnstile();
    private final ExecutorService threads = Executors.newFixedThreadPool(GUESTS);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();

    @AfterEach
    void no_thread_is_left() {
        threads.shutdownNow();
    }

    @Test
    void a_busy_event_leaves_the_database_to_the_others_and_gets_all_its_steps_done() throws Exception {
        var steps = new ArrayList<Future<Integer>>();
        for (var guest = 0; guest < GUESTS; guest++) {
            steps.add(threads.submit(() -> turnstile.pass(BUSY, this::stepThatTakesItsTime)));
        }
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> inside.get() == 3);

        assertThat(turnstile.pass(QUIET, () -> "served")).isEqualTo("served");
        assertThat(inside).hasValue(3);
        goOn.countDown();
        for (var step : steps) {
            assertThat(step.get(5, TimeUnit.SECONDS)).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void a_step_that_fails_leaves_its_place_to_the_next() {
        for (var guest = 0; guest < GUESTS; guest++) {
            assertThatThrownBy(() -> turnstile.pass(BUSY, () -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
        }
    }

    /** How many are inside with it, itself among them. */
    private Integer stepThatTakesItsTime() {
        var together = inside.incrementAndGet();
        try {
            goOn.await();
            return together;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            inside.decrementAndGet();
        }
    }
}
