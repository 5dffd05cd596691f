package tutti.montage;

/**
 * What a montage should come to, all in pixels but the shape.
 *
 * @param width of the finished montage, margins included; it is narrower when the photos are few or small
 * @param heightMax what it never exceeds, margins included
 * @param shape width over height to aim at
 * @param gap between neighbours, exact
 * @param margin around the whole
 */
public record Frame(int width, int heightMax, double shape, int gap, int margin) {

    public Frame {
        if (gap < 0 || margin < 0 || !(shape > 0) || Math.min(width, heightMax) < 256 + 2 * margin) {
            throw new IllegalArgumentException("No montage fits in " + width + " × " + heightMax + " pixels, shape "
                    + shape + ", gap " + gap + ", margin " + margin);
        }
    }

    /** 2048 pixels wide, about 4:3, 10 between photos. */
    public static Frame standard() {
        return new Frame(2048, 2048, 4.0 / 3, 10, 24);
    }

    /** The same with less room for photos. */
    Frame lowerBy(int pixels) {
        return new Frame(width, heightMax - pixels, shape, gap, margin);
    }

    int innerWidth() {
        return width - 2 * margin;
    }

    int innerHeightMax() {
        return heightMax - 2 * margin;
    }
}
