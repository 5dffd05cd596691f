package tutti.peers;

import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What makes a message one of this cluster: HMAC-SHA-256 (RFC 2104) over method, path, the declared digest of the body,
 * time, nonce, sender, and which databases of the sender and of the receiver are meant.
 *
 * @param digest SHA-256 of the body, 64 hex digits
 * @param time milliseconds since 1970 by the sender's clock
 * @param incarnation the sender's database
 * @param meant the receiver's database that the sender has dealt with, or {@link #ANY} for the first time
 */
record Signature(
        String method,
        String path,
        String digest,
        long time,
        String nonce,
        String sender,
        String incarnation,
        String meant) {

    static final String SENDER = "Tutti-Site";
    static final String TIME = "Tutti-Time";
    static final String NONCE = "Tutti-Nonce";
    static final String DIGEST = "Tutti-Digest";
    static final String MAC = "Tutti-Signature";
    static final String INCARNATION = "Tutti-Incarnation";
    static final String MEANT = "Tutti-Incarnation-Meant";
    static final String PROOF = "Tutti-Incarnation-Proof";

    /** Whatever database the receiver has. */
    static final String ANY = "-";

    /** Base64url of the HMAC with this secret. */
    String by(byte[] secret) {
        return mac(
                secret,
                String.join("\n", method, path, digest, Long.toString(time), nonce, sender, incarnation, meant));
    }

    /** Whether this is the HMAC; takes the same time for every wrong one. */
    boolean isBy(byte[] secret, String mac) {
        return same(by(secret), mac);
    }

    /** A refusal for time is answered with the receiver's time, signed together with the nonce that it answers. */
    static String ofClock(byte[] secret, long time, String nonce) {
        return mac(secret, "clock\n" + time + "\n" + nonce);
    }

    /** An answer proves which database the answering site has. */
    static String ofAnswer(byte[] secret, String incarnation, String nonce) {
        return mac(secret, "incarnation\n" + incarnation + "\n" + nonce);
    }

    /** A refusal says that the sender is known by another database here. */
    static String ofRefusal(byte[] secret, String incarnation, String nonce) {
        return mac(secret, "refused\n" + incarnation + "\n" + nonce);
    }

    static boolean same(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a site has answered, and not a container in which its application is not up yet. */
    static boolean isOfASite(Response response) {
        return response.getHeaderString(SENDER) != null;
    }

    private static String mac(byte[] secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
