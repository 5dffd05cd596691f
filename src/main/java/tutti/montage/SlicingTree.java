package tutti.montage;

import java.util.ArrayList;
import java.util.List;

/**
 * Photos as a tree of cuts: each part is one photo, or two parts side by side, or two parts stacked.
 *
 * <p>A part's width is linear in its height ({@code width = slope · height + offset}), whatever lies inside. So gaps
 * come out exact and no photo is cropped, without solving anything.
 *
 * <p>There are far too many trees to look at all. A beam keeps, for every run of neighbours and every class of shapes,
 * the tree whose photos differ least in area (the variance of their logarithms, which adds up from part to part); the
 * wide variety of shapes is what lets the next cut find a good match.
 */
final class SlicingTree implements Arrangement {

    /** Shape classes per doubling of width over height, and the doublings covered to either side of a square. */
    private static final int CLASSES_PER_DOUBLING = 3;

    private static final int DOUBLINGS = 4;

    /** Longer runs are cut near their middle only, so many photos behind or before it: the time would grow too fast. */
    private static final int WHOLLY_SEARCHED = 24;

    private static final int ASIDE = 2;

    private enum Cut {
        NONE,
        SIDE_BY_SIDE,
        STACKED
    }

    private final Cut cut;
    private final SlicingTree first;
    private final SlicingTree second;
    private final double slope;
    private final double offset;
    private final Spread spread;

    private SlicingTree(Cut cut, SlicingTree first, SlicingTree second, double slope, double offset, Spread spread) {
        this.cut = cut;
        this.first = first;
        this.second = second;
        this.slope = slope;
        this.offset = offset;
        this.spread = spread;
    }

    /** The trees that survive the beam, of many shapes; never empty. */
    static List<SlicingTree> candidates(double[] shapes, int gap) {
        int count = shapes.length;
        SlicingTree[][][] kept = new SlicingTree[count][count + 1][];
        for (int from = 0; from < count; from++) {
            kept[from][from + 1] = new SlicingTree[] {photo(shapes[from])};
        }
        for (int length = 2; length <= count; length++) {
            for (int from = 0; from + length <= count; from++) {
                kept[from][from + length] = beam(kept, from, from + length, gap);
            }
        }
        return List.of(kept[0][count]);
    }

    private static SlicingTree[] beam(SlicingTree[][][] kept, int from, int to, int gap) {
        SlicingTree[] best = new SlicingTree[2 * DOUBLINGS * CLASSES_PER_DOUBLING + 1];
        int length = to - from;
        int aside = length <= WHOLLY_SEARCHED ? length : ASIDE;
        int lowest = Math.max(from + 1, from + length / 2 - aside);
        int highest = Math.min(to - 1, from + length / 2 + aside);
        for (int middle = lowest; middle <= highest; middle++) {
            for (SlicingTree first : kept[from][middle]) {
                for (SlicingTree second : kept[middle][to]) {
                    keepIfBetter(best, sideBySide(first, second, gap));
                    keepIfBetter(best, stacked(first, second, gap));
                }
            }
        }
        List<SlicingTree> survivors = new ArrayList<>();
        for (SlicingTree tree : best) {
            if (tree != null) {
                survivors.add(tree);
            }
        }
        return survivors.toArray(SlicingTree[]::new);
    }

    private static void keepIfBetter(SlicingTree[] best, SlicingTree tree) {
        int shapeClass = shapeClass(tree.slope);
        if (best[shapeClass] == null || tree.spread.variance() < best[shapeClass].spread.variance()) {
            best[shapeClass] = tree;
        }
    }

    static SlicingTree photo(double shape) {
        return new SlicingTree(Cut.NONE, null, null, shape, 0, new Spread(1, 0, 0));
    }

    static SlicingTree sideBySide(SlicingTree first, SlicingTree second, int gap) {
        double slope = first.slope + second.slope;
        double offset = first.offset + second.offset + gap;
        double share = first.slope / slope;
        return new SlicingTree(Cut.SIDE_BY_SIDE, first, second, slope, offset, spread(first, second, share));
    }

    static SlicingTree stacked(SlicingTree first, SlicingTree second, int gap) {
        double slope = 1 / (1 / first.slope + 1 / second.slope);
        double offset = slope * (first.offset / first.slope + second.offset / second.slope - gap);
        double share = slope / first.slope;
        return new SlicingTree(Cut.STACKED, first, second, slope, offset, spread(first, second, share));
    }

    /** @param share of the area that the first part has */
    private static Spread spread(SlicingTree first, SlicingTree second, double share) {
        return first.spread.scaled(share).plus(second.spread.scaled(1 - share));
    }

    private static int shapeClass(double shape) {
        int last = 2 * DOUBLINGS * CLASSES_PER_DOUBLING;
        double doublings = Math.log(shape) / Math.log(2) + DOUBLINGS;
        return Math.max(0, Math.min(last, Cell.round(doublings * CLASSES_PER_DOUBLING)));
    }

    @Override
    public double height(double width) {
        return (width - offset) / slope;
    }

    @Override
    public void place(double x, double y, double width, List<Cell> cells) {
        double height = height(width);
        switch (cut) {
            case NONE -> cells.add(new Cell(x, y, width, height));
            case SIDE_BY_SIDE -> {
                double secondWidth = second.slope * height + second.offset;
                first.place(x, y, first.slope * height + first.offset, cells);
                second.place(x + width - secondWidth, y, secondWidth, cells);
            }
            case STACKED -> {
                first.place(x, y, width, cells);
                second.place(x, y + height - second.height(width), width, cells);
            }
        }
    }

    /** Sums over the logarithms of the photos' shares of the area; enough to know their variance at any scale. */
    private record Spread(int count, double sum, double squares) {

        Spread scaled(double share) {
            double log = Math.log(share);
            return new Spread(count, sum + count * log, squares + 2 * log * sum + count * log * log);
        }

        Spread plus(Spread other) {
            return new Spread(count + other.count, sum + other.sum, squares + other.squares);
        }

        double variance() {
            double mean = sum / count;
            return squares / count - mean * mean;
        }
    }
}
