package tutti.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The problems of the public contract: code, HTTP status, and what a person is told. */
enum ProblemKind {
    VALIDATION(400, "Something has to be changed", "Please check what you sent: see the list of violations."),
    FOREIGN_ORIGIN(403, "Not from here", "This request came from another website and was not carried out."),
    NOT_YOURS(403, "Not yours", "Only the person who sent this can do that."),
    NOT_A_CONTRIBUTOR(403, "For contributors", "Add a photo to this event first, then you can see and do this."),
    NOT_FOUND(404, "Not found", "There is nothing at this address. Check the link you were given."),
    NO_PHOTOS(404, "No photos yet", "There is no montage before the first photo."),
    METHOD_NOT_ALLOWED(405, "Not possible here", "This address does not support that kind of request."),
    NOT_ACCEPTABLE(406, "No such format", "This address cannot answer in the format you asked for."),
    VOTING_IN_PROGRESS(
            409,
            "A vote is on",
            "Photos cannot come or go during a vote. Try again when it is over; it takes minutes."),
    PUBLISHED(409, "Already published", "The montage is published and does not change any more."),
    CREATING(409, "Not everywhere yet", "The event is still being created at all sites. Try again in a moment."),
    CANCELLED(409, "Cancelled", "The event was cancelled by its creator."),
    CONTRIBUTOR_LIMIT(409, "The group is complete", "This event already has as many contributors as it may have."),
    PHOTO_LIMIT(409, "Enough photos", "No more photos fit here: the limit for you or for the event is reached."),
    TOO_LATE(409, "Too late", "This can no longer be taken back."),
    ALREADY_VOTED(409, "You have voted", "Your vote in this ballot is stored and cannot be changed."),
    BALLOT_UNKNOWN(409, "No such ballot yet", "This site has not heard of that ballot. Try again in a moment."),
    BALLOT_OVER(409, "The ballot is over", "That ballot has ended. Look at the event again; a new one can be opened."),
    VOTING_CLOSED(409, "Time is up", "The time to vote is over. The outcome will be here in a moment."),
    UPLOAD_IN_PROGRESS(409, "A photo is on its way", "A photo is just coming or going. Try again in a moment."),
    SITE_UNAVAILABLE(
            409, "A site is out of reach", "This needs every site, and one cannot be reached. Please try again later."),
    FROZEN(
            409,
            "Stopped for now",
            "The operators have stopped this event: no photos come in, and nobody can vote, until they let it go on."),
    ERASED(
            409,
            "You have left for good",
            "Your data was erased from this event at your wish, so nothing of yours can come in here any more."),
    SUPERSEDED(412, "There is a newer montage", "The montage has changed since you looked. Look at it, then vote."),
    TOO_LARGE(413, "Too large", "This is larger than this site takes."),
    UNSUPPORTED_TYPE(415, "Not a format we can read", "Send a photo as JPEG, PNG, WebP or GIF."),
    WRONG_SITE(421, "Vote at your home site", "Your vote is taken where you added your first photo."),
    UNREADABLE_IMAGE(422, "The picture cannot be read", "The file is damaged or incomplete. Please send it again."),
    VERSION_REQUIRED(428, "Which montage?", "Say which montage you vote on: send its digest as If-Match."),
    TOO_MANY_REQUESTS(429, "Too many requests", "Please wait a moment and try again."),
    INTERNAL(500, "Something went wrong", "This is our fault, and it is logged. Please try again."),
    STORAGE_UNAVAILABLE(
            503, "The storage is away", "This site cannot reach its database. Try again soon; repeating is safe."),
    DRAINED(503, "This site takes nothing new", "It is about to be maintained. Please try again in a while."),
    NO_SPACE(507, "No space left", "This site's disk is full. Please try another site, or later.");

    private final int status;
    private final String title;
    private final String detail;

    ProblemKind(int status, String title, String detail) {
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String detail() {
        return detail;
    }

    static Optional<ProblemKind> of(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }

    /** What an HTTP status that the container chose means here. */
    static ProblemKind of(int status) {
        return Arrays.stream(values())
                .filter(kind -> kind.status == status && kind != NOT_YOURS && kind != VOTING_IN_PROGRESS)
                .findFirst()
                .orElse(status >= 500 ? INTERNAL : VALIDATION);
    }
}
