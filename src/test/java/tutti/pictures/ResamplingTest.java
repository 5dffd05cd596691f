package tutti.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tutti.photo.Sha256;

class ResamplingTest {

    /** Other samples are another montage than the other sites have: they want another edition of what is derived. */
    @ParameterizedTest
    @CsvSource({
        "700, 500, 200, 150, e70e4e7c2712e2197b44eb583ce168256081850c6e60d2a49d6ad2eb15aaa8f9",
        "701, 499, 353, 257, 9245cf070fec2d2ffa562260ef9e77c23d8a5f89597e48e497dabd150c3bc3d2",
        "300, 200, 451, 333, 272a6e5dada28285365dca0c6027c3871b9d201cf809bc7e8d8ce8622bcb8d04",
        "1701, 1301, 200, 150, ab3039fde1c7760456541e535447b4ea0eb5390721b3d8b389499b226cc6e2df",
        "400, 9, 100, 3, 9bc73bf45c3dc4e71ae5373a1be5d25b921a3c2c7e9eda8c9636f0fbb0da26c6",
    })
    void the_same_samples_come_out_everywhere(int width, int height, int toWidth, int toHeight, String sha256) {
        BufferedImage resized = Resampling.resized(noise(width, height), toWidth, toHeight);

        assertThat(Sha256.of(Resampling.samples(resized))).hasToString(sha256);
    }

    @Test
    void a_white_wall_stays_white() {
        BufferedImage wall = new BufferedImage(90, 70, BufferedImage.TYPE_3BYTE_BGR);
        Arrays.fill(Resampling.samples(wall), (byte) 255);

        assertThat(Resampling.samples(Resampling.resized(wall, 37, 41))).containsOnly((byte) 255);
    }

    private static BufferedImage noise(int width, int height) {
        BufferedImage noise = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        new SplittableRandom(7).nextBytes(Resampling.samples(noise));
        return noise;
    }
}
