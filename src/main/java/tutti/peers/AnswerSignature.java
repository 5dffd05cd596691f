package tutti.peers;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What makes an answer the one that a site has given to this very message: HMAC-SHA-256 (RFC 2104) over who answers, the
 * message's nonce, the status, the declared digest of the body, and what the two have to tell each other of their databases
 * and clocks. Without it, somebody on the line could turn a no into a yes, and nobody would have lied.
 *
 * @param nonce of the message that is answered; it is signed together with all else that the message says
 * @param digest SHA-256 of the body, 64 hex digits
 * @param database which one the answering site has, or {@link #NONE} where it does not say
 * @param unknown the asking site's database, where the answering one knows another one of it, else {@link #NONE}
 * @param time milliseconds since 1970 by the answering site's clock, where the message was refused for its own, else
 *     {@link #NONE}
 */
record AnswerSignature(
        String site, String nonce, int status, String digest, String database, String unknown, String time) {

    private static final String NONE = "-";

    /** What an answer says of itself, on its way out as on its way in. @param headers by name, null where there is none */
    static AnswerSignature of(String nonce, int status, UnaryOperator<String> headers) {
        UnaryOperator<String> said =
                name -> Optional.ofNullable(headers.apply(name)).orElse(NONE);
        return new AnswerSignature(
                said.apply(Signature.SENDER),
                nonce,
                status,
                said.apply(Signature.DIGEST),
                said.apply(Signature.INCARNATION),
                said.apply(Signature.UNKNOWN),
                said.apply(Signature.TIME));
    }

    /** Base64url of the HMAC with this secret. */
    String by(byte[] secret) {
        return Signature.mac(
                secret,
                String.join("\n", "answer", site, nonce, Integer.toString(status), digest, database, unknown, time));
    }

    /** Whether this is the HMAC; takes the same time for every wrong one. */
    boolean isBy(byte[] secret, String mac) {
        return Signature.same(by(secret), mac);
    }

    boolean namesDatabase() {
        return !database.equals(NONE);
    }

    /** Whether the asking site is known by another database. */
    boolean isDisowning() {
        return !unknown.equals(NONE);
    }

    boolean tellsTime() {
        return !time.equals(NONE);
    }
}
