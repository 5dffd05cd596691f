package tutti.montage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TileSizeTest {

    @Test
    void a_tile_has_a_pixel_at_the_least() {
        assertThat(new TileSize(1, 1).shape()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new TileSize(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new TileSize(1, 0));
    }
}
