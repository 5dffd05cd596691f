package tutti.pictures;

/**
 * What a picture may need.
 *
 * @param pixelsMax width times height
 * @param sideMax pixels of the longer side
 * @param decodesAtOnce pictures in memory at the same time; about 120 MB of heap each, besides their files
 */
public record PictureLimits(long pixelsMax, int sideMax, int decodesAtOnce) {

    public PictureLimits {
        if (pixelsMax < 1 || sideMax < 1 || decodesAtOnce < 1) {
            throw new IllegalArgumentException("Limits must be positive: " + pixelsMax + " pixels, " + sideMax
                    + " a side, " + decodesAtOnce + " at once");
        }
    }

    /** 100 megapixels, 20,000 a side, two at once. */
    public static PictureLimits standard() {
        return new PictureLimits(100_000_000, 20_000, 2);
    }
}
