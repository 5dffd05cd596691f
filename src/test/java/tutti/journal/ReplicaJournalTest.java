package tutti.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.PersistenceException;
import org.junit.jupiter.api.Test;

class ReplicaJournalTest {

    @Test
    void what_the_database_or_its_pool_fails_with_says_that_the_storage_is_unavailable() {
        var pools = new IllegalStateException("Task already scheduled or cancelled");
        pools.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.util.Timer", "sched", "Timer.java", 413),
            new StackTraceElement(
                    "com.sun.enterprise.resource.pool.ConnectionPool", "resourceErrorOccurred", null, 1119)
        });

        failsWith(pools, StorageUnavailable.class);
        failsWith(new PersistenceException("gone"), StorageUnavailable.class);
    }

    @Test
    void what_the_rules_fail_with_is_told_as_it_is() {
        failsWith(new IllegalStateException("a bug of ours"), IllegalStateException.class);
    }

    private static void failsWith(RuntimeException e, Class<? extends Exception> told) {
        assertThatThrownBy(() -> ReplicaJournal.persistently(() -> {
                    throw e;
                }))
                .isInstanceOf(told);
    }
}
