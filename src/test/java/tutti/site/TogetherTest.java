package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import tutti.commit.SiteName;

/** When so much is owed at once that all threads are taken. */
class TogetherTest {

    private static final SiteName EAST = new SiteName("east");

    private final Together together = new Together();

    TogetherTest() {
        together.executor = (ManagedExecutorService) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ManagedExecutorService.class},
                (self, method, arguments) -> {
                    throw new RejectedExecutionException("all threads are busy");
                });
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
