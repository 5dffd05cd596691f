package tutti.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnsTest {

    private static final int WAITING_MAX = 16;

    private final Turns turns = new Turns(1);
    private final Turns.Queue senders = turns.new Queue("photos");
    private final Turns.Queue lookers = turns.new Queue("tiles");
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> served = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stopThreads() {
        threads.forEach(Thread::interrupt);
    }

    @Test
    void beyond_those_who_may_wait_all_are_refused_at_once_and_those_who_wait_are_served() throws Exception {
        Turns.Turn running = senders.next();
        List<Future<?>> waiting = new ArrayList<>();
        for (int i = 0; i < WAITING_MAX; i++) {
            waiting.add(waiting("sender", senders::next));
        }

        assertThatThrownBy(senders::next).isInstanceOf(TooBusy.class).hasMessageContaining("photos");
        Future<?> looker = waiting("looker", lookers::next);
        running.end();

        looker.get();
        for (Future<?> waiter : waiting) {
            waiter.get();
        }
        assertThat(served).hasSize(WAITING_MAX + 1);
        senders.next().end();
    }

    @Test
    void however_many_wait_for_one_thing_the_first_for_another_is_next_but_one() throws Exception {
        Turns.Turn running = senders.next();
        for (int i = 0; i < WAITING_MAX; i++) {
            waiting("sender", senders::next);
        }
        Future<?> looker = waiting("looker", lookers::next);

        running.end();

        looker.get();
        assertThat(served.indexOf("looker")).isEqualTo(1);
    }

    @Test
    void who_has_waited_for_long_is_refused() throws Exception {
        Turns impatient = new Turns(1, Duration.ofMillis(20));
        Turns.Queue queue = impatient.new Queue("photos");
        Turns.Turn running = queue.next();

        assertThatThrownBy(queue::next).isInstanceOf(TooBusy.class);
        assertThatThrownBy(queue::next).isInstanceOf(TooBusy.class);

        running.end();
        queue.next().end();
    }

    @Test
    void who_is_interrupted_waits_no_longer() throws Exception {
        Turns.Turn running = senders.next();
        Future<?> first = waiting("first", senders::next);

        threads.forEach(Thread::interrupt);

        assertThatThrownBy(() -> first.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ClosedByInterruptException.class);
        running.end();
        senders.next().end();
    }

    @Test
    void who_wants_to_be_alone_waits_for_all_others_and_keeps_them_out() throws Exception {
        Turns two = new Turns(2);
        Turns.Queue queue = two.new Queue("photos");
        Turns.Queue printers = two.new Queue("prints");
        Turns.Turn running = queue.next();
        Future<?> alone = waiting("alone", printers::alone);
        Future<?> other = waiting("other", queue::next);

        assertThat(served).isEmpty();
        running.end();

        alone.get();
        other.get();
        assertThat(served).containsExactly("alone", "other");
    }

    private interface Wish {
        Turns.Turn turn() throws ClosedByInterruptException;
    }

    /** One who waits already, and says so when it is their turn. */
    private FutureTask<Void> waiting(String name, Wish wish) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            Turns.Turn turn = wish.turn();
            served.add(name);
            turn.end();
            return null;
        });
        Thread thread = new Thread(task);
        threads.add(thread);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return task;
    }
}
