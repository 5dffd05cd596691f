package tutti.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tutti.montage.Background;
import tutti.montage.Frame;
import tutti.montage.Layout;
import tutti.montage.LayoutKind;
import tutti.montage.Style;
import tutti.montage.TileSize;

class DerivedTest {

    private static final String DIGEST = "0123456789abcdef";
    private static final Style NIGHT =
            new Style(LayoutKind.ROWS, Background.NIGHT, "Été à Łódź", Optional.of(LocalDate.of(2026, 7, 18)));

    @TempDir
    Path root;

    private PhotoFiles photos;
    private Derived derived;

    @BeforeEach
    void openCache() throws IOException {
        photos = new PhotoFiles(root.resolve("photos"), Room.onDisk());
        derived = cache("cache");
    }

    @Test
    void a_montage_is_painted_alike_from_an_empty_cache_at_another_site() throws Exception {
        List<String> sent = List.of(send(800, 600, 1), send(600, 800, 2), send(900, 600, 3), send(700, 700, 4));

        Path here = derived.montage(DIGEST, Style.PLAIN, sent, MontageSize.FULL);
        Path there = cache("other").montage(DIGEST, Style.PLAIN, sent, MontageSize.FULL);

        assertThat(there).hasSameBinaryContentAs(here).isNotEqualTo(here);
    }

    @Test
    void a_montage_shows_every_photo_on_paper() throws Exception {
        Path montage = derived.montage(DIGEST, Style.PLAIN, List.of(send(800, 600, 1)), MontageSize.FULL);

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

        assertThat(derived.montage("one-order", Style.PLAIN, List.of(first, second), MontageSize.FULL))
                .isNotEqualTo(derived.montage("other-order", Style.PLAIN, List.of(second, first), MontageSize.FULL));
        assertThat(Files.mismatch(
                        derived.montage("one-order", Style.PLAIN, List.of(first, second), MontageSize.FULL),
                        derived.montage("other-order", Style.PLAIN, List.of(second, first), MontageSize.FULL)))
                .isNotNegative();
    }

    @Test
    void narrower_montages_are_the_same_picture_and_never_wider_than_the_full_one() throws Exception {
        List<String> sent = List.of(send(1600, 1200, 1), send(1500, 1000, 2), send(1600, 1200, 3), send(1500, 1000, 4));

        BufferedImage full = image(derived.montage(DIGEST, Style.PLAIN, sent, MontageSize.FULL));
        BufferedImage medium = image(derived.montage(DIGEST, Style.PLAIN, sent, MontageSize.WIDE_1280));
        BufferedImage small = image(derived.montage(DIGEST, Style.PLAIN, sent, MontageSize.WIDE_640));

        assertThat(full.getWidth()).isGreaterThan(1280);
        assertThat(medium.getWidth()).isEqualTo(1280);
        assertThat(small.getWidth()).isEqualTo(640);
        for (BufferedImage narrow : List.of(medium, small)) {
            showsTheSame(full, narrow);
        }
        BufferedImage tiny = image(
                derived.montage("of-one-tiny-photo", Style.PLAIN, List.of(send(300, 200, 4)), MontageSize.WIDE_640));
        assertThat(tiny.getWidth()).isEqualTo(300 + 48);
    }

    private static void showsTheSame(BufferedImage full, BufferedImage other) throws IOException {
        assertThat((double) other.getWidth() / other.getHeight())
                .isCloseTo((double) full.getWidth() / full.getHeight(), within(0.01));
        BufferedImage resized = Resampling.resized(Colours.plain(other), full.getWidth(), full.getHeight());
        for (int y = 5; y < full.getHeight(); y += 97) {
            for (int x = 5; x < full.getWidth(); x += 97) {
                assertThat(brightness(resized, x, y)).isCloseTo(brightness(full, x, y), within(60));
            }
        }
    }

    @Test
    void a_montage_for_print_is_the_same_picture_from_the_photos_own_pixels() throws Exception {
        List<String> sent = List.of(send(4000, 3000, 1), send(3000, 4000, 2), send(4000, 2700, 3), send(600, 400, 4));

        BufferedImage full = image(derived.montage(DIGEST, NIGHT, sent, MontageSize.FULL));
        BufferedImage print = image(derived.montage(DIGEST, NIGHT, sent, MontageSize.PRINT));
        Path elsewhere = cache("other").montage(DIGEST, NIGHT, sent, MontageSize.PRINT);

        assertThat(Math.max(print.getWidth(), print.getHeight())).isEqualTo(4961);
        assertThat((double) print.getWidth() / print.getHeight())
                .isCloseTo((double) full.getWidth() / full.getHeight(), within(0.002));
        assertThat(elsewhere).hasSameBinaryContentAs(derived.montage(DIGEST, NIGHT, sent, MontageSize.PRINT));
        showsTheSame(full, print);
    }

    @Test
    void no_more_wait_for_a_print_than_may_and_what_is_printed_is_there_for_all() throws Exception {
        List<String> sent = List.of(send(800, 600, 1));
        Derived oneAtATime = cache("cache", 1);
        Derived noneAtATime = cache("cache", 0);

        assertThatThrownBy(() -> noneAtATime.montage(DIGEST, NIGHT, sent, MontageSize.PRINT))
                .isInstanceOf(TooBusy.class);
        assertThatThrownBy(() -> oneAtATime.montage("unknown-photo", NIGHT, List.of("a".repeat(64)), MontageSize.PRINT))
                .isInstanceOf(NoSuchFileException.class);
        Path printed = oneAtATime.montage(DIGEST, NIGHT, sent, MontageSize.PRINT);
        assertThat(noneAtATime.montage(DIGEST, NIGHT, sent, MontageSize.PRINT)).isEqualTo(printed);
    }

    @Test
    void small_photos_are_not_blown_up_for_print() throws Exception {
        List<String> sent = List.of(send(800, 600, 1));

        assertThat(image(derived.montage(DIGEST, Style.PLAIN, sent, MontageSize.PRINT))
                        .getWidth())
                .isEqualTo(800 + 48);
    }

    @Test
    void text_is_painted_in_the_colour_of_the_background_and_alike_at_every_site() throws Exception {
        List<String> sent = List.of(send(800, 600, 1));

        Path here = derived.montage(DIGEST, NIGHT, sent, MontageSize.FULL);
        BufferedImage image = image(here);

        assertThat(cache("other").montage(DIGEST, NIGHT, sent, MontageSize.FULL))
                .hasSameBinaryContentAs(here);
        assertThat(brightness(image, 5, 5)).isLessThan(40);
        assertThat(IntStream.range(620, image.getHeight())
                        .flatMap(y -> IntStream.range(0, image.getWidth()).map(x -> brightness(image, x, y)))
                        .filter(bright -> bright > 180)
                        .count())
                .as("bright pixels below the photo")
                .isBetween(400L, 6_000L);
    }

    @Test
    void the_first_photo_stands_large_from_more_pixels_than_a_tile_has() throws Exception {
        List<String> sent = List.of(send(3000, 2000, 1), send(900, 600, 2), send(600, 900, 3), send(900, 600, 4));
        Style oneBig = new Style(LayoutKind.ONE_BIG, Background.WHITE, "", Optional.empty());

        derived.montage(DIGEST, oneBig, sent, MontageSize.FULL);

        try (Stream<Path> files = Files.walk(root.resolve("cache/large-2"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
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
                asks.add(() -> derived.montage(DIGEST, Style.PLAIN, List.of(sent), MontageSize.FULL));
            }
            for (Future<Path> answer : threads.invokeAll(asks)) {
                assertThat(answer.get())
                        .isEqualTo(derived.montage(DIGEST, Style.PLAIN, List.of(sent), MontageSize.FULL));
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

    @Test
    void what_was_made_of_one_photo_alone_is_forgotten_with_it() throws Exception {
        String sent = send(2400, 1600, 1);
        String other = send(800, 600, 2);
        derived.montage(
                DIGEST,
                new Style(LayoutKind.ONE_BIG, Background.WHITE, "", Optional.empty()),
                List.of(sent),
                MontageSize.FULL);
        Path tile = derived.tile(sent);
        Path small = derived.smallTile(sent);
        Path kept = derived.tile(other);

        derived.forgetTiles(sent);
        derived.forgetTiles(sent);

        assertThat(tile).doesNotExist();
        assertThat(small).doesNotExist();
        assertThat(made()).noneMatch(file -> file.contains(sent));
        assertThat(kept).exists();
    }

    @Test
    void montages_are_forgotten_by_how_their_names_begin_in_all_sizes() throws Exception {
        List<String> sent = List.of(send(1600, 1200, 1), send(1600, 1200, 2), send(1600, 1200, 3), send(1600, 1200, 4));
        for (MontageSize size : MontageSize.values()) {
            derived.montage("event-one-aaaa", Style.PLAIN, sent, size);
            derived.montage("event-two-aaaa", Style.PLAIN, sent, size);
        }
        assertThat(made().stream().filter(file -> file.contains("event-one"))).hasSize(MontageSize.values().length);

        derived.forgetMontages("event-one");
        derived.forgetMontages("another-event");

        assertThat(made()).noneMatch(file -> file.contains("event-one"));
        assertThat(made().stream().filter(file -> file.contains("event-two"))).hasSize(MontageSize.values().length);
    }

    @ParameterizedTest
    @EnumSource
    void how_large_a_montage_will_be_is_known_before_it_is_painted(LayoutKind kind) throws Exception {
        Style style = new Style(kind, Background.NIGHT, "Été à Łódź", Optional.empty());
        List<TileSize> sizes = List.of(new TileSize(3001, 2003), new TileSize(1111, 1999), new TileSize(640, 479));
        List<String> sent = new ArrayList<>();
        for (TileSize size : sizes) {
            sent.add(send(size.width(), size.height(), sent.size()));
        }

        Layout layout = derived.layout(style, sizes);

        BufferedImage full = image(derived.montage("layout-" + kind, style, sent, MontageSize.FULL));
        assertThat(layout.width()).isEqualTo(full.getWidth());
        assertThat(layout.height()).isEqualTo(full.getHeight());
    }

    @Test
    void the_sizes_of_an_events_montages_are_those_that_were_asked_for() throws Exception {
        List<String> sent = List.of(send(1600, 1200, 1));
        derived.montage("event-one-aaaa", Style.PLAIN, sent, MontageSize.WIDE_768);
        derived.montage("event-one-bbbb", Style.PLAIN, sent, MontageSize.FULL);
        derived.montage("event-two-aaaa", Style.PLAIN, sent, MontageSize.WIDE_640);

        assertThat(derived.sizes("event-one")).containsExactly(MontageSize.WIDE_768, MontageSize.FULL);
        assertThat(derived.sizes("another-event")).isEmpty();
    }

    @Test
    void what_an_older_release_has_painted_is_forgotten_and_nothing_else_in_the_folder() throws Exception {
        Path older = root.resolve("cache/montages-1280-1/ev/event-one-aaaa.jpg");
        Path stranger = root.resolve("cache/notes/ev/event-one-aaaa.jpg");
        for (Path file : List.of(older, stranger)) {
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[] {1});
        }
        Path ours = derived.tile(send(800, 600, 1));

        cache("cache");

        assertThat(older).doesNotExist();
        assertThat(stranger).exists();
        assertThat(ours).exists();
    }

    @Test
    void everything_can_be_forgotten() throws Exception {
        derived.montage(DIGEST, Style.PLAIN, List.of(send(800, 600, 1)), MontageSize.FULL);

        derived.forgetAll();

        assertThat(made()).isEmpty();
    }

    @Test
    void trimming_takes_what_was_left_half_written() throws Exception {
        Path half = derived.tile(send(800, 600, 1)).resolveSibling("new123.part");
        Path halfNow = half.resolveSibling("new124.part");
        Files.write(half, new byte[10]);
        Files.write(halfNow, new byte[10]);
        Files.setLastModifiedTime(half, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

        derived.trim(Long.MAX_VALUE);

        assertThat(half).doesNotExist();
        assertThat(halfNow).exists();
    }

    private List<String> made() throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("cache"))) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }

    private Derived cache(String name) throws IOException {
        return cache(name, 8);
    }

    private Derived cache(String name, int printingMax) throws IOException {
        return new Derived(
                root.resolve(name),
                photos,
                new TileMaker(PictureLimits.standard()),
                new MontagePainter(Frame.standard(), 1),
                printingMax);
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

    private static BufferedImage image(Path file) throws IOException {
        return ImageIO.read(file.toFile());
    }

    private static int brightness(BufferedImage image, int x, int y) {
        int rgb = image.getRGB(x, y);
        return ((rgb >> 16 & 0xFF) + (rgb >> 8 & 0xFF) + (rgb & 0xFF)) / 3;
    }
}
