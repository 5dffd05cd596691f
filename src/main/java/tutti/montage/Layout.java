package tutti.montage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A montage before it is painted: its size, and a place for every photo, in the photos' order.
 *
 * <p>Up to 24 photos are cut into a {@link SlicingTree}, and up to 60 where there is a panorama or a strip among them;
 * more stand in {@link JustifiedRows}, which are calmer and quicker to find; of the candidates the one
 * is taken whose photos are most alike in area, whose outline is nearest to the wished shape, and which enlarges least.
 *
 * @param width pixels, margins included
 * @param height pixels, margins included
 * @param places one for each photo; none overlap
 */
public record Layout(int width, int height, List<Place> places) {

    private static final int TREE_MAX = 24;
    private static final int TREE_MAX_EXTREME = 60;
    private static final double EXTREME = 2.5;

    /** Up to so many photos nothing is enlarged; the montage becomes smaller instead. */
    private static final int FEW = 3;

    /** The least width without margins, of many and of few photos; below it the gaps would outweigh the photos. */
    private static final int WIDTH_MIN = 960;

    private static final int WIDTH_MIN_FEW = 128;
    private static final double SHAPE_WEIGHT = 4;

    public Layout {
        places = List.copyOf(places);
    }

    /**
     * The layout of these photos in this order; the same input has always the same layout.
     *
     * @throws IllegalArgumentException without any photo
     */
    public static Layout of(List<TileSize> tiles, Frame frame) {
        if (tiles.isEmpty()) {
            throw new IllegalArgumentException("A montage of no photos");
        }
        Arrangement arrangement = mostBalanced(tiles, frame);
        return placed(arrangement, tiles, width(arrangement, tiles, frame), frame);
    }

    private static Arrangement mostBalanced(List<TileSize> tiles, Frame frame) {
        double[] shapes = tiles.stream().mapToDouble(TileSize::cellShape).toArray();
        List<Arrangement> candidates = new ArrayList<>();
        if (shapes.length <= TREE_MAX || shapes.length <= TREE_MAX_EXTREME && anyExtreme(shapes)) {
            candidates.addAll(SlicingTree.candidates(shapes, frame.gap()));
        } else {
            candidates.addAll(JustifiedRows.candidates(shapes, frame));
        }
        Arrangement best = candidates.get(0);
        double lowest = Double.POSITIVE_INFINITY;
        for (Arrangement candidate : candidates) {
            double cost = cost(candidate, tiles, frame);
            if (cost < lowest) {
                lowest = cost;
                best = candidate;
            }
        }
        return best;
    }

    /** A panorama or a strip: in rows it would be a thread, or its row would be. */
    private static boolean anyExtreme(double[] shapes) {
        return Arrays.stream(shapes).anyMatch(shape -> shape > EXTREME || shape < 1 / EXTREME);
    }

    private static double cost(Arrangement arrangement, List<TileSize> tiles, Frame frame) {
        double width = frame.innerWidth();
        List<Cell> cells = cells(arrangement, width);
        double sum = 0;
        double squares = 0;
        double enlarged = 0;
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            if (cell.width() < 1 || cell.height() < 1) {
                return Double.POSITIVE_INFINITY;
            }
            double area = Math.log(cell.width() * cell.height());
            sum += area;
            squares += area * area;
            double excess = Math.max(0, Math.log(cell.width() / tiles.get(i).width()));
            enlarged += tiles.size() > FEW ? excess * excess : 0;
        }
        double mean = sum / cells.size();
        double shape = Math.log(width / arrangement.height(width) / frame.shape());
        return squares / cells.size() - mean * mean + SHAPE_WEIGHT * shape * shape + enlarged / cells.size();
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
        return new Layout(width + 2 * frame.margin(), height + 2 * frame.margin(), places);
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
