package tutti.montage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The first photo large, the others small around it: lines of small photos are laid along its sides, one after the other from
 * the inside out, each exactly as long as what it is laid along.
 *
 * <p>Which sides, and how many photos to each, is tried out. Upright photos go to lines that run down, wide ones to those that
 * run across, so that neither becomes a thread.
 */
final class OneBig implements Arrangement {

    private enum Side {
        TOP,
        RIGHT,
        BOTTOM,
        LEFT;

        boolean isAcross() {
            return this == TOP || this == BOTTOM;
        }
    }

    /** Sides to lay lines along, from the inside out; the second round is for those who are many. */
    private static final List<List<Side>> ROUNDS = List.of(
            List.of(Side.BOTTOM),
            List.of(Side.RIGHT),
            List.of(Side.RIGHT, Side.BOTTOM),
            List.of(Side.BOTTOM, Side.RIGHT),
            List.of(Side.LEFT, Side.RIGHT),
            List.of(Side.TOP, Side.BOTTOM),
            List.of(Side.LEFT, Side.RIGHT, Side.BOTTOM),
            List.of(Side.TOP, Side.BOTTOM, Side.RIGHT),
            List.of(Side.TOP, Side.RIGHT, Side.BOTTOM, Side.LEFT),
            List.of(Side.LEFT, Side.RIGHT, Side.TOP, Side.BOTTOM));

    /** What the large photo should have of all that is covered. */
    private static final double BIG_SHARE = 0.45;

    /** How many times as large as any other it should be at least, and how much it counts that it is not. */
    private static final double BIGGER = 3;

    private static final double BIGGER_WEIGHT = 4;

    /** A single small photo has no line that could make it small: its cell is so much of the large one's. */
    private static final double ALONE = 0.5;

    private static final double FINER = 0.96;

    private final double[] shapes;
    private final SlicingTree tree;
    /** Which photo each leaf of the tree is. */
    private final List<Integer> leaves;

    private OneBig(double[] shapes, SlicingTree tree, List<Integer> leaves) {
        this.shapes = shapes;
        this.tree = tree;
        this.leaves = leaves;
    }

    /** Never empty. */
    static List<OneBig> candidates(double[] shapes, int gap) {
        if (shapes.length == 2) {
            SlicingTree big = SlicingTree.photo(shapes[0]);
            SlicingTree narrow = SlicingTree.photo(shapes[0] * ALONE);
            SlicingTree low = SlicingTree.photo(shapes[0] / ALONE);
            return List.of(
                    new OneBig(shapes, SlicingTree.sideBySide(big, narrow, gap), List.of(0, 1)),
                    new OneBig(shapes, SlicingTree.stacked(big, low, gap), List.of(0, 1)));
        }
        List<OneBig> candidates = new ArrayList<>();
        for (List<Side> round : ROUNDS) {
            candidates.add(around(shapes, round, gap));
            candidates.add(around(shapes, twice(round), gap));
        }
        return candidates;
    }

    private static List<Side> twice(List<Side> round) {
        return IntStream.range(0, 2 * round.size())
                .mapToObj(i -> round.get(i % round.size()))
                .toList();
    }

    private static OneBig around(double[] shapes, List<Side> sides, int gap) {
        int[] counts = counts(shapes, sides);
        int down = IntStream.range(0, counts.length)
                .filter(i -> !sides.get(i).isAcross())
                .map(i -> counts[i])
                .sum();
        List<Integer> fromUpright = IntStream.range(1, shapes.length)
                .boxed()
                .sorted(Comparator.comparing(i -> shapes[i]))
                .toList();
        List<Integer> upright = fromUpright.stream().limit(down).sorted().toList();
        List<Integer> wide = fromUpright.stream().skip(down).sorted().toList();
        OneBig whole = new OneBig(shapes, SlicingTree.photo(shapes[0]), List.of(0));
        int nextUpright = 0;
        int nextWide = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                List<Integer> line = sides.get(i).isAcross()
                        ? wide.subList(nextWide, nextWide += counts[i])
                        : upright.subList(nextUpright, nextUpright += counts[i]);
                whole = whole.with(line, sides.get(i), gap);
            }
        }
        return whole;
    }

    /**
     * How many photos each side gets, so that all become about equally large: the size shrinks until all have room, and what
     * is then too much is taken from the longest lines.
     */
    private static int[] counts(double[] shapes, List<Side> sides) {
        int small = shapes.length - 1;
        double meanLog = IntStream.rangeClosed(1, small)
                .mapToDouble(i -> StrictMath.log(shapes[i]))
                .average()
                .orElse(0);
        double stretch = StrictMath.exp(meanLog / 2);
        double size = 1;
        int[] counts;
        do {
            counts = room(shapes[0], sides, size, stretch);
            size *= FINER;
        } while (IntStream.of(counts).sum() < small);
        for (int excess = IntStream.of(counts).sum() - small; excess > 0; excess--) {
            int longest = 0;
            for (int i = 1; i < counts.length; i++) {
                longest = counts[i] >= counts[longest] ? i : longest;
            }
            counts[longest]--;
        }
        return counts;
    }

    /** @param size square root of a small photo's area, where the large one is 1 high */
    private static int[] room(double bigShape, List<Side> sides, double size, double stretch) {
        double width = bigShape;
        double height = 1;
        int[] counts = new int[sides.size()];
        for (int i = 0; i < counts.length; i++) {
            if (sides.get(i).isAcross()) {
                counts[i] = Math.max(1, Cell.round(width / (size * stretch)));
                height += size / stretch;
            } else {
                counts[i] = Math.max(1, Cell.round(height / (size / stretch)));
                width += size * stretch;
            }
        }
        return counts;
    }

    private OneBig with(List<Integer> line, Side side, int gap) {
        SlicingTree joined = SlicingTree.photo(shapes[line.get(0)]);
        for (int photo : line.subList(1, line.size())) {
            SlicingTree next = SlicingTree.photo(shapes[photo]);
            joined = side.isAcross()
                    ? SlicingTree.sideBySide(joined, next, gap)
                    : SlicingTree.stacked(joined, next, gap);
        }
        boolean before = side == Side.TOP || side == Side.LEFT;
        SlicingTree first = before ? joined : tree;
        SlicingTree second = before ? tree : joined;
        List<Integer> order = new ArrayList<>(before ? line : leaves);
        order.addAll(before ? leaves : line);
        return new OneBig(
                shapes,
                side.isAcross() ? SlicingTree.stacked(first, second, gap) : SlicingTree.sideBySide(first, second, gap),
                order);
    }

    @Override
    public double height(double width) {
        return tree.height(width);
    }

    @Override
    public void place(double x, double y, double width, List<Cell> cells) {
        List<Cell> inTree = new ArrayList<>();
        tree.place(x, y, width, inTree);
        for (int photo = 0; photo < shapes.length; photo++) {
            cells.add(inTree.get(leaves.indexOf(photo)).holding(shapes[photo]));
        }
    }

    /** The small ones should be alike, and the large one large, but not alone in the room. */
    @Override
    public double unevenness(double[] areas, double width) {
        if (areas.length <= 2) {
            return 0;
        }
        double covered = IntStream.range(0, areas.length)
                .mapToDouble(i -> StrictMath.exp(areas[i]))
                .sum();
        double off = areas[0] - StrictMath.log(covered * BIG_SHARE);
        double next = IntStream.range(1, areas.length)
                .mapToDouble(i -> areas[i])
                .max()
                .orElseThrow();
        double lacking = Math.max(0, next + StrictMath.log(BIGGER) - areas[0]);
        return Arrangement.variance(areas, 1) + off * off + BIGGER_WEIGHT * lacking * lacking;
    }
}
