package tutti.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tutti.montage.Frame;

class DerivedTest {

    private static final String DIGEST = "0123456789abcdef";

    @TempDir
    Path root;

    private PhotoFiles photos;
    private Derived derived;

    @BeforeEach
    void openCache() throws IOException {
        photos = new PhotoFiles(root.resolve("photos"));
        derived = cache("cache");
    }

    @Test
    void a_montage_is_painted_alike_from_an_empty_cache_at_another_site() throws Exception {
        List<String> sent = List.of(send(800, 600, 1), send(600, 800, 2), send(900, 600, 3), send(700, 700, 4));

        Path here = derived.montage(DIGEST, sent);
        Path there = cache("other").montage(DIGEST, sent);

        assertThat(there).hasSameBinaryContentAs(here).isNotEqualTo(here);
    }

    @Test
    void a_montage_shows_every_photo_on_paper() throws Exception {
        Path montage = derived.montage(DIGEST, List.of(send(800, 600, 1)));

        BufferedImage image = ImageIO.read(montage.toFile());
        assertThat(image.getWidth()).isEqualTo(800 + 48);
        assertThat(image.getHeight()).isEqualTo(600 + 48);
        assertThat(image.getRGB(5, 5) & 0xFF).isBetween(235, 250);
        assertThat(image.getRGB(40, 40) >> 8 & 0xFFFF).isBetween(0xE000, 0xFF20);
    }

    @Test
    void another_order_is_another_montage() throws Exception {
        String first = send(800, 600, 1);
        String second = send(800, 600, 2);

        assertThat(derived.montage("one-order", List.of(first, second)))
                .isNotEqualTo(derived.montage("other-order", List.of(second, first)));
        assertThat(Files.mismatch(
                        derived.montage("one-order", List.of(first, second)),
                        derived.montage("other-order", List.of(second, first))))
                .isNotNegative();
    }

    @Test
    void what_was_made_is_not_made_again() throws Exception {
        String sent = send(800, 600, 1);
        Path tile = derived.tile(sent);
        photos.delete(sent);

        assertThat(derived.tile(sent)).isEqualTo(tile).exists();
        assertThat(derived.smallTile(sent)).exists();
    }

    @Test
    void what_a_power_cut_left_in_pieces_is_made_again() throws Exception {
        String sent = send(800, 600, 1);
        byte[] whole = Files.readAllBytes(derived.tile(sent));

        for (int left : new int[] {0, 1, whole.length / 2}) {
            Files.write(derived.tile(sent), java.util.Arrays.copyOf(whole, left));
            assertThat(derived.tile(sent)).hasBinaryContent(whole);
        }
    }

    @Test
    void many_who_ask_at_once_get_the_same_whole_file() throws Exception {
        String sent = send(1600, 1200, 1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Path>> asks = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                asks.add(() -> derived.montage(DIGEST, List.of(sent)));
            }
            for (Future<Path> answer : threads.invokeAll(asks)) {
                assertThat(answer.get()).isEqualTo(derived.montage(DIGEST, List.of(sent)));
            }
        } finally {
            threads.shutdownNow();
        }

        try (Stream<Path> files = Files.walk(root.resolve("cache"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(3);
        }
    }

    @Test
    void without_the_original_there_is_no_tile() {
        assertThatThrownBy(() -> derived.tile("a".repeat(64))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void an_unreadable_original_says_so() throws Exception {
        String sent = send("no picture at all".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> derived.tile(sent)).isInstanceOf(BadPicture.class);
    }

    @Test
    void trimming_takes_what_was_unused_longest_and_spares_what_is_in_use() throws Exception {
        Path old = derived.tile(send(800, 600, 1));
        Path older = derived.tile(send(800, 600, 2));
        Path fresh = derived.tile(send(800, 600, 3));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        Files.setLastModifiedTime(older, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        long before = derived.trim(Long.MAX_VALUE);

        assertThat(derived.trim(before - 1)).isLessThan(before);
        assertThat(older).doesNotExist();
        assertThat(old).exists();

        derived.trim(0);
        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
    }

    private Derived cache(String name) throws IOException {
        return new Derived(
                root.resolve(name),
                photos,
                new TileMaker(PictureLimits.standard()),
                new MontagePainter(Frame.standard(), 1));
    }

    private String send(int width, int height, long seed) throws IOException {
        return send(GeneratedPhotos.jpeg(width, height, 1, seed, 0.9));
    }

    private String send(byte[] file) throws IOException {
        try (Received received = photos.receive(new ByteArrayInputStream(file), file.length)) {
            photos.keep(received);
            return received.sha256();
        }
    }
}
