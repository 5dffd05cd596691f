package tutti.pictures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** Makes a photo's tiles; that it could is the proof that the photo can be read. The same bytes give the same tiles. */
public final class TileMaker {

    /** Pixels of a tile's long edge. */
    public static final int LONG_EDGE = 1024;

    private static final int SMALL_LONG_EDGE = 512;
    private static final double QUALITY = 0.9;

    private final PictureReader reader;

    public TileMaker(PictureLimits limits) {
        this.reader = new PictureReader(limits);
    }

    /**
     * Waits for its turn while as many pictures are in memory as the limits allow.
     *
     * @throws BadPicture when the file is not a whole, readable picture within the limits
     * @throws IOException when the disk fails
     */
    public Tiles make(Path original) throws IOException, BadPicture {
        return reader.read(original, LONG_EDGE, TileMaker::tiles);
    }

    private static Tiles tiles(Decoded decoded) throws IOException {
        PictureHeader header = decoded.header();
        // The long edge of the original counts, not of the decoded: that one may be a pixel short.
        double scale = Math.min(1, (double) LONG_EDGE / Math.max(header.width(), header.height()));
        BufferedImage stored =
                Resampling.resized(decoded.image(), scaled(header.width(), scale), scaled(header.height(), scale));
        BufferedImage tile = header.orientation().upright(decoded.colours().toSrgb(stored));
        return new Tiles(header.info(), Jpeg.bytes(tile, QUALITY), Jpeg.bytes(small(tile), QUALITY));
    }

    private static BufferedImage small(BufferedImage tile) {
        double scale = Math.min(1, (double) SMALL_LONG_EDGE / Math.max(tile.getWidth(), tile.getHeight()));
        return Resampling.resized(tile, scaled(tile.getWidth(), scale), scaled(tile.getHeight(), scale));
    }

    private static int scaled(int pixels, double scale) {
        return Math.max(1, (int) Math.round(pixels * scale));
    }
}
