package tutti.simulation;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How often each rare path was taken. */
final class Counters {

    private final Map<RarePath, Integer> counts = new EnumMap<>(RarePath.class);

    void count(RarePath path) {
        counts.merge(path, 1, Integer::sum);
    }

    void countIf(boolean taken, RarePath path) {
        if (taken) {
            count(path);
        }
    }

    void add(Counters others) {
        others.counts.forEach((path, count) -> counts.merge(path, count, Integer::sum));
    }

    List<RarePath> neverTaken() {
        return Arrays.stream(RarePath.values())
                .filter(path -> !counts.containsKey(path))
                .toList();
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
