package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tutti.commit.SiteName;

/** When so much is owed at once that all threads are taken. */
class TogetherTest {

    private static final SiteName EAST = new SiteName("east");

    private final Together together = new Together();

    TogetherTest() {
        var executor = new ThreadPoolExecutor(0, 1, 1, TimeUnit.MINUTES, new SynchronousQueue<>());
        executor.shutdown();
        together.executor = executor;
    }

    @Test
    void a_call_without_a_thread_is_a_call_without_an_answer() {
        assertThat(together.ask(List.of(EAST), peer -> "yes")).isEmpty();
    }

    @Test
    void work_without_a_thread_is_left_for_another_time() {
        assertThatCode(() -> together.later("something", () -> {})).doesNotThrowAnyException();
    }
}
