package tutti.peers;

import java.util.concurrent.atomic.AtomicLong;

/** How far a peer's clock is ahead of this site's, as far as the peer itself has said. */
final class PeerClock {

    private final AtomicLong aheadMillis = new AtomicLong();

    /** What the peer's clock shows, in milliseconds since 1970. */
    long at(long nowMillis) {
        return nowMillis + aheadMillis.get();
    }

    /** Takes in what the peer's clock shows, as a refusal has said under the peer's signature. */
    void learn(long theirsMillis, long nowMillis) {
        aheadMillis.set(theirsMillis - nowMillis);
    }
}
