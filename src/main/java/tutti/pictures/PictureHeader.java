package tutti.pictures;

import java.nio.BufferUnderflowException;

/**
 * What a file says of itself before anything is decoded, and the proof that it does not end early.
 *
 * @param width pixels as stored, before turning upright
 * @param height pixels as stored
 * @param pixels the bytes to decode: where other parts of a file could harm or confuse a decoder, without them
 * @param profile an ICC profile that the decoder does not see by itself; empty when there is none
 * @param pixelBytes what its decoder needs
 */
record PictureHeader(
        PictureType type,
        int width,
        int height,
        Orientation orientation,
        byte[] pixels,
        byte[] profile,
        PixelBytes pixelBytes) {

    static final byte[] NOTHING = {};

    /** @throws BadPicture {@code UNSUPPORTED_TYPE}, or {@code UNREADABLE} for one that is damaged or ends early */
    static PictureHeader of(byte[] file) throws BadPicture {
        PictureType type = PictureType.of(file);
        try {
            PictureHeader header =
                    switch (type) {
                        case JPEG -> JpegHeader.read(file);
                        case PNG -> PngHeader.read(file);
                        case GIF -> GifHeader.read(file);
                        case WEBP -> WebpHeader.read(file);
                    };
            if (header.width < 1 || header.height < 1) {
                throw BadPicture.damaged();
            }
            return header;
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException beyondTheEnd) {
            throw BadPicture.endsEarly();
        }
    }

    long pixelCount() {
        return (long) width * height;
    }

    PictureInfo info() {
        return orientation.swapsSides() ? new PictureInfo(type, height, width) : new PictureInfo(type, width, height);
    }
}
