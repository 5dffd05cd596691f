package tutti.montage;

/**
 * A tile's size as seen upright, in pixels.
 *
 * @param width at least 1
 * @param height at least 1
 */
public record TileSize(int width, int height) {

    /** Beyond this a photo is a thread: its cell keeps this shape, and the photo stands in the middle of it. */
    private static final double SHAPE_MAX = 12;

    public TileSize {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("A tile of " + width + " × " + height + " pixels");
        }
    }

    /** The size of the same picture whose longer side is so many pixels; its own where it has no more. */
    public TileSize within(int longSide) {
        double scale = Math.min(1, (double) longSide / Math.max(width, height));
        return new TileSize(Math.max(1, Cell.round(width * scale)), Math.max(1, Cell.round(height * scale)));
    }

    /** Width over height. */
    public double shape() {
        return (double) width / height;
    }

    /** The shape of the cell that holds this tile: its own, but never thinner than 12:1 or 1:12. */
    double cellShape() {
        return Math.max(1 / SHAPE_MAX, Math.min(SHAPE_MAX, shape()));
    }

    /** Whether a photo of so many pixels need not be enlarged there. */
    public boolean holds(Place place) {
        return place.width() <= width && place.height() <= height;
    }
}
