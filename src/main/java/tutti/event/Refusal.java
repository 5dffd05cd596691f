package tutti.event;

import java.util.Arrays;
import java.util.Optional;

/** Why a user's wish is not fulfilled. The codes are those of the public contract. */
public enum Refusal {
    NOT_FOUND("not-found"),
    NOT_A_CONTRIBUTOR("not-a-contributor"),
    CREATING("creating"),
    CANCELLED("cancelled"),
    PUBLISHED("published"),
    VOTING_IN_PROGRESS("voting-in-progress"),
    CONTRIBUTOR_LIMIT("contributor-limit"),
    PHOTO_LIMIT("photo-limit"),
    TOO_LATE("too-late"),
    ALREADY_VOTED("already-voted"),
    WRONG_SITE("wrong-site"),
    BALLOT_UNKNOWN("ballot-unknown"),
    BALLOT_OVER("ballot-over"),
    VOTING_CLOSED("voting-closed"),
    UPLOAD_IN_PROGRESS("upload-in-progress"),
    SITE_UNAVAILABLE("site-unavailable"),
    /** The site takes nothing new, because it is about to be maintained. */
    DRAINED("drained"),
    /** An operator has stopped the event. */
    FROZEN("frozen"),
    SUPERSEDED("superseded"),
    NO_PHOTOS("no-photos"),
    NOT_YOURS("not-yours"),
    /** This very contributor has left the event for good. */
    ERASED("erased");

    private final String code;

    Refusal(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The refusal of this code, or empty where the code says something else. */
    public static Optional<Refusal> of(String code) {
        return Arrays.stream(values())
                .filter(refusal -> refusal.code.equals(code))
                .findFirst();
    }
}
