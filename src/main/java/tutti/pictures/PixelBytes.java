package tutti.pictures;

/**
 * The heap that each pixel takes while a picture is decoded.
 *
 * @param held bytes that its decoder holds for every pixel of the file, even when asked for every tenth
 * @param decoded bytes for each pixel that is asked for: as its decoder gives it, and beside that as three plain bytes
 */
record PixelBytes(int held, int decoded) {

    /** Beside four components, of which the reader makes three bytes itself. */
    static final PixelBytes JPEG = new PixelBytes(0, 4 + 3);

    static final PixelBytes GIF = new PixelBytes(0, 1 + 3);
    static final PixelBytes WEBP_LOSSY = new PixelBytes(3, 3);
    static final PixelBytes WEBP_LOSSLESS = new PixelBytes(4, 4 + 3);

    /** @param bits of a pixel in the file */
    static PixelBytes png(int bits) {
        return new PixelBytes(0, (bits + 7) / 8 + 3);
    }
}
