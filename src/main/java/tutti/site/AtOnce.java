package tutti.site;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many requests of one sender are being answered: each holds a thread for as long as it takes its time to come in. */
final class AtOnce {

    private final int most;
    private final Map<String, Integer> inside = new ConcurrentHashMap<>();

    AtOnce(int most) {
        this.most = most;
    }

    /** Whether there is room for one more; then it has to {@link #leave}. */
    boolean enter(String sender) {
        if (inside.merge(sender, 1, Integer::sum) <= most) {
            return true;
        }
        leave(sender);
        return false;
    }

    void leave(String sender) {
        inside.computeIfPresent(sender, (who, count) -> count == 1 ? null : count - 1);
    }
}
