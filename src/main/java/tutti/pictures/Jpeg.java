package tutti.pictures;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** How pictures are written; the same samples give the same bytes. */
final class Jpeg {

    private Jpeg() {}

    /** Baseline JPEG without metadata; {@code quality} from 0 to 1. */
    static byte[] bytes(BufferedImage image, double quality) throws IOException {
        return bytes(image, quality, ImageWriteParam.MODE_DISABLED);
    }

    /** As {@link #bytes}, but progressive: a little smaller, shown blurred before all of it is there, dearer to write. */
    static byte[] progressive(BufferedImage image, double quality) throws IOException {
        return bytes(image, quality, ImageWriteParam.MODE_DEFAULT);
    }

    private static byte[] bytes(BufferedImage image, double quality, int progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality((float) quality);
            param.setProgressiveMode(progressive);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
