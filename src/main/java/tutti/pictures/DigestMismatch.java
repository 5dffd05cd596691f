package tutti.pictures;

/** The bytes that came are not those that were announced; nothing of them is left. */
public final class DigestMismatch extends RuntimeException {

    DigestMismatch(String expected, String actual) {
        super("Announced as SHA-256 " + expected + ", but the bytes that came have " + actual);
    }
}
