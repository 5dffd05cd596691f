package tutti.site;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Remembers the nonces of the last minutes, so that what was recorded cannot be played again. In memory only: what is played
 * again does no harm in itself, and after a restart the time for which it is good is protection enough.
 */
public class Nonces {

    private final Duration window;
    private Set<String> older = new HashSet<>();
    private Set<String> newer = new HashSet<>();
    private long turnedAt = System.nanoTime();

    /** @param window for how long a nonce is remembered at least; it may be twice as long */
    public Nonces(Duration window) {
        this.window = window;
    }

    /** Whether this nonce is seen for the first time within the window. */
    public synchronized boolean isNew(String nonce) {
        if (System.nanoTime() - turnedAt > window.toNanos()) {
            older = newer;
            newer = new HashSet<>();
            turnedAt = System.nanoTime();
        }
        return !older.contains(nonce) && newer.add(nonce);
    }
}
