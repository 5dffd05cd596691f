package tutti.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * An operator's password as it may lie in a configuration: PBKDF2, salted.
 *
 * <p>The text is {@code ALGORITHM:ITERATIONS:SALT:HASH} in Base64, the form of Jakarta Security's {@code
 * Pbkdf2PasswordHash}, which can therefore check it too.
 */
public record PasswordHash(String text) {
    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int ITERATIONS = 210_000; // OWASP's figure for this algorithm
    private static final int BITS = 256;

    public static PasswordHash of(String password) {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        var base64 = Base64.getEncoder();
        return new PasswordHash(String.join(
                ":",
                ALGORITHM,
                Integer.toString(ITERATIONS),
                base64.encodeToString(salt),
                base64.encodeToString(derive(password, ALGORITHM, ITERATIONS, salt))));
    }

    /** False too when the text is not a hash at all: then nobody may enter. */
    public boolean matches(String password) {
        String[] parts = text.split(":");
        if (parts.length != 4) {
            return false;
        }
        try {
            byte[] salt = Base64.getDecoder().decode(parts[2]);
            byte[] expected = Base64.getDecoder().decode(parts[3]);
            return MessageDigest.isEqual(expected, derive(password, parts[0], Integer.parseInt(parts[1]), salt));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Reads a password from standard input, so that no process list shows it, and prints its hash. */
    public static void main(String[] arguments) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(of(in.readLine()).text());
    }

    private static byte[] derive(String password, String algorithm, int iterations, byte[] salt) {
        try {
            var key = new PBEKeySpec(password.toCharArray(), salt, iterations, BITS);
            return SecretKeyFactory.getInstance(algorithm).generateSecret(key).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot derive a key with " + algorithm, e);
        }
    }
}
