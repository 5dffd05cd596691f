package tutti.event;

import java.time.Instant;
import tutti.montage.Digest;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.PhotoId;

/** What a transaction can do to an event, on all sites or on none. */
public sealed interface Change {

    /** Names what is changed; attempts at the same subject never run side by side at one site. */
    String subject(EventId event);

    /** The event comes to be, everywhere. */
    record CreateEvent(EventDetails details) implements Change {
        @Override
        public String subject(EventId event) {
            return subjectOf(event);
        }

        public static String subjectOf(EventId event) {
            return "create:" + event;
        }
    }

    /** A photo joins the montage, everywhere. */
    record AddPhoto(Photo photo) implements Change {
        @Override
        public String subject(EventId event) {
            return subjectOf(photo.id());
        }

        public static String subjectOf(PhotoId photo) {
            return "photo:" + photo;
        }
    }

    /**
     * A committed photo leaves the montage again, everywhere: its owner has taken it back before a ballot.
     *
     * <p>It names the whole photo and not only its id, since the same one may come, go and come again. One that is in stays
     * in from the first promise of its removal to the outcome, and one that is out comes again only after every site knows
     * that it is out: so at each site additions and removals of one photo alternate, in the same order, and a decision that
     * is told again finds its own record. Where that order is lost, a removal still says which addition it has ended.
     *
     * @param photo as it was added
     */
    record RemovePhoto(Photo photo) implements Change {
        @Override
        public String subject(EventId event) {
            return subjectOf(photo.id());
        }

        public static String subjectOf(PhotoId photo) {
            return "removal:" + photo;
        }
    }

    /**
     * A published montage is hidden, everywhere: somebody in it has taken back what he had agreed to. By whom is not said.
     *
     * <p>It is never refused, so two of them do no harm to each other. Each site hides the montage as soon as it has promised
     * to, and never shows it again: an attempt that is aborted, since some site could not be reached, is followed by another
     * one, of any site that hides it.
     */
    record TakeDown() implements Change {
        @Override
        public String subject(EventId event) {
            return subjectOf(event);
        }

        public static String subjectOf(EventId event) {
            return "takedown:" + event;
        }
    }

    /**
     * One contributor's data is given up, everywhere: names, captions and bytes, in whatever record they are. The ids of
     * photos, and how ballots have ended, stay: they say nothing of anybody.
     *
     * <p>It comes last: the contributor's photos are out of the montage before, or the montage is hidden. It is never refused,
     * and each site takes in nothing more of this contributor from its promise on; like a take-down it is tried again, by any
     * site that has promised it, until it is done.
     */
    record Erase(ContributorId contributor) implements Change {

        private static final String PREFIX = "erasure:";

        @Override
        public String subject(EventId event) {
            return subjectOf(event, contributor);
        }

        public static String subjectOf(EventId event, ContributorId contributor) {
            return PREFIX + event + ":" + contributor;
        }

        /** Whether a transaction of this subject reaches into all that a site remembers of the event. */
        public static boolean isSubject(String subject) {
            return subject.startsWith(PREFIX);
        }
    }

    /**
     * The montage of a ballot becomes public, everywhere. Its abort is the ballot's abort.
     *
     * @param publishedAt by the master's clock, and the same everywhere
     */
    record PublishMontage(int ballot, Digest digest, Instant publishedAt) implements Change {

        private static final String PREFIX = "publish:";

        @Override
        public String subject(EventId event) {
            return subjectOf(event, ballot);
        }

        public static String subjectOf(EventId event, int ballot) {
            return PREFIX + event + ":" + ballot;
        }

        /** The ballot that a subject speaks of, or 0 where it is no publication of this event. */
        public static int ballotOf(String subject, EventId event) {
            var prefix = PREFIX + event + ":";
            return subject.startsWith(prefix)
                            && subject.substring(prefix.length()).matches("[1-9][0-9]{0,8}")
                    ? Integer.parseInt(subject.substring(prefix.length()))
                    : 0;
        }
    }
}
