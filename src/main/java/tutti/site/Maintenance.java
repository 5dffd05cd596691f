package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import tutti.commit.SiteName;

/**
 * What an operator has asked of this site for a while: to take nothing new, or to leave a peer alone. In memory only, so that
 * a restart, which is what a site is drained for, ends it, and nobody can forget it for long.
 */
@ApplicationScoped
public class Maintenance {

    private volatile Optional<Instant> drainedSince = Optional.empty();
    private final SortedSet<SiteName> paused = new ConcurrentSkipListSet<>();

    /** From now on nothing new begins here; what is under way goes on, and so does reading. */
    public void drain() {
        if (drainedSince.isEmpty()) {
            drainedSince = Optional.of(Instant.now());
        }
    }

    public void takeNewWork() {
        drainedSince = Optional.empty();
    }

    /** Empty while the site takes new work. */
    public Optional<Instant> drainedSince() {
        return drainedSince;
    }

    public boolean isDrained() {
        return drainedSince.isPresent();
    }

    /** From now on the peer gets no messages of the protocol from here: for users it is as one that is out of reach. */
    public void pause(SiteName peer) {
        paused.add(peer);
    }

    public void resume(SiteName peer) {
        paused.remove(peer);
    }

    public boolean isPaused(SiteName peer) {
        return paused.contains(peer);
    }

    public SortedSet<SiteName> paused() {
        return new TreeSet<>(paused);
    }
}
