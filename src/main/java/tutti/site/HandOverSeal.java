package tutti.site;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tutti.commit.SiteName;
import tutti.event.EventId;

/**
 * Makes a token of a hand-over that a browser can carry and that only the sites of this cluster can read or make: AES-256 in
 * GCM (NIST SP 800-38D), base64url of the initialization vector and the sealed text. The key serves nothing else: it is the
 * HMAC-SHA-256 of this purpose's name with the cluster's secret.
 */
final class HandOverSeal {

    private static final String PURPOSE = "seal of hand-overs, version 1";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int VECTOR_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int LENGTH_MAX = 1024;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    HandOverSeal(byte[] clusterSecret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(clusterSecret, "HmacSHA256"));
            key = new SecretKeySpec(mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** The token; the same hand-over has another one each time. */
    String seal(HandOver handOver) {
        var vector = new byte[VECTOR_BYTES];
        random.nextBytes(vector);
        try {
            var text = text(handOver).getBytes(StandardCharsets.UTF_8);
            var sealed = cipher(Cipher.ENCRYPT_MODE, vector).doFinal(text);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(vector.length + sealed.length)
                            .put(vector)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + CIPHER, e);
        }
    }

    /** What a site of this cluster has sealed, whenever and for whomever; empty for everything else. */
    Optional<HandOver> open(String token) {
        if (token.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            if (bytes.remaining() < VECTOR_BYTES + TAG_BITS / Byte.SIZE) {
                return Optional.empty();
            }
            var vector = new byte[VECTOR_BYTES];
            bytes.get(vector);
            var sealed = new byte[bytes.remaining()];
            bytes.get(sealed);
            var text = cipher(Cipher.DECRYPT_MODE, vector).doFinal(sealed);
            return Optional.of(handOver(new String(text, StandardCharsets.UTF_8)));
        } catch (AEADBadTagException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty(); // not base64url, or sealed with another key, or not as it was sealed
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + CIPHER, e);
        }
    }

    private Cipher cipher(int mode, byte[] vector) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, vector));
        return cipher;
    }

    private static String text(HandOver handOver) {
        return String.join(
                "\n",
                handOver.who().value(),
                handOver.event().value(),
                handOver.from().name(),
                handOver.to().name(),
                handOver.issuedAt().toString(),
                handOver.nonce());
    }

    private static HandOver handOver(String text) {
        var lines = text.split("\n", -1);
        if (lines.length != 6) {
            throw new IllegalArgumentException("not a hand-over");
        }
        return new HandOver(
                new UserSecret(lines[0]),
                new EventId(lines[1]),
                new SiteName(lines[2]),
                new SiteName(lines[3]),
                Instant.parse(lines[4]),
                lines[5]);
    }
}
