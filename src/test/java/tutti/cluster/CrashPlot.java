package tutti.cluster;

import static tutti.cluster.CrashRole.COORDINATOR;
import static tutti.cluster.CrashRole.HOME;
import static tutti.cluster.CrashRole.MASTER;
import static tutti.cluster.CrashRole.OTHER;
import static tutti.cluster.CrashRole.PARTICIPANT;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is under way when a process dies, and which site has which role in it. */
enum CrashPlot {
    CREATE_EVENT("create:", Map.of(COORDINATOR, EAST, PARTICIPANT, EUROPE)),
    ADD_PHOTO("photo:", Map.of(COORDINATOR, EAST, PARTICIPANT, EUROPE)),
    /** A photo on which one site keeps silent until the others ask. */
    DOUBT("photo:", Map.of(COORDINATOR, EAST, PARTICIPANT, EUROPE, OTHER, ASIA)),
    /** A photo that a site refuses, because somebody there has voted. */
    REFUSE("photo:", Map.of(COORDINATOR, EAST, PARTICIPANT, ASIA, OTHER, EUROPE, MASTER, WEST)),
    /** The first vote, which opens a ballot. */
    VOTE("publish:", Map.of(HOME, EAST, MASTER, WEST, OTHER, EUROPE)),
    /** The same at the master's own site. */
    OWN_VOTE("publish:", Map.of(HOME, WEST, MASTER, WEST)),
    /** The last accept, and the publication that follows. */
    PUBLISH("publish:", Map.of(COORDINATOR, WEST, MASTER, WEST, PARTICIPANT, EUROPE, HOME, EAST)),
    /** A reject, which aborts the publication before it has begun. */
    REJECT("publish:", Map.of(COORDINATOR, WEST, MASTER, WEST, PARTICIPANT, EUROPE, HOME, EAST)),
    /** One accept, one silence, and the deadline. */
    TIMEOUT("publish:", Map.of(COORDINATOR, WEST, MASTER, WEST, PARTICIPANT, EUROPE, HOME, EAST)),
    /** A photo that goes again. */
    REMOVE_PHOTO("removal:", Map.of(COORDINATOR, EAST, PARTICIPANT, EUROPE, MASTER, WEST)),
    /** What was published is hidden again. */
    TAKE_DOWN("takedown:", Map.of(COORDINATOR, EAST, PARTICIPANT, EUROPE, MASTER, WEST));

    private final String subject;
    private final Map<CrashRole, Site> sites;

    CrashPlot(String subject, Map<CrashRole, Site> sites) {
        this.subject = subject;
        this.sites = sites;
    }

    /** With what the subjects of this plot's transactions begin. */
    String subject() {
        return subject;
    }

    Site siteOf(CrashRole role) {
        return sites.get(role);
    }

    /** @param title tells this story from all others */
    CrashStory story(RunningCluster cluster, String title) {
        return switch (this) {
            case CREATE_EVENT -> new CreationStory(cluster, title, siteOf(COORDINATOR));
            case ADD_PHOTO -> new PhotoStory(cluster, title, WEST, siteOf(COORDINATOR), Optional.empty());
            case DOUBT -> new PhotoStory(cluster, title, WEST, siteOf(COORDINATOR), Optional.of(siteOf(OTHER)));
            case REFUSE -> new RefusalStory(cluster, title, siteOf(MASTER), siteOf(OTHER), siteOf(COORDINATOR));
            case REMOVE_PHOTO -> new RemovalStory(cluster, title, siteOf(MASTER), siteOf(COORDINATOR));
            case TAKE_DOWN -> new TakeDownStory(cluster, title, siteOf(MASTER), siteOf(COORDINATOR));
            default -> new VotingStory(cluster, title, this, siteOf(MASTER), siteOf(HOME));
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
