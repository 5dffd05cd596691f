package tutti.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.commit.SiteName;

/**
 * Which peers did not answer when last asked. A hint for people and for pauses, never for a decision: it is not stored,
 * and it is wrong as often as a network is.
 */
@ApplicationScoped
public class PeerStates {

    /** A peer that did not answer before has answered. */
    public record Back(SiteName peer) {}

    private static final Logger LOG = Logger.getLogger(PeerStates.class.getName());

    private final SortedSet<SiteName> silent = new ConcurrentSkipListSet<>();

    @Inject
    private Event<Back> back;

    @Inject
    private SiteConfig config;

    /** Nobody has answered yet: all are asked at the start, which opens the lines before a user needs them. */
    @PostConstruct
    void nobodyYet() {
        silent.addAll(config.peers());
    }

    public SortedSet<SiteName> silent() {
        return new TreeSet<>(silent);
    }

    public void answered(SiteName peer) {
        if (silent.remove(peer)) {
            back.fireAsync(new Back(peer));
        }
    }

    public void failed(SiteName peer, Exception why) {
        if (silent.add(peer)) {
            LOG.log(Level.WARNING, "TUTTI015 peer={0} does not answer: {1}", new Object[] {peer, rootOf(why)});
        }
    }

    private static Throwable rootOf(Throwable why) {
        return why.getCause() == null ? why : rootOf(why.getCause());
    }
}
