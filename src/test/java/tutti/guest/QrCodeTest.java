package tutti.guest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrCodeTest {

    private static final int QUIET_ZONE = 2;
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");

    @Test
    void what_is_drawn_leads_to_the_event() throws Exception {
        var link = "https://west.example.org/e/AAAAAAAAAAAAAAAAAAAAAA";

        var drawn = QrCode.of(link);

        assertThat(new Decoder().decode(modules(drawn)).getText()).isEqualTo(link);
    }

    private static BitMatrix modules(QrCode code) {
        var modules = new BitMatrix(code.side() - 2 * QUIET_ZONE);
        var runs = RUN.matcher(code.path());
        while (runs.find()) {
            modules.setRegion(
                    Integer.parseInt(runs.group(1)) - QUIET_ZONE,
                    Integer.parseInt(runs.group(2)) - QUIET_ZONE,
                    Integer.parseInt(runs.group(3)),
                    1);
        }
        return modules;
    }
}
