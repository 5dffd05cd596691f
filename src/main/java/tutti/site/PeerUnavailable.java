package tutti.site;

import tutti.commit.SiteName;

/** A peer gave no answer that can be relied on: out of reach, out of time, not able to say, or not its own by signature. */
public final class PeerUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PeerUnavailable(SiteName peer, Throwable cause) {
        super("no answer from " + peer + ": " + cause.getMessage(), cause);
    }

    public PeerUnavailable(SiteName peer, String why) {
        super("no answer from " + peer + ": " + why);
    }
}
