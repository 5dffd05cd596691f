package tutti.guest;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.Map;

/**
 * A link that a camera can read.
 *
 * @param side in modules, with the quiet zone
 * @param path the dark modules as an SVG path: one line for each run of them
 */
public record QrCode(int side, String path) {

    private static final int QUIET_ZONE = 2;

    static QrCode of(String link) {
        try {
            // As small as it can be; SVG does the scaling.
            var matrix = new QRCodeWriter()
                    .encode(link, BarcodeFormat.QR_CODE, 0, 0, Map.of(EncodeHintType.MARGIN, QUIET_ZONE));
            return new QrCode(matrix.getWidth(), pathOf(matrix));
        } catch (WriterException e) {
            throw new IllegalStateException("a link too long for a QR code: " + link, e);
        }
    }

    private static String pathOf(BitMatrix matrix) {
        var path = new StringBuilder();
        for (int y = 0; y < matrix.getHeight(); y++) {
            for (int x = 0; x < matrix.getWidth(); x++) {
                int start = x;
                while (x < matrix.getWidth() && matrix.get(x, y)) {
                    x++;
                }
                if (x > start) {
                    path.append("M%d %dh%dv1h-%dz".formatted(start, y, x - start, x - start));
                }
            }
        }
        return path.toString();
    }

    public int getSide() {
        return side;
    }

    public String getPath() {
        return path;
    }
}
