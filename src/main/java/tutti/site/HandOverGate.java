package tutti.site;

import java.time.Instant;
import tutti.commit.SiteName;

/**
 * Lets a hand-over in at the site that it is for, while it is good, and once. What has come is remembered in memory: each
 * instance of a site lets it in once, and so does one that has been started again. The browser that sends it has had the
 * secret in it all the time.
 */
final class HandOverGate {

    private final SiteName self;

    /** For as long as one of them is good, by whatever clocks. */
    private final Nonces used =
            new Nonces(HandOver.GOOD_FOR.plus(Times.CLOCKS_APART_MAX).plus(Times.CLOCKS_APART_MAX));

    HandOverGate(SiteName self) {
        this.self = self;
    }

    /** Asking uses it up. */
    boolean admits(HandOver handOver, Instant now) {
        return handOver.to().equals(self) && handOver.isInTime(now) && used.isNew(handOver.nonce());
    }
}
