package tutti.site;

/** How often something happened in each of the last sixty minutes, and how much it came to. Safe for several threads. */
final class LastHour {

    static final int MINUTES = 60;

    private final long[] counts = new long[MINUTES];
    private final long[] sums = new long[MINUTES];
    private long latest = Long.MIN_VALUE;

    /** @param minute of some clock that never goes back */
    synchronized void add(long minute, long amount) {
        advance(minute);
        counts[slot(minute)]++;
        sums[slot(minute)] += amount;
    }

    synchronized boolean isAny(long minute) {
        for (long count : counts(minute)) {
            if (count > 0) {
                return true;
            }
        }
        return false;
    }

    /** Each minute's, that of {@code minute} last. */
    synchronized long[] counts(long minute) {
        advance(minute);
        return inOrder(minute, counts);
    }

    /** What it came to on an average in each minute, that of {@code minute} last; 0 where it did not happen. */
    synchronized long[] means(long minute) {
        advance(minute);
        long[] means = inOrder(minute, sums);
        long[] times = inOrder(minute, counts);
        for (int i = 0; i < MINUTES; i++) {
            means[i] = times[i] == 0 ? 0 : means[i] / times[i];
        }
        return means;
    }

    private void advance(long minute) {
        if (latest == Long.MIN_VALUE) {
            latest = minute;
        }
        for (long begun = Math.max(latest + 1, minute - MINUTES + 1); begun <= minute; begun++) {
            counts[slot(begun)] = 0;
            sums[slot(begun)] = 0;
        }
        latest = Math.max(latest, minute);
    }

    private static long[] inOrder(long minute, long[] values) {
        long[] ordered = new long[MINUTES];
        for (int i = 0; i < MINUTES; i++) {
            ordered[i] = values[slot(minute - MINUTES + 1 + i)];
        }
        return ordered;
    }

    private static int slot(long minute) {
        return Math.floorMod(minute, MINUTES);
    }
}
