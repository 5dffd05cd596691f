package tutti.pictures;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The segments of a JPEG up to its first scan, and its end mark (ITU-T T.81, annex B). */
final class JpegHeader {

    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int APP1 = 0xE1;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private final byte[] file;
    private int width;
    private int height;
    private byte[] exif = PictureHeader.NOTHING;

    private JpegHeader(byte[] file) {
        this.file = file;
    }

    static PictureHeader read(byte[] file) throws BadPicture {
        JpegHeader header = new JpegHeader(file);
        int scan = header.readSegments();
        if (!header.endsAfter(scan)) {
            throw BadPicture.endsEarly();
        }
        return new PictureHeader(
                PictureType.JPEG,
                header.width,
                header.height,
                Orientation.of(header.exif),
                file,
                PictureHeader.NOTHING,
                false);
    }

    /** Returns where the first scan begins. */
    private int readSegments() throws BadPicture {
        int at = 2;
        while (true) {
            while (u8(at) != 0xFF) {
                at++; // some cameras leave stray bytes between segments
            }
            while (u8(at) == 0xFF) {
                at++;
            }
            int marker = u8(at++);
            if (marker == START_OF_SCAN) {
                return at;
            }
            if (marker > 0x01 && (marker < 0xD0 || marker > 0xD8)) {
                readSegment(marker, at + 2, at + u16(at));
                at += Math.max(2, u16(at));
            }
        }
    }

    private void readSegment(int marker, int from, int to) throws BadPicture {
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
            if (marker > 0xC2) {
                // Lossless, hierarchical and arithmetic: nobody's camera, and unbounded in their decoders' memory.
                throw new BadPicture(
                        BadPicture.Code.UNSUPPORTED_TYPE,
                        "This is a rare kind of JPEG; please save it as an ordinary JPEG or PNG.");
            }
            height = u16(from + 1);
            width = u16(from + 3);
        } else if (marker == APP1
                && exif.length == 0
                && to - from > EXIF.length
                && Arrays.equals(file, from, from + EXIF.length, EXIF, 0, EXIF.length)) {
            exif = Arrays.copyOfRange(file, from, Math.min(to, file.length));
        }
    }

    /** Phones append whole files of their own after the end mark, so it is looked for from behind. */
    private boolean endsAfter(int scan) {
        for (int at = file.length - 2; at >= scan; at--) {
            if (u8(at) == 0xFF && u8(at + 1) == END_OF_IMAGE) {
                return true;
            }
        }
        return false;
    }

    private int u8(int at) {
        return file[at] & 0xFF;
    }

    private int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }
}
