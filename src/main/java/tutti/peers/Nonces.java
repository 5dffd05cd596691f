package tutti.peers;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Remembers the nonces of the last minutes, so that a recorded message cannot be played again. In memory only: repeated
 * messages do no harm, and after a restart the window of time is protection enough.
 */
@ApplicationScoped
public class Nonces {

    private Set<String> older = new HashSet<>();
    private Set<String> newer = new HashSet<>();
    private long turnedAt = System.nanoTime();

    /** Whether this nonce is seen for the first time within at least this window and at most twice of it. */
    synchronized boolean isNew(String nonce, Duration window) {
        if (System.nanoTime() - turnedAt > window.toNanos()) {
            older = newer;
            newer = new HashSet<>();
            turnedAt = System.nanoTime();
        }
        return !older.contains(nonce) && newer.add(nonce);
    }
}
