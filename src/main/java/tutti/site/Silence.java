package tutti.site;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * A peer does not answer.
 *
 * @param since when it was first asked in vain, by the clock of the site that asked
 * @param sign what happened when it was last asked
 */
public record Silence(Instant since, Sign sign) {

    /** What the failure of a call tells of the peer; for people, never for a decision. */
    public enum Sign {
        /** Its machine is there, and nothing listens. */
        REFUSES,
        /** Somebody takes the connection and says nothing. */
        HANGS,
        /** Nobody takes the connection. */
        OUT_OF_REACH,
        UNKNOWN
    }

    /** @param cause at the root of the failure */
    static Sign signOf(Throwable cause) {
        var words = String.valueOf(cause.getMessage());
        if (cause instanceof SocketTimeoutException) {
            return words.startsWith("Connect") ? Sign.OUT_OF_REACH : Sign.HANGS;
        }
        if (cause instanceof NoRouteToHostException || cause instanceof UnknownHostException) {
            return Sign.OUT_OF_REACH;
        }
        if (cause instanceof ConnectException) {
            return words.contains("refused") ? Sign.REFUSES : Sign.OUT_OF_REACH;
        }
        return Sign.UNKNOWN;
    }
}
