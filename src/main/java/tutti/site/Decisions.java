package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tutti.commit.Decision;
import tutti.commit.TransactionId;

/** Where a user's request waits for the decision of the transaction that it began. Only a shortcut: the journal knows. */
@ApplicationScoped
public class Decisions {

    private final Map<TransactionId, CompletableFuture<Decision>> awaited = new ConcurrentHashMap<>();

    /** A transaction has begun here, and a request may come to wait for it. */
    void begun(TransactionId id) {
        awaited.computeIfAbsent(id, fresh -> new CompletableFuture<Decision>()
                .orTimeout(1, TimeUnit.MINUTES)
                .whenComplete((decision, late) -> {
                    if (late != null) {
                        awaited.remove(fresh);
                    }
                }));
    }

    void decided(Decision decision) {
        Optional.ofNullable(awaited.get(decision.id())).ifPresent(waiting -> waiting.complete(decision));
    }

    /** Empty where it is not decided within this time, or where nobody here has begun it. */
    Optional<Decision> await(TransactionId id, Duration most) {
        var waiting = awaited.get(id);
        if (waiting == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(waiting.get(most.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            awaited.remove(id);
        }
    }
}
