package tutti.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.commit.SiteName;

/**
 * Which peers did not answer when last asked. A hint for people and for pauses, never for a decision: it is not stored,
 * and it is wrong as often as a network is.
 */
@ApplicationScoped
public class PeerStates {

    /** A peer that had not answered for a while has answered. */
    public record Back(SiteName peer) {}

    private static final Logger LOG = Logger.getLogger(PeerStates.class.getName());

    /**
     * After less of it, what is owed comes again soon enough by itself. A site that is slow because all are busy seems lost
     * and found many times a minute, and must not be given everything that is owed to it each time.
     */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Since when, by the stopwatch. */
    private final ConcurrentSkipListMap<SiteName, Long> silent = new ConcurrentSkipListMap<>();

    /** Nanoseconds since some moment. */
    LongSupplier stopwatch = System::nanoTime;

    @Inject
    Event<Back> back;

    @Inject
    private SiteConfig config;

    /** Nobody has answered yet: all are asked at the start, which opens the lines before a user needs them. */
    @PostConstruct
    void nobodyYet() {
        config.peers().forEach(peer -> silent.put(peer, stopwatch.getAsLong()));
    }

    public SortedSet<SiteName> silent() {
        return new TreeSet<>(silent.keySet());
    }

    public void answered(SiteName peer) {
        var since = silent.remove(peer);
        if (since != null && stopwatch.getAsLong() - since >= SILENCE_NANOS) {
            back.fireAsync(new Back(peer));
        }
    }

    public void failed(SiteName peer, Exception why) {
        if (silent.putIfAbsent(peer, stopwatch.getAsLong()) == null) {
            LOG.log(Level.WARNING, "TUTTI015 peer={0} does not answer: {1}", new Object[] {peer, rootOf(why)});
        }
    }

    private static Throwable rootOf(Throwable why) {
        return why.getCause() == null ? why : rootOf(why.getCause());
    }
}
