package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tutti.commit.SiteName;

/** When so much is owed at once that all threads are taken. */
class TogetherTest {

    private static final SiteName EAST = new SiteName("east");

    private final Together together = new Together();

    @BeforeEach
    void open() {
        together.open(Thread::new);
    }

    @AfterEach
    void close() {
        together.close();
    }

    @Test
    void a_call_without_a_thread_is_a_call_without_an_answer() {
        together.executor.shutdown();

        assertThat(together.ask(List.of(EAST), peer -> "yes")).isEmpty();
    }

    @Test
    void work_without_a_thread_is_left_for_another_time() {
        together.executor.shutdown();

        assertThatCode(() -> together.later("something", () -> {})).doesNotThrowAnyException();
    }

    /** After a failure of much at once: each of too many would time out and begin again. */
    @Test
    void what_is_done_in_turn_is_done_a_few_at_a_time() throws InterruptedException {
        var running = new Semaphore(0);
        var end = new CountDownLatch(1);
        var done = new CountDownLatch(100);
        for (var i = 0; i < 100; i++) {
            together.inTurn("one of many", () -> {
                running.release();
                Awaitility.await().until(() -> end.getCount() == 0);
                done.countDown();
            });
        }

        assertThat(running.tryAcquire(8, 10, TimeUnit.SECONDS)).isTrue();
        assertThat(running.tryAcquire(100, TimeUnit.MILLISECONDS)).as("a ninth").isFalse();
        end.countDown();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
