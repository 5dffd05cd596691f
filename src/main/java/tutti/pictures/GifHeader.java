package tutti.pictures;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The blocks of a GIF (GIF89a specification); of an animation the first frame counts. */
final class GifHeader {

    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;
    private static final int TRAILER = 0x3B;

    private final ByteBuffer in;
    private int width;
    private int height;

    private GifHeader(byte[] file) {
        this.in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    static PictureHeader read(byte[] file) throws BadPicture {
        GifHeader header = new GifHeader(file);
        header.readBlocks();
        return new PictureHeader(
                PictureType.GIF,
                header.width,
                header.height,
                Orientation.UPRIGHT,
                file,
                PictureHeader.NOTHING,
                PixelBytes.GIF);
    }

    private void readBlocks() throws BadPicture {
        in.position(10);
        int flags = u8();
        in.position(13);
        skipColours(flags);
        for (int block = u8(); block != TRAILER; block = u8()) {
            if (block == EXTENSION) {
                u8();
            } else if (block == IMAGE) {
                readImageDescriptor();
            } else {
                throw BadPicture.damaged();
            }
            skipSubBlocks();
        }
    }

    private void readImageDescriptor() {
        in.position(in.position() + 4);
        int wide = in.getShort() & 0xFFFF;
        int high = in.getShort() & 0xFFFF;
        if (width == 0) {
            width = wide;
            height = high;
        }
        skipColours(u8());
        u8(); // the initial code size
    }

    private void skipColours(int flags) {
        if ((flags & 0x80) != 0) {
            in.position(in.position() + 3 * (2 << (flags & 7)));
        }
    }

    private void skipSubBlocks() {
        for (int length = u8(); length != 0; length = u8()) {
            in.position(in.position() + length);
        }
    }

    private int u8() {
        return in.get() & 0xFF;
    }
}
