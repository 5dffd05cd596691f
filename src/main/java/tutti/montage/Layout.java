package tutti.montage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A montage before it is painted: its size, and a place for every photo, in the photos' order.
 *
 * <p>Each {@link LayoutKind} offers candidates; taken is the one that is most even of its kind, whose outline is nearest to
 * the wished shape, and which enlarges least. Of a mosaic, up to 24 photos are cut into a {@link SlicingTree}, and up to 60
 * where there is a panorama or a strip among them; more stand in {@link JustifiedRows}, which are calmer and quicker to find.
 *
 * @param width pixels, margins included
 * @param height pixels, margins included
 * @param places one for each photo; none overlap
 * @param writing where the text goes that the style has, if it has one: from the lowest photo down to the edge
 */
public record Layout(int width, int height, List<Place> places, Optional<Place> writing) {

    private static final int TREE_MAX = 24;
    private static final int TREE_MAX_EXTREME = 60;
    private static final double EXTREME = 2.5;

    /** Up to so many photos nothing is enlarged; the montage becomes smaller instead. */
    private static final int FEW = 3;

    /** The least width without margins, of many and of few photos; below it the gaps would outweigh the photos. */
    private static final int WIDTH_MIN = 960;

    private static final int WIDTH_MIN_FEW = 128;
    private static final double SHAPE_WEIGHT = 4;

    /** How much room text needs besides the margin, of the whole width. */
    private static final double WRITING_SHARE = 0.036;

    public Layout {
        places = List.copyOf(places);
    }

    /**
     * The layout of these photos in this order; the same input has always the same layout.
     *
     * @throws IllegalArgumentException without any photo
     */
    public static Layout of(Style style, List<TileSize> tiles, Frame frame) {
        if (tiles.isEmpty()) {
            throw new IllegalArgumentException("A montage of no photos");
        }
        if (style.writing().isEmpty()) {
            return of(style.layout(), tiles, frame);
        }
        Layout photos = of(style.layout(), tiles, frame.lowerBy(writingHeight(frame.width())));
        return photos.withWritingBelow(writingHeight(photos.width), frame.margin());
    }

    /**
     * The very same picture in more pixels: so many on its longer side, or as many as half of the photos have to give; never
     * fewer than now.
     *
     * @param originals the sizes of the photos themselves, in the order of the places
     */
    public Layout enlarged(int longSide, List<TileSize> originals) {
        double[] possible = new double[places.size()];
        for (int i = 0; i < possible.length; i++) {
            possible[i] = (double) originals.get(i).width() / places.get(i).width();
        }
        Arrays.sort(possible);
        double wished = (double) longSide / Math.max(width, height);
        return scaled(Math.max(1, Math.min(wished, possible[possible.length / 2])));
    }

    /** The very same picture in fewer pixels: just so wide; itself where it is no wider. */
    public Layout narrowed(int widthMax) {
        return width <= widthMax ? this : scaled((double) widthMax / width);
    }

    private Layout scaled(double factor) {
        return new Layout(
                Cell.round(width * factor),
                Cell.round(height * factor),
                places.stream().map(place -> place.scaled(factor)).toList(),
                writing.map(place -> place.scaled(factor)));
    }

    private static int writingHeight(int width) {
        return Cell.round(width * WRITING_SHARE);
    }

    private Layout withWritingBelow(int more, int margin) {
        Place line = new Place(margin, height - margin, width - 2 * margin, margin + more);
        return new Layout(width, height + more, places, Optional.of(line));
    }

    private static Layout of(LayoutKind kind, List<TileSize> tiles, Frame frame) {
        Arrangement arrangement = best(kind, tiles, frame);
        return placed(arrangement, tiles, width(arrangement, tiles, frame), frame);
    }

    private static List<? extends Arrangement> candidates(LayoutKind kind, double[] shapes, Frame frame) {
        return switch (kind) {
            case MOSAIC ->
                shapes.length <= TREE_MAX || shapes.length <= TREE_MAX_EXTREME && anyExtreme(shapes)
                        ? SlicingTree.candidates(shapes, frame.gap())
                        : JustifiedRows.candidates(shapes, frame);
            case ROWS -> JustifiedRows.candidates(shapes, frame);
            case GRID -> Grid.candidates(shapes, frame.gap());
            case ONE_BIG -> OneBig.candidates(shapes, frame.gap());
        };
    }

    private static Arrangement best(LayoutKind kind, List<TileSize> tiles, Frame frame) {
        double[] shapes = tiles.stream().mapToDouble(TileSize::cellShape).toArray();
        List<? extends Arrangement> candidates = candidates(kind, shapes, frame);
        Arrangement best = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (Arrangement candidate : candidates) {
            double cost = cost(candidate, tiles, frame);
            if (cost < lowest && shows(candidate, frame)) {
                lowest = cost;
                best = candidate;
            }
        }
        if (best != null) {
            return best;
        }
        // So many threads that not one candidate shows them all; a mosaic finds room for whatever there is.
        return kind == LayoutKind.MOSAIC ? candidates.get(0) : best(LayoutKind.MOSAIC, tiles, frame);
    }

    /** Whether of each photo there is something to be seen, also where the whole has to be narrow to be low enough. */
    private static boolean shows(Arrangement arrangement, Frame frame) {
        return cells(arrangement, highest(arrangement, frame)).stream()
                .allMatch(cell -> cell.width() >= 1 && cell.height() >= 1);
    }

    /** A panorama or a strip: in rows it would be a thread, or its row would be. */
    private static boolean anyExtreme(double[] shapes) {
        return Arrays.stream(shapes).anyMatch(shape -> shape > EXTREME || shape < 1 / EXTREME);
    }

    private static double cost(Arrangement arrangement, List<TileSize> tiles, Frame frame) {
        double width = frame.innerWidth();
        List<Cell> cells = cells(arrangement, width);
        double[] areas = new double[cells.size()];
        double enlarged = 0;
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            areas[i] = Math.log(cell.width() * cell.height());
            double excess = Math.max(0, Math.log(cell.width() / tiles.get(i).width()));
            enlarged += tiles.size() > FEW ? excess * excess : 0;
        }
        double shape = Math.log(width / arrangement.height(width) / frame.shape());
        return arrangement.unevenness(areas, width) + SHAPE_WEIGHT * shape * shape + enlarged / cells.size();
    }

    /**
     * The width without margins. Few photos bind it strictly, except that a very small one may not make the others
     * smaller than half of what they could be; of many photos half may be enlarged a little.
     */
    private static int width(Arrangement arrangement, List<TileSize> tiles, Frame frame) {
        int[] widest = new int[tiles.size()];
        for (int i = 0; i < widest.length; i++) {
            widest[i] = widestWithout(i, arrangement, tiles, frame);
        }
        Arrays.sort(widest);
        int wished =
                widest.length <= FEW ? Math.max(widest[0], widest[widest.length - 1] / 2) : widest[widest.length / 2];
        return Math.min(wished, highest(arrangement, frame));
    }

    /** The greatest width at which this one photo is not enlarged. */
    private static int widestWithout(int photo, Arrangement arrangement, List<TileSize> tiles, Frame frame) {
        int high = frame.innerWidth();
        int low = Math.min(high, tiles.size() <= FEW ? WIDTH_MIN_FEW : WIDTH_MIN);
        while (low < high) {
            int middle = (low + high + 1) / 2;
            Place place = cells(arrangement, middle).get(photo).rounded(0);
            if (tiles.get(photo).holds(place)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The greatest width at which the whole is not higher than allowed. */
    private static int highest(Arrangement arrangement, Frame frame) {
        int width = frame.innerWidth();
        while (width > 1 && Cell.round(arrangement.height(width)) > frame.innerHeightMax()) {
            width--;
        }
        return width;
    }

    private static Layout placed(Arrangement arrangement, List<TileSize> tiles, int width, Frame frame) {
        List<Cell> cells = cells(arrangement, width);
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            places.add(fitted(cells.get(i).rounded(frame.margin()), tiles.get(i), tiles.size() <= FEW));
        }
        int height = Math.max(1, Cell.round(arrangement.height(width)));
        return new Layout(width + 2 * frame.margin(), height + 2 * frame.margin(), places, Optional.empty());
    }

    /** The cell itself, or the middle of it for a photo that is thinner than its cell or would be enlarged. */
    private static Place fitted(Place cell, TileSize tile, boolean neverEnlarged) {
        double off = Math.abs(cell.width() - cell.height() * tile.shape());
        if (off <= 1 + tile.shape() && (!neverEnlarged || tile.holds(cell))) {
            return cell; // its own shape, to the pixel
        }
        double width = Math.min(cell.width(), cell.height() * tile.shape());
        if (neverEnlarged) {
            width = Math.min(width, tile.width());
        }
        double height = width / tile.shape();
        int wide = Math.max(1, Cell.round(width));
        int high = Math.max(1, Cell.round(height));
        return new Place(cell.x() + (cell.width() - wide) / 2, cell.y() + (cell.height() - high) / 2, wide, high);
    }

    private static List<Cell> cells(Arrangement arrangement, double width) {
        List<Cell> cells = new ArrayList<>();
        arrangement.place(0, 0, width, cells);
        return cells;
    }
}
