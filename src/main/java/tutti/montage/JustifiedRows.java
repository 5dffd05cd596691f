package tutti.montage;

import java.util.ArrayList;
import java.util.List;

/**
 * Photos in rows that all fill the width, for gatherings too large for a tree of cuts.
 *
 * <p>Where the rows break is chosen by dynamic programming over all breaks, as a typesetter breaks a paragraph: the
 * cost of a row is how far its photos' areas are from an even share.
 */
final class JustifiedRows implements Arrangement {

    /** Even shares of the area to try, relative to the exact one; the total height follows from the choice. */
    private static final double[] SHARES = {0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.4, 1.6};

    private final double[] shapes;
    private final int gap;
    /** Index of the first photo of each row, and at the end the number of photos. */
    private final List<Integer> breaks;

    private JustifiedRows(double[] shapes, int gap, List<Integer> breaks) {
        this.shapes = shapes;
        this.gap = gap;
        this.breaks = breaks;
    }

    /** One set of rows for each of several row heights; never empty. */
    static List<JustifiedRows> candidates(double[] shapes, Frame frame) {
        double area = frame.innerWidth() * frame.innerWidth() / frame.shape() / shapes.length;
        List<JustifiedRows> candidates = new ArrayList<>();
        for (double share : SHARES) {
            candidates.add(new JustifiedRows(shapes, frame.gap(), breaks(shapes, frame, area * share)));
        }
        return candidates;
    }

    private static List<Integer> breaks(double[] shapes, Frame frame, double area) {
        int count = shapes.length;
        double[] cost = new double[count + 1];
        int[] rowStart = new int[count + 1];
        for (int end = 1; end <= count; end++) {
            cost[end] = Double.POSITIVE_INFINITY;
            for (int start = end - 1; start >= 0; start--) {
                double total = cost[start] + rowCost(shapes, start, end, frame, area);
                if (total < cost[end]) {
                    cost[end] = total;
                    rowStart[end] = start;
                }
            }
        }
        List<Integer> breaks = new ArrayList<>();
        for (int end = count; end > 0; end = rowStart[end]) {
            breaks.add(0, end);
        }
        breaks.add(0, 0);
        return breaks;
    }

    private static double rowCost(double[] shapes, int start, int end, Frame frame, double area) {
        double height = rowHeight(shapes, start, end, frame.innerWidth(), frame.gap());
        double cost = 0;
        for (int i = start; i < end; i++) {
            double deviation = Math.log(shapes[i] * height * height / area);
            cost += deviation * deviation;
        }
        return cost;
    }

    private static double rowHeight(double[] shapes, int start, int end, double width, int gap) {
        double sum = 0;
        for (int i = start; i < end; i++) {
            sum += shapes[i];
        }
        return (width - gap * (end - start - 1.0)) / sum;
    }

    @Override
    public double height(double width) {
        double height = gap * (breaks.size() - 2.0);
        for (int row = 0; row + 1 < breaks.size(); row++) {
            height += rowHeight(shapes, breaks.get(row), breaks.get(row + 1), width, gap);
        }
        return height;
    }

    @Override
    public void place(double x, double y, double width, List<Cell> cells) {
        double top = y;
        for (int row = 0; row + 1 < breaks.size(); row++) {
            double height = rowHeight(shapes, breaks.get(row), breaks.get(row + 1), width, gap);
            double left = x;
            for (int i = breaks.get(row); i < breaks.get(row + 1); i++) {
                cells.add(new Cell(left, top, shapes[i] * height, height));
                left += shapes[i] * height + gap;
            }
            top += height + gap;
        }
    }
}
