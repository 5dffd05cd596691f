package tutti.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.commit.SiteName;
import tutti.site.Silence.Sign;

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

    private final ConcurrentSkipListMap<SiteName, Failing> silent = new ConcurrentSkipListMap<>();

    /** @param since by the stopwatch */
    private record Failing(long since, Sign sign) {

        /** A call that was not even made has no news. */
        Failing last(Sign news) {
            return news == Sign.UNKNOWN ? this : new Failing(since, news);
        }
    }

    /** Nanoseconds since some moment. */
    LongSupplier stopwatch = System::nanoTime;

    @Inject
    Event<Back> back;

    @Inject
    private SiteConfig config;

    /** Nobody has answered yet: all are asked at the start, which opens the lines before a user needs them. */
    @PostConstruct
    void nobodyYet() {
        config.peers().forEach(peer -> silent.put(peer, new Failing(stopwatch.getAsLong(), Sign.UNKNOWN)));
    }

    public SortedSet<SiteName> silent() {
        return new TreeSet<>(silent.keySet());
    }

    /** The same, and what is known of each. */
    SortedMap<SiteName, Silence> silences() {
        var silences = new TreeMap<SiteName, Silence>();
        var now = Instant.now();
        silent.forEach((peer, failing) -> silences.put(
                peer, new Silence(now.minusNanos(stopwatch.getAsLong() - failing.since()), failing.sign())));
        return silences;
    }

    public void answered(SiteName peer) {
        var failing = silent.remove(peer);
        if (failing != null && stopwatch.getAsLong() - failing.since() >= SILENCE_NANOS) {
            back.fireAsync(new Back(peer));
        }
    }

    public void failed(SiteName peer, Exception why) {
        var sign = Silence.signOf(rootOf(why));
        var known = silent.putIfAbsent(peer, new Failing(stopwatch.getAsLong(), sign));
        silent.computeIfPresent(peer, (any, failing) -> failing.last(sign));
        if (known == null) {
            LOG.log(Level.WARNING, "TUTTI015 peer={0} does not answer: {1}", new Object[] {peer, rootOf(why)});
        }
    }

    private static Throwable rootOf(Throwable why) {
        return why.getCause() == null ? why : rootOf(why.getCause());
    }
}
