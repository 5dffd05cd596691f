package tutti.site;

import java.time.Duration;
import java.time.Instant;
import tutti.commit.SiteName;
import tutti.event.EventId;

/**
 * What a site tells another one of a user who goes there, through the user's browser: who it is, and to which event.
 *
 * @param from the site that vouches for it, and to which the user can go back
 * @param to the only site that may believe it
 * @param issuedAt by the clock of {@code from}
 * @param nonce no other hand-over has it
 */
public record HandOver(UserSecret who, EventId event, SiteName from, SiteName to, Instant issuedAt, String nonce) {

    /** Long enough for a slow phone, whose browser sends it on at once. */
    static final Duration GOOD_FOR = Duration.ofSeconds(60);

    /** Whether it is still good, or already, by a clock that may differ from the issuer's as much as sites allow. */
    boolean isInTime(Instant now) {
        return !now.isBefore(issuedAt.minus(Times.CLOCKS_APART_MAX))
                && !now.isAfter(issuedAt.plus(GOOD_FOR).plus(Times.CLOCKS_APART_MAX));
    }
}
