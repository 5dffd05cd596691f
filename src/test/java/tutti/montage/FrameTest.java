package tutti.montage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FrameTest {

    @ParameterizedTest
    @CsvSource({
        "2048, 2048, 1.3, -1, 24",
        "2048, 2048, 1.3, 10, -1",
        "2048, 2048, 0, 10, 24",
        "2048, 2048, NaN, 10, 24",
        "303, 2048, 1.3, 10, 24",
        "2048, 303, 1.3, 10, 24"
    })
    void one_in_which_no_montage_fits_is_none(int width, int heightMax, double shape, int gap, int margin) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Frame(width, heightMax, shape, gap, margin));
    }

    @Test
    void the_least_that_there_is() {
        assertThat(new Frame(304, 304, 1.3, 0, 24).innerWidth()).isEqualTo(256);
    }

    @ParameterizedTest
    @CsvSource({"paper", "white", "stone", "pine", "night"})
    void a_background_is_known_by_its_code(String code) {
        assertThat(Background.of(code))
                .hasValueSatisfying(known -> assertThat(known.code()).isEqualTo(code));
        assertThat(Background.of("NIGHT")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_layout_is_known_by_its_code(LayoutKind kind) {
        assertThat(LayoutKind.of(kind.code())).contains(kind);
        assertThat(LayoutKind.of("none of them")).isEmpty();
    }
}
