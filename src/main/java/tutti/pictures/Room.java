package tutti.pictures;

/**
 * How much room photos have.
 *
 * @param bytesMax of all photos together; the site takes no more beyond it
 * @param diskFreeMin bytes that the disk has to have left before another photo is taken in, beside what those on their way may
 *     still write; for that one, and for whatever else lives there
 */
public record Room(long bytesMax, long diskFreeMin) {

    /** As much as there is on the disk. */
    public static Room onDisk() {
        return new Room(Long.MAX_VALUE, 0);
    }
}
