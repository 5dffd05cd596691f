package tutti.montage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Photos in equal cells, line by line, each whole in the middle of its own; the last line stands in the middle too. A line
 * is as high as its highest photo: what all its cells would leave empty is left out.
 *
 * <p>How many columns, and what shape the cells have, is tried out: what counts against a grid is the room that its photos
 * leave empty, beside how unlike they are in area.
 */
final class Grid implements Arrangement {

    /** Shapes of cells to try, besides what the photos have in common. */
    private static final List<Double> CELL_SHAPES = List.of(3.0 / 4, 1.0, 4.0 / 3);

    /** Times the common gap: photos that stand alone in their cells want air, the same to all sides. */
    private static final int WIDER = 3;

    private static final double EMPTY_WEIGHT = 1.5;

    private final double[] shapes;
    private final int gap;
    private final int columns;
    private final double cellShape;
    /** Of each line, where a cell is 1 wide. */
    private final double[] heights;

    private Grid(double[] shapes, int gap, int columns, double cellShape) {
        this.shapes = shapes;
        this.gap = gap;
        this.columns = columns;
        this.cellShape = cellShape;
        this.heights = new double[(shapes.length + columns - 1) / columns];
        for (int i = 0; i < shapes.length; i++) {
            double height = Math.min(1, shapes[i] / cellShape) / shapes[i];
            heights[i / columns] = Math.max(heights[i / columns], height);
        }
    }

    /** Each number of columns with each shape of cells; never empty. */
    static List<Grid> candidates(double[] shapes, int gap) {
        List<Double> cellShapes = new ArrayList<>(CELL_SHAPES);
        cellShapes.add(StrictMath.exp(Arrays.stream(shapes).map(StrictMath::log).sum() / shapes.length));
        List<Grid> candidates = new ArrayList<>();
        for (int columns = 1; columns <= shapes.length; columns++) {
            for (double cellShape : cellShapes) {
                candidates.add(new Grid(shapes, WIDER * gap, columns, cellShape));
            }
        }
        return candidates;
    }

    private double cellWidth(double width) {
        return (width - gap * (columns - 1.0)) / columns;
    }

    @Override
    public double height(double width) {
        return cellWidth(width) * Arrays.stream(heights).sum() + gap * (heights.length - 1.0);
    }

    @Override
    public void place(double x, double y, double width, List<Cell> cells) {
        double wide = cellWidth(width);
        double top = y;
        for (int line = 0; line < heights.length; line++) {
            double high = wide * heights[line];
            int first = line * columns;
            int last = Math.min(shapes.length, first + columns);
            double left = x + (columns - (last - first)) * (wide + gap) / 2;
            for (int i = first; i < last; i++) {
                cells.add(new Cell(left, top, wide, high).holding(shapes[i]));
                left += wide + gap;
            }
            top += high + gap;
        }
    }

    @Override
    public double unevenness(double[] areas, double width) {
        double filled = Arrays.stream(areas).map(StrictMath::exp).sum();
        return Arrangement.variance(areas, 0) + EMPTY_WEIGHT * StrictMath.log(width * height(width) / filled);
    }
}
