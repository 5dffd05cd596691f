package tutti.pictures;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The segments of a JPEG up to its end mark (ITU-T T.81, annex B), among them all its scans.
 *
 * <p>They are walked through as the decoder does it, so that no scan can be hidden from here and not from it. Phones append
 * whole files of their own after the end mark; nobody looks at these.
 */
final class JpegHeader {

    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int APP1 = 0xE1;
    private static final int COMMENT = 0xFE;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

    /**
     * Samples that a decoder may have to go over. It goes over all of a component for each of its scans, even where a scan
     * takes 34 bytes to say "nothing changes". An ordinary progressive photo has 14 such passes, and 24 with the four
     * components of print; this allows 32 at 100 megapixels, and more of smaller pictures.
     */
    private static final double SAMPLES_MAX = 3.2e9;

    /** Each has a price of its own, however small the picture is. */
    private static final int SCANS_MAX = 200;

    /** Decoders work in blocks, and so a line of single pixels costs them as much as one of these. */
    private static final int BLOCK = 32;

    private final byte[] file;
    private int width;
    private int height;
    private long passes;
    private int scans;
    private byte[] exif = PictureHeader.NOTHING;

    private JpegHeader(byte[] file) {
        this.file = file;
    }

    static PictureHeader read(byte[] file) throws BadPicture {
        JpegHeader header = new JpegHeader(file);
        header.readSegments();
        if (header.scans > SCANS_MAX
                || (double) header.passes * blocks(header.width) * blocks(header.height) > SAMPLES_MAX) {
            throw rareKind();
        }
        return new PictureHeader(
                PictureType.JPEG,
                header.width,
                header.height,
                Orientation.of(header.exif),
                file,
                PictureHeader.NOTHING,
                PixelBytes.JPEG);
    }

    private static int blocks(int side) {
        return (side + BLOCK - 1) / BLOCK * BLOCK;
    }

    private void readSegments() throws BadPicture {
        int at = 2;
        int marker = START_OF_IMAGE;
        while (marker != END_OF_IMAGE) {
            while (u8(at) != 0xFF) {
                at++; // what scans consist of; some cameras also leave stray bytes between segments
            }
            while (u8(at) == 0xFF) {
                at++;
            }
            marker = u8(at++);
            if (hasLength(marker)) {
                readSegment(marker, at + 2, at + u16(at));
                at += Math.max(2, u16(at));
            } else if (!standsAlone(marker)) {
                throw BadPicture.damaged(); // reserved: whether it has a length is anybody's guess
            }
        }
    }

    private static boolean hasLength(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC8
                || marker >= START_OF_SCAN && marker <= 0xDD
                || marker >= 0xE0 && marker <= 0xEF
                || marker == COMMENT;
    }

    /** A byte of a scan that happens to be 0xFF, or a mark within one, begins like a marker, too. */
    private static boolean standsAlone(int marker) {
        return marker <= 0x01 || marker >= 0xD0 && marker <= END_OF_IMAGE;
    }

    private void readSegment(int marker, int from, int to) throws BadPicture {
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xCC) {
            if (marker > 0xC2) {
                throw rareKind(); // lossless, hierarchical or arithmetic: unbounded in their decoders' memory, too
            }
            height = Math.max(height, u16(from + 1));
            width = Math.max(width, u16(from + 3));
        } else if (marker == START_OF_SCAN) {
            passes += u8(from);
            scans++;
        } else if (marker == APP1
                && exif.length == 0
                && to - from > EXIF.length
                && Arrays.equals(file, from, from + EXIF.length, EXIF, 0, EXIF.length)) {
            exif = Arrays.copyOfRange(file, from, Math.min(to, file.length));
        }
    }

    /** Nobody's camera makes such. */
    private static BadPicture rareKind() {
        return new BadPicture(
                BadPicture.Code.UNSUPPORTED_TYPE,
                "This is a rare kind of JPEG; please save it as an ordinary JPEG or PNG.");
    }

    private int u8(int at) {
        return file[at] & 0xFF;
    }

    private int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }
}
