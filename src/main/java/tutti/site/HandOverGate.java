package tutti.site;

import java.time.Instant;
import tutti.commit.SiteName;

/** Lets a hand-over in at the site that it is for, while it is good, and once. */
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
