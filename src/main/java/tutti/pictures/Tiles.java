package tutti.pictures;

/**
 * What other people see of a photo: JPEG, sRGB, upright, without metadata, never enlarged.
 *
 * @param info of the original
 * @param tile at most 1024 pixels on its long edge
 * @param small at most 512
 */
public record Tiles(PictureInfo info, byte[] tile, byte[] small) {}
