package tutti.site;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tutti.ballot.AbortReason;
import tutti.ballot.Ballot;
import tutti.ballot.Choice;
import tutti.commit.SiteName;
import tutti.event.EventDetails;
import tutti.event.EventId;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.montage.Digest;
import tutti.montage.MontageVersion;
import tutti.photo.Photo;

/**
 * An event as one user may see it at one site: what is not the user's to know is not in it.
 *
 * @param site who answers
 * @param montage empty where there is none that this user may see
 * @param ballotNumber of the open ballot, or of the one that a vote now would open
 * @param contributors empty for strangers
 * @param ballot the open one or the last one; empty for strangers
 * @param missingSites while it is being created: the sites that do not have it yet
 * @param frozen whether an operator has stopped the event at this site
 * @param url the event's page at this site
 */
public record EventView(
        EventId id,
        EventDetails details,
        Status status,
        SiteName site,
        Optional<Instant> publishedAt,
        MontageVersion version,
        Optional<Outline> montage,
        int ballotNumber,
        int contributorCount,
        List<Contributor> contributors,
        You you,
        Optional<BallotView> ballot,
        List<SiteName> missingSites,
        boolean frozen,
        String url) {

    /** The same but for the time left, which runs without anything having changed. */
    EventView withoutClock() {
        return new EventView(
                id,
                details,
                status,
                site,
                publishedAt,
                version,
                montage,
                ballotNumber,
                contributorCount,
                contributors,
                you,
                ballot.map(BallotView::withoutClock),
                missingSites,
                frozen,
                url);
    }

    /** The montage's size in full, in pixels. */
    public record Outline(int width, int height) {}

    /** What the public contract calls an event's status. */
    public enum Status {
        CREATING,
        OPEN,
        VOTING,
        PUBLISHED,
        TAKEN_DOWN,
        CANCELLED;

        /** A montage that is hidden here is hidden, whatever other sites still show. */
        static Status of(Phase phase) {
            return phase.isHidden() ? TAKEN_DOWN : valueOf(phase.name());
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One of those whose yes is needed.
     *
     * @param name as given with the newest photo; may be empty
     * @param erased whether this one has left for good, and has no name any more
     * @param looking whether this contributor has the event's page open now, as far as sites have told each other
     * @param accepted while a ballot is open or after it: whether an accept is known here; empty where there was none yet
     */
    public record Contributor(
            String name,
            boolean erased,
            int photos,
            SiteName home,
            boolean you,
            Optional<Boolean> looking,
            Optional<Boolean> accepted) {}

    /**
     * The user who looks.
     *
     * @param home where this user's vote is taken; empty for one who has not contributed
     * @param vote what this user has said in the ballot of now
     * @param photos the user's own, with those that wait at this site
     * @param erasure empty unless this user has wanted to leave for good
     */
    public record You(
            boolean creator,
            boolean contributor,
            Optional<SiteName> home,
            Optional<Choice> vote,
            List<PhotoView> photos,
            Optional<Erasure> erasure) {}

    /** How far this site is with giving up all that it has of a user in the event. */
    public enum Erasure {
        UNDER_WAY,
        DONE;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A ballot in numbers. */
    public record BallotView(
            int number,
            Optional<Digest> digest,
            Ballot.State state,
            Optional<AbortReason> reason,
            Optional<Instant> openedAt,
            Optional<Instant> endedAt,
            int secondsLeft,
            int accepted,
            int missing) {

        BallotView withoutClock() {
            return new BallotView(number, digest, state, reason, openedAt, endedAt, 0, accepted, missing);
        }
    }

    /**
     * One photo.
     *
     * @param waitingFor the sites that could not be reached, while it waits
     */
    public record PhotoView(
            Photo photo, PhotoStatus status, Optional<Refusal> reason, List<SiteName> waitingFor, boolean mine) {}

    /** Where a photo stands. */
    public enum PhotoStatus {
        COMMITTED,
        WAITING,
        REFUSED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
