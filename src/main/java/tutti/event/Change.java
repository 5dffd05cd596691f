package tutti.event;

import java.time.Instant;
import tutti.montage.Digest;
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
