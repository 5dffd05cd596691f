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
import tutti.montage.Style;
import tutti.montage.TileSize;

/**
 * Paints the montage: whole photos on one background, like prints on a table, and below them a line of text if there is one.
 *
 * <p>It depends on nothing but the style, the tiles and their order, so every site paints the same. Beside the canvas never
 * more than one decoded photo is in memory; few montages are painted at a time, and one for print.
 */
public final class MontagePainter {

    /** The longer side of an A3 sheet, at 300 pixels an inch. */
    static final int PRINT_LONG_SIDE = 4961;

    private static final double QUALITY = 0.85;
    private static final double NARROW_QUALITY = 0.8;
    private static final double PRINT_QUALITY = 0.9;

    private final Layouts layouts;
    private final Turns.Queue canvases;
    private final Semaphore sheet = new Semaphore(1, true);

    /** @param paintsAtOnce montages painted at the same time; about 20 MB of heap each */
    public MontagePainter(Frame frame, int paintsAtOnce) {
        this.layouts = new Layouts(frame);
        this.canvases = new Turns(paintsAtOnce).new Queue("montages");
    }

    /**
     * The montage of these photos, in this order, as a JPEG without metadata.
     *
     * @param photos each one's tiles, files as {@link TileMaker} makes them, the smallest first; at least one photo. The largest
     *     tiles decide how it is laid out.
     * @throws TooBusy when many wait for a montage already
     * @throws IOException when a tile is missing or cannot be read
     */
    public byte[] paint(Style style, List<List<Path>> photos) throws IOException {
        return inTurn(() -> Jpeg.bytes(painted(layoutOf(style, photos), style, photos), QUALITY));
    }

    /** The very same montage as {@link #paint} makes, not wider than this, and for screens that show it small. */
    byte[] paintNarrow(Style style, List<List<Path>> photos, int widthMax) throws IOException {
        return inTurn(() -> {
            Layout narrow = layoutOf(style, photos).narrowed(widthMax);
            return Jpeg.progressive(painted(narrow, style, photos), NARROW_QUALITY);
        });
    }

    private interface Painting {
        byte[] bytes() throws IOException;
    }

    private byte[] inTurn(Painting painting) throws IOException {
        Turns.Turn turn = canvases.next();
        try {
            return painting.bytes();
        } finally {
            turn.end();
        }
    }

    private Layout layoutOf(Style style, List<List<Path>> photos) throws IOException {
        List<TileSize> sizes = new ArrayList<>();
        for (List<Path> tiles : photos) {
            sizes.add(size(tiles.get(tiles.size() - 1)));
        }
        return layout(style, sizes);
    }

    /** How the montage of photos whose largest tiles have these sizes is laid out. */
    Layout layout(Style style, List<TileSize> tiles) {
        return layouts.of(style, tiles);
    }

    private BufferedImage painted(Layout layout, Style style, List<List<Path>> photos) throws IOException {
        BufferedImage canvas = canvas(layout, style);
        for (int i = 0; i < photos.size(); i++) {
            Place place = layout.places().get(i);
            BufferedImage tile = withReader(enough(photos.get(i), place), reader -> reader.read(0));
            lay(Resampling.resized(Colours.plain(tile), place.width(), place.height()), place, canvas);
        }
        return canvas;
    }

    /** A photo of which a print of any size can be made. */
    interface Negative {

        TileSize size() throws IOException, BadPicture;

        BufferedImage print(int width, int height) throws IOException, BadPicture;
    }

    /**
     * The very same montage as {@link #paint} makes, larger and from the photos themselves. About 60 MB of heap,
     * besides the photo that is just being printed.
     */
    byte[] paintForPrint(Style style, List<List<Path>> photos, List<Negative> negatives)
            throws IOException, BadPicture {
        sheet.acquireUninterruptibly();
        try {
            List<TileSize> originals = new ArrayList<>();
            for (Negative negative : negatives) {
                originals.add(negative.size());
            }
            Layout layout = layoutOf(style, photos).enlarged(PRINT_LONG_SIDE, originals);
            BufferedImage canvas = canvas(layout, style);
            for (int i = 0; i < negatives.size(); i++) {
                Place place = layout.places().get(i);
                lay(negatives.get(i).print(place.width(), place.height()), place, canvas);
            }
            return Jpeg.bytes(canvas, PRINT_QUALITY);
        } finally {
            sheet.release();
        }
    }

    /** The background and what is written on it. */
    private static BufferedImage canvas(Layout layout, Style style) throws IOException {
        BufferedImage canvas = new BufferedImage(layout.width(), layout.height(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = canvas.createGraphics();
        graphics.setColor(new Color(style.background().rgb()));
        graphics.fillRect(0, 0, layout.width(), layout.height());
        if (layout.writing().isPresent()) {
            graphics.setColor(new Color(style.background().ink()));
            Lettering.write(graphics, style.writing(), layout.writing().get());
        }
        graphics.dispose();
        return canvas;
    }

    private static void lay(BufferedImage print, Place place, BufferedImage canvas) {
        Graphics2D graphics = canvas.createGraphics();
        graphics.drawImage(print, place.x(), place.y(), null);
        graphics.dispose();
    }

    /** The smallest of a photo's tiles that need not be enlarged for its place. */
    private static Path enough(List<Path> tiles, Place place) throws IOException {
        for (Path tile : tiles) {
            if (size(tile).holds(place)) {
                return tile;
            }
        }
        return tiles.get(tiles.size() - 1);
    }

    private static TileSize size(Path tile) throws IOException {
        return withReader(tile, reader -> new TileSize(reader.getWidth(0), reader.getHeight(0)));
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
