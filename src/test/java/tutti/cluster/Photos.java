package tutti.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tutti.pictures.GeneratedPhotos;

/** Photos as guests bring them: real ones where a folder of them lies beside the project, else generated ones. */
final class Photos {

    private static final Path REAL = Path.of("..", "shared", "photos");

    private Photos() {}

    /** From a camera that knew where it was. */
    static byte[] withPosition() {
        return real("DSCN0010.jpg", 1);
    }

    static byte[] ofAPhone() {
        return real("jolla.jpg", 2);
    }

    /** Small, quickly made, and different for every seed. */
    static byte[] small(long seed) {
        return GeneratedPhotos.megapixels(0.3, seed);
    }

    private static byte[] real(String name, long seed) {
        var file = REAL.resolve(name);
        try {
            return Files.exists(file) ? Files.readAllBytes(file) : GeneratedPhotos.megapixels(3, seed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
