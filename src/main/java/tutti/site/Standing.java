package tutti.site;

import static java.util.stream.Collectors.joining;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.commit.SiteName;
import tutti.journal.Incarnations;

/**
 * Whether this site may serve: not while it is made again from its peers, and not with a database that a peer does not know
 * while it remembers another one. What that other one has promised is not known here, so a healthy face would be a lie.
 */
@ApplicationScoped
public class Standing {

    private static final Logger LOG = Logger.getLogger(Standing.class.getName());

    @Inject
    private Incarnations incarnations;

    @Inject
    private SiteConfig config;

    private final SortedSet<SiteName> disownedBy = new ConcurrentSkipListSet<>();

    private volatile boolean introduced;

    public boolean serves() {
        return trouble().isEmpty();
    }

    /** Whether all peers that are there have been asked, once, what they know of this site. */
    boolean isIntroduced() {
        return introduced;
    }

    void introduced() {
        introduced = true;
    }

    private boolean isRebuilding() {
        return !incarnations.own().serves();
    }

    /** Why this site does not serve, as a sentence for people; empty while it does. */
    public Optional<String> trouble() {
        if (isRebuilding()) {
            return Optional.of(
                    "This site has lost its disk and is being made again from the others. Please use another site"
                            + " for the moment; photos that are in are not lost.");
        }
        return disownedBy.isEmpty() ? Optional.empty() : Optional.of(newDatabase());
    }

    private String newDatabase() {
        var peers = disownedBy.stream().map(SiteName::name).collect(joining(", "));
        return "The database of " + config.self() + " is a new one; another one of this site is known to " + peers + "."
                + " If that is lost, \"./run-cluster.sh rebuild " + config.self()
                + "\" makes the site again from the others.";
    }

    /** Whether its database is another one than peers remember, and nobody has said yet that the site is to be rebuilt. */
    public boolean isDisowned() {
        return !isRebuilding() && !disownedBy.isEmpty();
    }

    /** A peer says that it knows another database of this site, which is lost then. */
    public void isDisownedBy(SiteName peer) {
        if (!isRebuilding() && disownedBy.add(peer)) {
            LOG.log(Level.SEVERE, "TUTTI005 {0}", newDatabase());
        }
    }

    public void isKnownTo(SiteName peer) {
        disownedBy.remove(peer);
    }
}
