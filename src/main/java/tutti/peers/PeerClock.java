package tutti.peers;

import java.util.concurrent.atomic.AtomicLong;

/** How far a peer's clock is ahead of this site's, as far as the peer itself has said. */
final class PeerClock {

    private final AtomicLong aheadMillis = new AtomicLong();

    /** What the peer's clock shows, in milliseconds since 1970. */
    long at(long nowMillis) {
        return nowMillis + aheadMillis.get();
    }

    /**
     * Takes in the time of a refusal, if the peer has signed it for the very message that it refused.
     *
     * @return whether it has
     */
    boolean learn(byte[] secret, String nonce, String time, String mac, long nowMillis) {
        if (nonce == null || time == null || mac == null || !time.matches("[0-9]{1,15}")) {
            return false;
        }
        var theirs = Long.parseLong(time);
        if (!Signature.same(Signature.ofClock(secret, theirs, nonce), mac)) {
            return false;
        }
        aheadMillis.set(theirs - nowMillis);
        return true;
    }
}
