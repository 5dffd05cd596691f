package tutti.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tutti.pictures.GeneratedPhotos;

/** Photos as guests bring them: real ones where there is a folder of them ({@code -Dtutti.photos}), else generated ones. */
public final class Photos {

    private static final Path REAL = Path.of(System.getProperty("tutti.photos", "../shared/photos"));

    private Photos() {}

    /** From a camera that knew where it was. */
    static byte[] withPosition() {
        return real("DSCN0010.jpg", 1);
    }

    static byte[] ofAPhone() {
        return real("jolla.jpg", 2);
    }

    /** What one takes in an afternoon: upright and across, from more than one camera. */
    static List<byte[]> ofAnAfternoon() {
        return List.of(
                real("DSCN0021.jpg", 3),
                real("canon_hdr_NO.jpg", 4),
                real("DSCN0042.jpg", 5),
                real("HMD_Nokia_8.3_5G.jpg", 6),
                real("Landscape_6.jpg", 7));
    }

    /** One or two of each of ten people, all of them real ones. */
    public static List<byte[]> ofATable() {
        return List.of(
                withPosition(),
                real("Portrait_1.jpg", 8),
                real("canon_hdr_NO.jpg", 4),
                real("Landscape_1.jpg", 9),
                ofAPhone(),
                real("DSCN0021.jpg", 3),
                real("HMD_Nokia_8.3_5G.jpg", 6),
                real("Portrait_6.jpg", 10),
                real("DSCN0042.jpg", 5),
                real("Landscape_3.jpg", 11),
                real("Landscape_6.jpg", 7),
                real("Landscape_8.jpg", 12));
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
