package tutti.pictures;

/**
 * What is known about a picture once it has been read.
 *
 * @param width pixels, as seen upright
 * @param height pixels, as seen upright
 */
public record PictureInfo(PictureType type, int width, int height) {}
