package tutti.montage;

import java.util.List;

/** One way to put all photos, in their order, into a rectangle of any given width. */
interface Arrangement {

    /** The height that goes with a width; grows with it. Negative when the gaps alone are wider. */
    double height(double width);

    /** Appends one cell for each photo, in the photos' order. */
    void place(double x, double y, double width, List<Cell> cells);
}
