package tutti.pictures;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import tutti.montage.Frame;
import tutti.montage.Layout;
import tutti.montage.Place;
import tutti.montage.TileSize;

/**
 * Paints the montage: whole photos on warm paper, like prints on a table.
 *
 * <p>It depends on nothing but the tiles and their order, so every site paints the same. Beside the canvas never more
 * than one decoded tile is in memory, and few montages are painted at a time.
 */
public final class MontagePainter {

    private static final Color PAPER = new Color(0xFB, 0xF8, 0xF3);
    private static final double QUALITY = 0.85;

    private final Frame frame;
    private final Semaphore canvases;

    /** @param paintsAtOnce montages painted at the same time; about 20 MB of heap each */
    public MontagePainter(Frame frame, int paintsAtOnce) {
        this.frame = frame;
        this.canvases = new Semaphore(paintsAtOnce, true);
    }

    /**
     * The montage of these tiles, in this order, as a JPEG without metadata.
     *
     * @param tiles files as {@link TileMaker} makes them; at least one
     * @throws IOException when a tile is missing or cannot be read
     */
    public byte[] paint(List<Path> tiles) throws IOException {
        canvases.acquireUninterruptibly();
        try {
            Layout layout = Layout.of(sizes(tiles), frame);
            BufferedImage canvas = new BufferedImage(layout.width(), layout.height(), BufferedImage.TYPE_3BYTE_BGR);
            Graphics2D graphics = canvas.createGraphics();
            graphics.setColor(PAPER);
            graphics.fillRect(0, 0, layout.width(), layout.height());
            for (int i = 0; i < tiles.size(); i++) {
                Place place = layout.places().get(i);
                BufferedImage tile = withReader(tiles.get(i), reader -> reader.read(0));
                BufferedImage print = Resampling.resized(Colours.plain(tile), place.width(), place.height());
                graphics.drawImage(print, place.x(), place.y(), null);
            }
            graphics.dispose();
            return Jpeg.bytes(canvas, QUALITY);
        } finally {
            canvases.release();
        }
    }

    private static List<TileSize> sizes(List<Path> tiles) throws IOException {
        List<TileSize> sizes = new ArrayList<>();
        for (Path tile : tiles) {
            sizes.add(withReader(tile, reader -> new TileSize(reader.getWidth(0), reader.getHeight(0))));
        }
        return sizes;
    }

    private interface Reading<T> {
        T from(ImageReader reader) throws IOException;
    }

    private static <T> T withReader(Path tile, Reading<T> reading) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (ImageInputStream in = new ByteArrayImageInputStream(Files.readAllBytes(tile))) {
            reader.setInput(in, true, true);
            return reading.from(reader);
        } finally {
            reader.dispose();
        }
    }
}
