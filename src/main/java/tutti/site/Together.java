package tutti.site;

import io.opentelemetry.context.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.commit.SiteName;
import tutti.journal.StorageUnavailable;

/**
 * Does things beside each other: one call to each of several peers, or work that nobody waits for.
 *
 * <p>Its threads are the container's, in a pool of its own: the container's executor takes down the caller's context with each
 * task, for which Payara looks through every archive it has, and no task here needs any of it. What tasks do take along is the
 * trace that they belong to.
 */
@ApplicationScoped
public class Together {

    private static final Logger LOG = Logger.getLogger(Together.class.getName());

    private static final int THREADS_MAX = 200;

    /** What is tried again after a failure of many at once; more would only keep each other from getting done in time. */
    private static final int IN_TURN_AT_ONCE = 8;

    @Resource
    private ManagedThreadFactory threads;

    /** Nothing waits for one of its threads: tasks here wait for each other, and would wait for ever. */
    ExecutorService executor;

    private ExecutorService inTurn;

    @PostConstruct
    void open() {
        open(threads);
    }

    void open(ThreadFactory factory) {
        executor = new ThreadPoolExecutor(0, THREADS_MAX, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), factory);
        var few = new ThreadPoolExecutor(
                IN_TURN_AT_ONCE, IN_TURN_AT_ONCE, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), factory);
        few.allowCoreThreadTimeOut(true);
        inTurn = few;
    }

    @PreDestroy
    void close() {
        inTurn.shutdownNow();
        executor.shutdown();
    }

    /**
     * Calls all peers at once and returns the answers of those that gave one. Each call is bounded in time by itself. A peer
     * for whose call no thread is free has given none.
     */
    <T> SortedMap<SiteName, T> ask(Collection<SiteName> peers, Function<SiteName, T> call) {
        var trace = Context.current();
        var calls = new TreeMap<SiteName, CompletableFuture<T>>();
        for (var peer : peers) {
            try {
                calls.put(peer, CompletableFuture.supplyAsync(trace.wrapSupplier(() -> call.apply(peer)), executor));
            } catch (RejectedExecutionException e) {
                LOG.log(Level.FINE, "no thread is free to call {0}", peer);
            }
        }
        var answers = new TreeMap<SiteName, T>();
        calls.forEach((peer, answer) -> {
            try {
                answers.put(peer, answer.join());
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof PeerUnavailable)) {
                    LOG.log(Level.SEVERE, "TUTTI020 call to " + peer + " failed", e.getCause());
                }
            }
        });
        return answers;
    }

    /** Work that nobody waits for; what it throws is logged. Where no thread is free it is left to be tried again, too. */
    void later(String what, Runnable work) {
        try {
            executor.submit(Context.current().wrap(() -> run(what, work)));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.WARNING, "TUTTI021 {0} found no free thread, and will be tried again", what);
        }
    }

    /** As {@link #later}, but a few at a time and one after the other; the caller bounds how many wait. */
    void inTurn(String what, Runnable work) {
        inTurn.execute(() -> run(what, work));
    }

    private static void run(String what, Runnable work) {
        try {
            work.run();
        } catch (PeerUnavailable e) {
            LOG.log(Level.FINE, "{0}: {1}", new Object[] {what, e.getMessage()});
        } catch (StorageUnavailable e) {
            LOG.log(Level.WARNING, "TUTTI021 {0} failed, and will be tried again: {1}", new Object[] {what, e.why()});
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "TUTTI021 " + what + " failed, and will be tried again", e);
        }
    }
}
