package tutti.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time, in milliseconds, and what is to happen in it, in one order. */
final class Agenda {

    /** Some ten times what a long history needs. */
    private static final long ENTRIES_MAX = 1_000_000;

    private record Entry(long at, long order, Runnable action) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::order));
    private long now;
    private long order;

    long now() {
        return now;
    }

    void in(long millis, Runnable action) {
        order++;
        Violation.unless(order < ENTRIES_MAX, "8: there is no end to it at %s ms", now);
        entries.add(new Entry(now + Math.max(0, millis), order, action));
    }

    void runUntil(long end) {
        while (!entries.isEmpty() && entries.peek().at() <= end) {
            var next = entries.remove();
            now = next.at();
            try {
                next.action().run();
            } catch (Interrupted e) {
                continue; // whoever waits for an answer waits in vain
            }
        }
        now = Math.max(now, end);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
