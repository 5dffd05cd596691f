package tutti.montage;

/** A place before rounding, measured from the corner inside the margin. */
record Cell(double x, double y, double width, double height) {

    /** Edges are rounded, not lengths: with whole gaps, neighbours then stay exactly one gap apart. */
    Place rounded(int margin) {
        int left = round(x);
        int top = round(y);
        int wide = Math.max(1, round(x + width) - left);
        int high = Math.max(1, round(y + height) - top);
        return new Place(margin + left, margin + top, wide, high);
    }

    /** A photo of this shape, whole and as large as possible in the middle. */
    Cell holding(double shape) {
        double wide = Math.min(width, height * shape);
        double high = wide / shape;
        return new Cell(x + (width - wide) / 2, y + (height - high) / 2, wide, high);
    }

    static int round(double pixels) {
        return (int) Math.floor(pixels + 0.5);
    }
}
