package tutti.pictures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import tutti.montage.TileSize;

/** Makes a photo's tiles; that it could is the proof that the photo can be read. The same bytes give the same tiles. */
public final class TileMaker {

    /** Pixels of a tile's long edge. */
    public static final int LONG_EDGE = 1024;

    /** Of the one that stands large in a montage. */
    static final int LARGE_LONG_EDGE = 2048;

    private static final int SMALL_LONG_EDGE = 512;
    private static final double QUALITY = 0.9;

    private final PictureReader reader;

    public TileMaker(PictureLimits limits) {
        this.reader = new PictureReader(limits);
    }

    /**
     * Of a photo that has just been sent. Waits for its turn while as many pictures are in memory as the limits allow.
     *
     * @throws BadPicture when the file is not a whole, readable picture within the limits
     * @throws TooBusy when many such wait already
     * @throws IOException when the disk fails, or the thread is interrupted while it waits for its turn
     */
    public Tiles make(Path original) throws IOException, BadPicture {
        return reader.readSent(original, LONG_EDGE, TileMaker::tiles);
    }

    /** As {@link #make}, of a photo that somebody wants to see: neither waits behind the other. */
    Tiles makeAgain(Path original) throws IOException, BadPicture {
        return reader.read(original, LONG_EDGE, TileMaker::tiles);
    }

    /** As {@link #makeAgain}: the tile of twice the size, alone. */
    byte[] makeLarge(Path original) throws IOException, BadPicture {
        return reader.read(original, LARGE_LONG_EDGE, decoded -> Jpeg.bytes(tile(decoded, LARGE_LONG_EDGE), QUALITY));
    }

    /** The photo in exactly this size, upright and in sRGB; larger than it is, if need be. */
    BufferedImage print(Path original, int width, int height) throws IOException, BadPicture {
        return reader.readFine(original, decoded -> upright(decoded, width, height));
    }

    /** The size that the photo has upright, without a look at its pixels. */
    TileSize size(Path original) throws IOException, BadPicture {
        return size(reader.info(original));
    }

    private static TileSize size(PictureInfo info) {
        return new TileSize(info.width(), info.height());
    }

    private static Tiles tiles(Decoded decoded) throws IOException {
        BufferedImage tile = tile(decoded, LONG_EDGE);
        return new Tiles(decoded.header().info(), Jpeg.bytes(tile, QUALITY), Jpeg.bytes(small(tile), QUALITY));
    }

    private static BufferedImage tile(Decoded decoded, int longEdge) {
        // The long edge of the original counts, not of the decoded: that one may be a pixel short.
        TileSize size = size(decoded.header().info()).within(longEdge);
        return upright(decoded, size.width(), size.height());
    }

    private static BufferedImage upright(Decoded decoded, int width, int height) {
        Orientation orientation = decoded.header().orientation();
        BufferedImage stored = orientation.swapsSides()
                ? Resampling.resized(decoded.image(), height, width)
                : Resampling.resized(decoded.image(), width, height);
        return orientation.upright(decoded.colours().toSrgb(stored));
    }

    private static BufferedImage small(BufferedImage tile) {
        TileSize size = new TileSize(tile.getWidth(), tile.getHeight()).within(SMALL_LONG_EDGE);
        return Resampling.resized(tile, size.width(), size.height());
    }
}
