package tutti.pictures;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The chunks of a WebP (RFC 9649). */
final class WebpHeader {

    private static final int FIRST_CHUNK = 12;
    private static final int FRAME_HEADER_BYTES = 16;

    private final byte[] file;
    private final ByteBuffer in;
    private boolean insideFrame;
    private boolean lossless;
    private int width;
    private int height;
    private byte[] exif = PictureHeader.NOTHING;

    private WebpHeader(byte[] file) {
        this.file = file;
        this.in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    static PictureHeader read(byte[] file) throws BadPicture {
        WebpHeader header = new WebpHeader(file);
        header.readChunks(FIRST_CHUNK, Math.addExact(header.in.getInt(4), 8));
        return new PictureHeader(
                PictureType.WEBP,
                header.width,
                header.height,
                Orientation.of(header.exif),
                file,
                PictureHeader.NOTHING,
                header.lossless ? PixelBytes.WEBP_LOSSLESS : PixelBytes.WEBP_LOSSY);
    }

    private void readChunks(int from, int to) throws BadPicture {
        int at = from;
        while (at + 8 <= to) {
            int data = at + 8;
            int length = in.getInt(at + 4);
            if (length < 0 || length > file.length - data) {
                throw BadPicture.endsEarly();
            }
            readChunk(new String(file, at, 4, StandardCharsets.ISO_8859_1), data, length);
            at = data + length + (length & 1);
        }
        if (to > file.length) {
            throw BadPicture.endsEarly();
        }
    }

    private void readChunk(String name, int data, int length) throws BadPicture {
        switch (name) {
            case "VP8X" -> grow(u24(data + 4) + 1, u24(data + 7) + 1);
            case "VP8 " -> grow(u16(data + 6) & 0x3FFF, u16(data + 8) & 0x3FFF);
            case "ALPH" -> lossless = true; // transparency is packed like a lossless picture
            case "VP8L" -> {
                lossless = true;
                int sides = in.getInt(data + 1);
                grow((sides & 0x3FFF) + 1, (sides >>> 14 & 0x3FFF) + 1);
            }
            case "ANMF" -> readFrame(data, length);
            case "EXIF" -> exif = Arrays.copyOfRange(file, data, data + length);
            default -> {}
        }
    }

    private void readFrame(int data, int length) throws BadPicture {
        if (!insideFrame) { // frames do not nest, and a file that nests them a million deep shall not be followed
            insideFrame = true;
            readChunks(data + FRAME_HEADER_BYTES, data + length);
            insideFrame = false;
        }
    }

    /** The largest of what is said counts: a file may promise a small canvas and hold a huge frame. */
    private void grow(int wide, int high) {
        width = Math.max(width, wide);
        height = Math.max(height, high);
    }

    private int u16(int at) {
        return in.getShort(at) & 0xFFFF;
    }

    private int u24(int at) {
        return u16(at) | (in.get(at + 2) & 0xFF) << 16;
    }
}
