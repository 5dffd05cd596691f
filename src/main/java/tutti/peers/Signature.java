package tutti.peers;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tutti.photo.Sha256;

/**
 * What makes a message one of this cluster: HMAC-SHA-256 (RFC 2104) over method, path, the declared digest of the body,
 * time, nonce, sender, and which databases of the sender and of the receiver are meant. What is answered has a signature of
 * its own ({@link AnswerSignature}), by the same secret.
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
    static final String UNKNOWN = "Tutti-Incarnation-Unknown";

    /** Whatever database the receiver has. */
    static final String ANY = "-";

    private static final String NOTHING = Sha256.of("").hex();

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

    /** What a body is declared as, either way: photos' bytes go under their own hash; all other bodies are texts. */
    static String digestOf(Object body, String path) {
        if (body == null) {
            return NOTHING;
        }
        return body instanceof InputStream
                ? path.substring(path.lastIndexOf('/') + 1)
                : Sha256.of(body.toString()).hex();
    }

    /** Whether the given one, which may be missing, is as expected; takes the same time for every wrong one. */
    static boolean same(String expected, String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
    }

    static String mac(byte[] secret, String text) {
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
