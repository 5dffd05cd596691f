package tutti.montage;

import java.util.List;

/** One way to put all photos, in their order, into a rectangle of any given width. */
interface Arrangement {

    /** The height that goes with a width; grows with it. Negative when the gaps alone are wider. */
    double height(double width);

    /** Appends one cell for each photo, in the photos' order. */
    void place(double x, double y, double width, List<Cell> cells);

    /**
     * How far it is from what it should be; the less, the better. Commonly that all photos are alike in area: the variance of
     * the areas' logarithms.
     *
     * @param areas logarithms of the photos' areas, in their order, at this width
     */
    default double unevenness(double[] areas, double width) {
        return variance(areas, 0);
    }

    /** Of all from {@code first} on. */
    static double variance(double[] values, int first) {
        int count = values.length - first;
        double sum = 0;
        double squares = 0;
        for (int i = first; i < values.length; i++) {
            sum += values[i];
            squares += values[i] * values[i];
        }
        double mean = sum / count;
        return squares / count - mean * mean;
    }
}
