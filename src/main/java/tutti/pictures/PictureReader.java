package tutti.pictures;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads what strangers send, with bounded memory.
 *
 * <p>Type, size and completeness come from the file's own bytes before anything is decoded. What is decoded is
 * subsampled to about three times its tile, and further where its pixels are large, a few pictures at a time; so a photo of
 * 100 megapixels needs no more heap than one of 16 (about 120 MB with the resampling), besides its file.
 */
final class PictureReader {

    /** Larger files are not even loaded; uploads are bounded long before. */
    private static final long FILE_BYTES_MAX = 256L << 20;

    private static final long HEAP_BYTES_MAX = 120_000_000;

    /** Of these, for what a decoder holds whatever is asked for; hardly a photo is sent like this. */
    private static final long HELD_BYTES_MAX = 96_000_000;

    private static final long SUBSAMPLED_PIXELS_MAX = 16_000_000;
    private static final int OVERSAMPLING = 3;

    private final PictureLimits limits;
    private final Turns.Queue senders;
    private final Turns.Queue lookers;
    private final Turns.Queue printers;

    static {
        ImageIO.setUseCache(false);
    }

    PictureReader(PictureLimits limits) {
        this.limits = limits;
        Turns decoders = new Turns(limits.decodesAtOnce());
        this.senders = decoders.new Queue("photos that are sent");
        this.lookers = decoders.new Queue("tiles");
        this.printers = decoders.new Queue("prints");
    }

    /** Something to make of a decoded picture while its memory is accounted for. */
    interface Use<T> {
        T of(Decoded decoded) throws IOException;
    }

    /**
     * A photo that has just been sent.
     *
     * @param longEdge of the picture that will be made of it, in pixels
     * @throws BadPicture when the file is not a whole, readable picture within the limits
     * @throws TooBusy when many such wait already
     * @throws IOException when the disk fails, or the thread is interrupted while it waits for its turn
     */
    <T> T readSent(Path file, int longEdge, Use<T> use) throws IOException, BadPicture {
        Turns.Turn turn = senders.next();
        try {
            return use.of(subsampled(file, longEdge));
        } finally {
            turn.end();
        }
    }

    /** As {@link #readSent}, a photo that somebody wants to see. */
    <T> T read(Path file, int longEdge, Use<T> use) throws IOException, BadPicture {
        Turns.Turn turn = lookers.next();
        try {
            return use.of(subsampled(file, longEdge));
        } finally {
            turn.end();
        }
    }

    /**
     * As {@link #readSent}, with as many of its pixels as fit in memory, and smoothly where they do not all. Nothing else is
     * decoded meanwhile, since it may need twice as much.
     */
    <T> T readFine(Path file, Use<T> use) throws IOException, BadPicture {
        Turns.Turn turn = printers.alone();
        try {
            PictureHeader header = header(file);
            return use.of(decoded(header, reader -> fine(reader, header)));
        } finally {
            turn.end();
        }
    }

    /** As {@link #readFine}, decoding nothing. */
    PictureInfo info(Path file) throws IOException, BadPicture {
        Turns.Turn turn = printers.next();
        try {
            return header(file).info();
        } finally {
            turn.end();
        }
    }

    private Decoded subsampled(Path file, int longEdge) throws IOException, BadPicture {
        PictureHeader header = header(file);
        return decoded(header, reader -> subsampled(reader, header, longEdge));
    }

    private PictureHeader header(Path file) throws IOException, BadPicture {
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new BadPicture(BadPicture.Code.TOO_LARGE, "The file is too large.");
        }
        PictureHeader header = PictureHeader.of(Files.readAllBytes(file));
        requireWithinLimits(header);
        return header;
    }

    private void requireWithinLimits(PictureHeader header) throws BadPicture {
        int held = header.pixelBytes().held();
        long pixelsMax = held > 0 ? Math.min(HELD_BYTES_MAX / held, limits.pixelsMax()) : limits.pixelsMax();
        if (header.pixelCount() > pixelsMax || Math.max(header.width(), header.height()) > limits.sideMax()) {
            throw new BadPicture(
                    BadPicture.Code.TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "The picture has %d × %d pixels; at most %d megapixels and %d pixels a side can be taken.",
                            header.width(),
                            header.height(),
                            pixelsMax / 1_000_000,
                            limits.sideMax()));
        }
    }

    private interface Decoding {
        Decoded by(ImageReader reader) throws IOException;
    }

    private static Decoded decoded(PictureHeader header, Decoding decoding) throws BadPicture {
        Iterator<ImageReader> readers =
                ImageIO.getImageReadersByFormatName(header.type().name());
        if (!readers.hasNext()) {
            throw new IllegalStateException("No reader for " + header.type() + ": the ImageIO plug-ins are not there");
        }
        ImageReader reader = readers.next();
        Damage damage = new Damage();
        try (ImageInputStream in = new ByteArrayImageInputStream(header.pixels())) {
            reader.setInput(in, true, true);
            reader.addIIOReadWarningListener(damage);
            if (reader.getWidth(0) > header.width() || reader.getHeight(0) > header.height()) {
                throw BadPicture.damaged(); // two opinions on its size: one of them is a trap
            }
            Decoded decoded = decoding.by(reader);
            damage.refuse();
            return decoded;
        } catch (IOException | RuntimeException broken) {
            // Decoders answer hostile bytes with any exception there is; the bytes are in memory, no disk is involved.
            throw BadPicture.damaged();
        } finally {
            reader.dispose();
        }
    }

    private static Decoded subsampled(ImageReader reader, PictureHeader header, int longEdge) throws IOException {
        int factor = Math.max(fitting(header), Math.max(header.width(), header.height()) / (OVERSAMPLING * longEdge));
        ImageReadParam param = reader.getDefaultReadParam();
        int stepX = Math.min(factor, header.width());
        int stepY = Math.min(factor, header.height());
        param.setSourceSubsampling(stepX, stepY, stepX / 2, stepY / 2);
        if (header.type() == PictureType.JPEG && isRgb(reader)) {
            param.setDestination(redFirst(reader, param));
        }
        return decoded(header, reader.read(0, param));
    }

    private static boolean isRgb(ImageReader reader) throws IOException {
        ImageTypeSpecifier type = reader.getImageTypes(0).next();
        return type.getBufferedImageType() == BufferedImage.TYPE_3BYTE_BGR
                && type.getColorModel().getColorSpace().isCS_sRGB();
    }

    /**
     * Room for what will be read, its bytes in the order in which the decoder has them: so whole rows are copied. One sample
     * after the other would take a quarter of all the reading.
     */
    private static BufferedImage redFirst(ImageReader reader, ImageReadParam param) throws IOException {
        int width = sampled(reader.getWidth(0), param.getSourceXSubsampling(), param.getSubsamplingXOffset());
        int height = sampled(reader.getHeight(0), param.getSourceYSubsampling(), param.getSubsamplingYOffset());
        return ImageTypeSpecifier.createInterleaved(
                        ColorSpace.getInstance(ColorSpace.CS_sRGB),
                        new int[] {0, 1, 2},
                        DataBuffer.TYPE_BYTE,
                        false,
                        false)
                .createBufferedImage(width, height);
    }

    private static int sampled(int length, int step, int from) {
        return (length - from + step - 1) / step;
    }

    private static Decoded decoded(PictureHeader header, BufferedImage image) {
        return new Decoded(header, Colours.samples(image), Colours.of(image, header.profile()));
    }

    /** By how much its sides have to be divided so that it fits in memory. */
    private static int fitting(PictureHeader header) {
        int factor = 1;
        while ((long) (header.width() / factor) * (header.height() / factor) > pixelsAtOnce(header)) {
            factor++;
        }
        return factor;
    }

    private static long pixelsAtOnce(PictureHeader header) {
        PixelBytes bytes = header.pixelBytes();
        return Math.min(SUBSAMPLED_PIXELS_MAX, (HEAP_BYTES_MAX - bytes.held() * header.pixelCount()) / bytes.decoded());
    }

    private static Decoded fine(ImageReader reader, PictureHeader header) throws IOException {
        int factor = fitting(header);
        return factor == 1 ? decoded(header, reader.read(0)) : averaged(reader, header, factor);
    }

    /**
     * Decoded in bands, of whose pixels blocks become one: to leave pixels out would show in what is hardly made smaller any
     * more. A decoder goes through all rows above a band again, so bands are as high as memory allows.
     */
    private static Decoded averaged(ImageReader reader, PictureHeader header, int factor) throws IOException {
        int width = (header.width() + factor - 1) / factor;
        int height = (header.height() + factor - 1) / factor;
        int rows = Math.max(1, (int) (pixelsAtOnce(header) / header.width() / factor)) * factor;
        BufferedImage whole = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Colours colours = null;
        for (int y = 0; y < header.height(); y += rows) {
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceRegion(new Rectangle(0, y, header.width(), Math.min(rows, header.height() - y)));
            Decoded band = decoded(header, reader.read(0, param));
            byte[] samples = Resampling.samples(Resampling.averaged(band.image(), factor, factor));
            System.arraycopy(samples, 0, Resampling.samples(whole), 3 * width * (y / factor), samples.length);
            colours = band.colours();
        }
        return new Decoded(header, whole, colours);
    }
}
