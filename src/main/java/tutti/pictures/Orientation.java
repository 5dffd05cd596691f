package tutti.pictures;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    private static final int LITTLE_ENDIAN = 0x4949;
    private static final int TAG = 274;
    private static final int ENTRY_BYTES = 12;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    private final boolean swapsSides;
    private final boolean fromRight;
    private final boolean fromBottom;

    /** Where the stored picture is read from, for the pixel that is upper left when upright. */
    Orientation(boolean swapsSides, boolean fromRight, boolean fromBottom) {
        this.swapsSides = swapsSides;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    /**
     * From an EXIF block, with or without its preamble. Broken or missing EXIF means upright, never a refusal. Nothing but this
     * one tag of the first directory is read (TIFF 6.0, section 2): others may claim the whole block, each of thousands of them.
     */
    static Orientation of(byte[] exif) {
        int start = startsWithPreamble(exif) ? PREAMBLE.length : 0;
        try {
            int tag = tag(ByteBuffer.wrap(exif, start, exif.length - start).slice());
            return tag < 1 || tag > values().length ? UPRIGHT : values()[tag - 1];
        } catch (IndexOutOfBoundsException broken) {
            return UPRIGHT;
        }
    }

    /** 0 where it is not said. */
    private static int tag(ByteBuffer tiff) {
        if (tiff.getShort(0) == LITTLE_ENDIAN) {
            tiff.order(ByteOrder.LITTLE_ENDIAN);
        }
        int directory = tiff.getInt(4);
        int entries = Short.toUnsignedInt(tiff.getShort(directory));
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY_BYTES;
            if (tiff.getShort(entry) == TAG) {
                return switch (tiff.getShort(entry + 2)) {
                    case SHORT -> tiff.getShort(entry + 8);
                    case LONG -> tiff.getInt(entry + 8);
                    default -> 0;
                };
            }
        }
        return 0;
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
