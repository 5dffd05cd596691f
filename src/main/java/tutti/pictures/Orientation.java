package tutti.pictures;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How a camera was held: what must be done to the stored pixels so that the picture stands upright (EXIF tag 274). */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    UPSIDE_DOWN_MIRRORED(false, false, true),
    LEFT_MIRRORED(true, false, false),
    LEFT(true, false, true),
    RIGHT_MIRRORED(true, true, true),
    RIGHT(true, true, false);

    private static final byte[] PREAMBLE = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int EXIF_BYTES_MAX = 1 << 20;

    private final boolean swapsSides;
    private final boolean fromRight;
    private final boolean fromBottom;

    /** Where the stored picture is read from, for the pixel that is upper left when upright. */
    Orientation(boolean swapsSides, boolean fromRight, boolean fromBottom) {
        this.swapsSides = swapsSides;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    /** From an EXIF block, with or without its preamble. Broken or missing EXIF means upright, never a refusal. */
    static Orientation of(byte[] exif) {
        if (exif.length == 0 || exif.length > EXIF_BYTES_MAX) {
            return UPRIGHT;
        }
        Metadata metadata = new Metadata();
        try {
            new ExifReader()
                    .extract(new ByteArrayReader(exif), metadata, startsWithPreamble(exif) ? PREAMBLE.length : 0);
        } catch (RuntimeException broken) {
            return UPRIGHT;
        }
        ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Integer tag = directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return tag == null || tag < 1 || tag > values().length ? UPRIGHT : values()[tag - 1];
    }

    private static boolean startsWithPreamble(byte[] exif) {
        return exif.length > PREAMBLE.length && Arrays.equals(exif, 0, PREAMBLE.length, PREAMBLE, 0, PREAMBLE.length);
    }

    boolean swapsSides() {
        return swapsSides;
    }

    BufferedImage upright(BufferedImage stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int width = swapsSides ? stored.getHeight() : stored.getWidth();
        int height = swapsSides ? stored.getWidth() : stored.getHeight();
        BufferedImage upright = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] from = Resampling.samples(stored);
        byte[] to = Resampling.samples(upright);
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int across = swapsSides ? y : x;
                int down = swapsSides ? x : y;
                int fromX = fromRight ? stored.getWidth() - 1 - across : across;
                int fromY = fromBottom ? stored.getHeight() - 1 - down : down;
                System.arraycopy(from, 3 * (fromY * stored.getWidth() + fromX), to, at, 3);
                at += 3;
            }
        }
        return upright;
    }
}
