package tutti.site;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tutti.ballot.BallotReport;
import tutti.commit.Decision;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change;
import tutti.event.EventId;
import tutti.journal.Dossier;
import tutti.journal.Incarnation;
import tutti.photo.ContributorId;
import tutti.photo.Sha256;
import tutti.replica.BallotNews;
import tutti.replica.Testimony;

/**
 * The line to the other sites. Every call is safe to repeat, is bounded in time, and throws {@link PeerUnavailable} when
 * no answer came: the peer may have done what it was asked, or not.
 */
public interface PeerLine {

    Vote prepare(SiteName peer, EventId event, TransactionId id, Change change);

    /** Whether the peer has adopted the decision, and has that on disk. */
    boolean tell(SiteName peer, EventId event, Decision decision);

    /** Asks for the outcome of a transaction; empty where the peer is undecided as well. */
    Optional<Decision> ask(SiteName peer, EventId event, TransactionId id);

    BallotNews report(SiteName master, EventId event, BallotReport report);

    /** Whether the peer has understood that the ballot is open. */
    boolean announce(SiteName peer, EventId event, BallotNews.Opened opened);

    /** The peer's own view of a ballot; empty where it knows of none. */
    Optional<BallotReport> lastReport(SiteName peer, EventId event, int ballot);

    /** Returns when the bytes of a photo are durable at the peer. */
    void confirmBytes(SiteName peer, Sha256 sha256);

    /**
     * Says that this site has lost its disk and has another database now. From then on the peer is deaf to what the lost one
     * has said.
     *
     * @return which databases all sites have had, as far as the peer knows
     */
    List<Incarnation> announceLoss(SiteName peer);

    /** A page of the events that the peer knows of, in the order of their ids. @param after the last one that is known */
    List<EventId> events(SiteName peer, String after, int limit);

    /** What the peer knows of an event, once it has given up what rests on this site's lost promises. */
    Testimony testimony(SiteName peer, EventId event);

    /** Returns when the bytes of a photo, which the peer has, are durable here. */
    void fetchBytes(SiteName peer, Sha256 sha256);

    /** Who is looking at these events at the peer, where somebody is. */
    Map<EventId, Set<ContributorId>> present(SiteName peer, Set<EventId> events);

    /** What the peer says of itself; also where it cannot serve. */
    SiteReport reportOf(SiteName peer);

    /** A digest of what is decided at the peer in each of these events, by id; without those in which nothing is. */
    Map<String, String> digests(SiteName peer, List<EventId> events);

    /** Stops an event at the peer, or lets it go on there; false where the peer does not know it. */
    boolean freeze(SiteName peer, EventId event, boolean stopped);

    /** What the peer has recorded of an event. */
    Dossier dossierOf(SiteName peer, EventId event);

    /** Returns when the peer has answered that it can serve. */
    void ping(SiteName peer);
}
