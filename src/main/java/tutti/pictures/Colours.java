package tutti.pictures;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Transparency;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * What the samples of a picture mean, kept beside them while they are made smaller: converting a tile costs a tenth of
 * converting the photo.
 */
final class Colours {

    private static final ColorSpace SRGB = ColorSpace.getInstance(ColorSpace.CS_sRGB);

    private final ColorSpace space;
    private final boolean redFirst;

    private Colours(ColorSpace space, boolean redFirst) {
        this.space = space;
        this.redFirst = redFirst;
    }

    /** Of an image as its reader gave it; {@code profile} is one that the reader does not look at, or empty. */
    static Colours of(BufferedImage image, byte[] profile) {
        ColorSpace space = image.getColorModel().getColorSpace();
        if (profile.length > 0 && space.getType() == ColorSpace.TYPE_RGB) {
            space = spaceOr(space, profile);
        }
        return new Colours(space.getType() == ColorSpace.TYPE_RGB ? space : SRGB, isRedFirst(image));
    }

    private static ColorSpace spaceOr(ColorSpace otherwise, byte[] profile) {
        try {
            ICC_ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(profile));
            return space.getNumComponents() == 3 ? space : otherwise;
        } catch (IllegalArgumentException | CMMException broken) {
            return otherwise; // a good picture with a bad profile is a good picture
        }
    }

    /** The picture of these {@link #samples} in sRGB; a profile that the colour engine refuses is left unapplied. */
    BufferedImage toSrgb(BufferedImage samples) {
        return converted(redFirst ? blueFirst(samples) : samples);
    }

    private BufferedImage converted(BufferedImage samples) {
        if (space.isCS_sRGB()) {
            return samples;
        }
        BufferedImage converted =
                new BufferedImage(samples.getWidth(), samples.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        try {
            ColorModel model = new ComponentColorModel(space, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
            new ColorConvertOp(null).filter(new BufferedImage(model, samples.getRaster(), false, null), converted);
            return converted;
        } catch (IllegalArgumentException | CMMException refused) {
            return samples;
        }
    }

    /**
     * The samples as three bands of eight bits, transparent parts on white. Grey is copied, not converted: Java takes
     * grey for linear light and would brighten it.
     */
    static BufferedImage plain(BufferedImage image) {
        return isRedFirst(image) ? blueFirst(samples(image)) : samples(image);
    }

    /**
     * As {@link #plain}, but red may stand where blue is expected, as it came from the reader: it costs less to put that right,
     * by {@link #toSrgb}, once the picture is small.
     */
    static BufferedImage samples(BufferedImage image) {
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel) {
            return copied(image, Colours::readIndexed);
        }
        if (!(model instanceof ComponentColorModel) || image.getRaster().getNumBands() > 4) {
            return painted(image);
        }
        return isPacked(image) ? renamed(image) : copied(image, Colours::readComponents);
    }

    /** Three bytes a pixel already, and nothing between them. */
    private static boolean isPacked(BufferedImage image) {
        return image.getColorModel() instanceof ComponentColorModel
                && image.getRaster().getSampleModel() instanceof PixelInterleavedSampleModel samples
                && samples.getNumBands() == 3
                && samples.getPixelStride() == 3
                && samples.getScanlineStride() == 3 * image.getWidth()
                && samples.getBandOffsets()[1] == 1
                && image.getRaster().getDataBuffer() instanceof DataBufferByte bytes
                && bytes.getData().length == 3 * image.getWidth() * image.getHeight();
    }

    private static boolean isRedFirst(BufferedImage image) {
        return isPacked(image)
                && ((PixelInterleavedSampleModel) image.getRaster().getSampleModel()).getBandOffsets()[0] == 0;
    }

    private static BufferedImage blueFirst(BufferedImage redFirst) {
        BufferedImage blueFirst =
                new BufferedImage(redFirst.getWidth(), redFirst.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] from = Resampling.samples(redFirst);
        byte[] to = Resampling.samples(blueFirst);
        for (int i = 0; i < to.length; i += 3) {
            to[i] = from[i + 2];
            to[i + 1] = from[i + 1];
            to[i + 2] = from[i];
        }
        return blueFirst;
    }

    /** The same memory under another name. */
    private static BufferedImage renamed(BufferedImage image) {
        ColorModel plain = new ComponentColorModel(SRGB, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        int[] blueFirst = {2, 1, 0};
        WritableRaster renamed = Raster.createInterleavedRaster(
                image.getRaster().getDataBuffer(),
                image.getWidth(),
                image.getHeight(),
                3 * image.getWidth(),
                3,
                blueFirst,
                null);
        return new BufferedImage(plain, renamed, false, null);
    }

    private interface RowReader {
        /** Fills {@code rgb} with three samples for each pixel of the row. */
        void read(BufferedImage image, int y, int[] rgb);
    }

    private static BufferedImage copied(BufferedImage image, RowReader reader) {
        int width = image.getWidth();
        BufferedImage plain = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        WritableRaster raster = plain.getRaster();
        int[] rgb = new int[3 * width];
        for (int y = 0; y < image.getHeight(); y++) {
            reader.read(image, y, rgb);
            raster.setPixels(0, y, width, 1, rgb);
        }
        return plain;
    }

    private static void readIndexed(BufferedImage image, int y, int[] rgb) {
        for (int x = 0; x < image.getWidth(); x++) {
            int argb = image.getRGB(x, y);
            int alpha = argb >>> 24;
            rgb[3 * x] = onWhite(argb >> 16 & 0xFF, alpha);
            rgb[3 * x + 1] = onWhite(argb >> 8 & 0xFF, alpha);
            rgb[3 * x + 2] = onWhite(argb & 0xFF, alpha);
        }
    }

    private static void readComponents(BufferedImage image, int y, int[] rgb) {
        Raster raster = image.getRaster();
        ColorModel model = image.getColorModel();
        int bands = raster.getNumBands();
        int highest = (1 << model.getComponentSize(0)) - 1;
        int[] samples = raster.getPixels(0, y, image.getWidth(), 1, (int[]) null);
        for (int x = 0; x < image.getWidth(); x++) {
            int alpha = model.hasAlpha() ? samples[x * bands + bands - 1] * 255 / highest : 255;
            for (int band = 0; band < 3; band++) {
                int sample = samples[x * bands + (bands < 3 ? 0 : band)] * 255 / highest;
                rgb[3 * x + band] =
                        model.isAlphaPremultiplied() ? Math.min(255, sample + 255 - alpha) : onWhite(sample, alpha);
            }
        }
    }

    private static int onWhite(int sample, int alpha) {
        return (sample * alpha + 255 * (255 - alpha) + 127) / 255;
    }

    private static BufferedImage painted(BufferedImage image) {
        BufferedImage plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = plain.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, plain.getWidth(), plain.getHeight());
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return plain;
    }
}
