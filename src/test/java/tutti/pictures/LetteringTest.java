package tutti.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tutti.montage.Background;
import tutti.montage.Place;

class LetteringTest {

    private static final Place LINE = new Place(20, 10, 600, 60);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ünser Größtes Fest & mehr, 100 %",
                "Été à la plage, cœur, Noël",
                "¿Qué? ¡Año señor!",
                "Łódź, Příliš žluťoučký kůň, İstanbul, Ģirts, Sjø, Þór, Ħamrun, Mañana",
                "Việt Nam, Tiếng Việt: ắ ằ ẳ ẵ ặ ễ ộ ợ ữ ỹ",
                "Καλοκαίρι, Αθήνα",
                "Лето в Києві, Ўзбекистон",
                "“quoted” ‘so’ „und“ «et» — – … · € № 18:30"
            })
    void has_what_people_write_in_latin_greek_and_cyrillic(String text) {
        assertThat(Lettering.missing(text)).isEmpty();
    }

    @Test
    void names_what_it_has_not() {
        assertThat(Lettering.missing("夏 party 🎉 夏")).isEqualTo("夏🎉");
        assertThat(Lettering.missing("חג שמח")).contains("ח");
        assertThat(Lettering.missing("صيف")).contains("ص");
    }

    @Test
    void a_line_stays_in_its_place_however_long_it_is() throws IOException {
        for (String text : new String[] {"A", "Summer", "W".repeat(80), "Ấ Ö ÿ g p q j |"}) {
            BufferedImage painted = painted(text);

            assertThat(ink(painted, LINE)).as(text).isPositive();
            assertThat(ink(painted, new Place(0, 0, 640, 80))).as(text).isEqualTo(ink(painted, LINE));
        }
    }

    @Test
    void letters_are_painted_as_they_always_were() throws IOException {
        // Sites of different versions must not paint different pictures under one digest unawares.
        assertThat(Arrays.hashCode(Resampling.samples(painted("Tavolo 5, Été 2026 · Łódź"))))
                .isEqualTo(-719222231);
    }

    @ParameterizedTest
    @EnumSource(Background.class)
    void letters_stand_out_from_every_background(Background background) {
        double[] lights = {light(background.rgb()), light(background.ink())};
        Arrays.sort(lights);

        assertThat((lights[1] + 0.05) / (lights[0] + 0.05)).isGreaterThan(7);
    }

    /** Relative luminance, as WCAG 2.2 defines it. */
    private static double light(int rgb) {
        double[] linear = Arrays.stream(new int[] {rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF})
                .mapToDouble(sample -> sample / 255.0)
                .map(share -> share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4))
                .toArray();
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }

    private static BufferedImage painted(String text) throws IOException {
        BufferedImage image = new BufferedImage(640, 80, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        Lettering.write(graphics, text, LINE);
        graphics.dispose();
        return image;
    }

    private static int ink(BufferedImage image, Place place) {
        int painted = 0;
        for (int y = place.y(); y < place.bottom(); y++) {
            for (int x = place.x(); x < place.right(); x++) {
                painted += (image.getRGB(x, y) & 0xFFFFFF) == 0 ? 0 : 1;
            }
        }
        return painted;
    }
}
