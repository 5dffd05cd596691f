package tutti.pictures;

/** More bytes came than were allowed; nothing of them is left. */
public final class TooLarge extends RuntimeException {

    private final long bytesMax;

    TooLarge(long bytesMax) {
        super("More than " + bytesMax + " bytes");
        this.bytesMax = bytesMax;
    }

    /** The limit that was passed. */
    public long bytesMax() {
        return bytesMax;
    }
}
