package tutti.photo;

/**
 * The measures of a picture file.
 *
 * @param type its media type, known by its bytes
 * @param width pixels, as seen upright
 * @param height pixels, as seen upright
 * @param bytes the file's size
 */
public record Picture(String type, int width, int height, long bytes, Sha256 sha256) {}
