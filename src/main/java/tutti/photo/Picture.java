package tutti.photo;

/**
 * The measures of a picture file.
 *
 * @param type its media type, known by its bytes
 * @param width pixels, as seen upright
 * @param height pixels, as seen upright
 * @param bytes the file's size
 */
public record Picture(String type, int width, int height, long bytes, Sha256 sha256) {

    /** What is left of a picture whose bytes were given up: the digest is that of no bytes at all, which is no photo's. */
    public static final Picture ERASED = new Picture("", 0, 0, 0, Sha256.of(""));
}
