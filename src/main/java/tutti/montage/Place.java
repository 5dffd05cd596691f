package tutti.montage;

/** Where one photo stands in the montage; pixels, from the upper left corner of the whole. */
public record Place(int x, int y, int width, int height) {

    public int right() {
        return x + width;
    }

    public int bottom() {
        return y + height;
    }

    /** Edges are rounded, not lengths, so that neighbours keep their distance. */
    Place scaled(double factor) {
        return new Cell(x * factor, y * factor, width * factor, height * factor).rounded(0);
    }
}
