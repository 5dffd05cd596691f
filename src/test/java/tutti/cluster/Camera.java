package tutti.cluster;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Locator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** The camera of a phone, pointed at the screen of another one. */
final class Camera {

    private Camera() {}

    /** What the QR code says that is to be seen there. */
    static String reads(Locator code) {
        try {
            var image = ImageIO.read(new ByteArrayInputStream(code.screenshot()));
            var width = image.getWidth();
            var pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
            var source = new RGBLuminanceSource(width, image.getHeight(), pixels);
            return new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(source)))
                    .getText();
        } catch (ReaderException e) {
            throw new AssertionError("no camera could read this code", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
