package tutti.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Directory;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.icc.IccDirectory;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tutti.montage.TileSize;

class TileMakerTest {

    private static final Path REAL_PHOTOS = Path.of("..", "shared", "photos");

    /** 40 × 30: red, green, blue and white quarters. */
    private static final String WEBP_LOSSY =
            "UklGRs4AAABXRUJQVlA4IMIAAAAQCACdASooAB4APmkqk0WkIqIYBVRABoS0AFiPnuBPxb8GPxm6eTYPurhgX2D8M/YB/VcIA/Un3/9xA3l0"
                    + "DA1m32PbVS8eQebQAP7ylOsyoBhtv/4/TFWxSR0Y97r//ID8gOHYAzuXKdzJ8zjr+GP9b1eCwYUg+3xzsAZ6ubN/W8TFIml3AJi0"
                    + "EYmUN3/tKPkt5cBvPxB0ObvvPCR1RbIfvIfuQ/eQwHGkDsB7U8yzy5l0BqRJoQlfSUoMvdvvBDYAAA==";

    private static final String WEBP_LOSSLESS =
            "UklGRjoAAABXRUJQVlA4TC4AAAAvJ0AHAB8gEEjeHzqN+RcQFPwf3fxHZA9ATcA0DCYxicmO/NwR/Z+A0OxCHHYB";

    private final TileMaker maker = new TileMaker(PictureLimits.standard());

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_photo_stands_upright_however_the_camera_was_held(int orientation) throws Exception {
        byte[] photo = GeneratedPhotos.jpeg(1600, 1200, orientation, 5, 0.9);

        Tiles tiles = make(photo);

        assertThat(tiles.info()).isEqualTo(new PictureInfo(PictureType.JPEG, 1600, 1200));
        assertCorners(image(tiles.tile()), 1024, 768);
        assertCorners(image(tiles.small()), 512, 384);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6})
    void a_photo_too_large_for_memory_is_printed_whole_and_smoothly(int orientation) throws Exception {
        Path photo = Files.write(folder.resolve("large"), GeneratedPhotos.jpeg(5472, 3648, orientation, 5, 0.9));
        BufferedImage tile = image(maker.make(photo).tile());

        BufferedImage print = maker.print(photo, 2736, 1824);

        assertCorners(print, 2736, 1824);
        BufferedImage shrunk = Resampling.resized(print, tile.getWidth(), tile.getHeight());
        long off = 0;
        byte[] expected = Resampling.samples(Colours.plain(tile));
        byte[] found = Resampling.samples(shrunk);
        for (int i = 0; i < expected.length; i++) {
            off += Math.abs((expected[i] & 0xFF) - (found[i] & 0xFF));
        }
        assertThat((double) off / expected.length).isLessThan(4);
    }

    @Test
    void a_print_has_the_photos_own_pixels() throws Exception {
        BufferedImage stripes = new BufferedImage(3000, 2000, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < stripes.getHeight(); y++) {
            for (int x = 0; x < stripes.getWidth(); x++) {
                stripes.setRGB(x, y, x / 4 % 2 == 0 ? 0xFFFFFF : 0);
            }
        }
        Path photo = Files.write(folder.resolve("stripes"), GeneratedPhotos.plainJpeg(stripes, 0.95));

        BufferedImage print = maker.print(photo, 3000, 2000);

        for (int x = 1; x < 3000; x += 4) {
            assertNear(print, x, 1000, stripes.getRGB(x, 1000) & 0xFFFFFF);
        }
        assertThat(maker.size(photo)).isEqualTo(new TileSize(3000, 2000));
    }

    @Test
    void a_tile_tells_no_place_no_camera_and_no_profile() throws Exception {
        byte[] photo = GeneratedPhotos.jpeg(1200, 900, 6, 5, 0.9);
        assertThat(metadata(photo)).hasAtLeastOneElementOfType(GpsDirectory.class);

        Tiles tiles = make(photo);

        for (byte[] tile : List.of(tiles.tile(), tiles.small())) {
            assertThat(metadata(tile))
                    .noneMatch(GpsDirectory.class::isInstance)
                    .noneMatch(ExifDirectoryBase.class::isInstance)
                    .noneMatch(IccDirectory.class::isInstance);
        }
    }

    @Test
    void the_same_photo_has_the_same_tiles() throws Exception {
        byte[] photo = GeneratedPhotos.megapixels(3, 9);

        assertThat(make(photo).tile()).isEqualTo(make(photo).tile());
        assertThat(make(photo).small()).isEqualTo(make(photo).small());
    }

    @Test
    void a_small_picture_is_not_enlarged() throws Exception {
        Tiles tiles = make(GeneratedPhotos.jpeg(200, 100, 1, 5, 0.9));

        assertThat(image(tiles.tile()).getWidth()).isEqualTo(200);
        assertThat(image(tiles.small()).getWidth()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x1", "2000x1", "1x2000", "5000x40", "3073x17", "6200x3100"})
    void odd_sizes_are_read(String size) throws Exception {
        int width = Integer.parseInt(size.split("x")[0]);
        int height = Integer.parseInt(size.split("x")[1]);

        Tiles tiles = make(png(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB)));

        BufferedImage tile = image(tiles.tile());
        assertThat(tiles.info()).isEqualTo(new PictureInfo(PictureType.PNG, width, height));
        assertThat(Math.max(tile.getWidth(), tile.getHeight())).isEqualTo(Math.min(1024, Math.max(width, height)));
    }

    @Test
    void grey_stays_as_dark_as_it_was() throws Exception {
        BufferedImage grey = new BufferedImage(300, 200, BufferedImage.TYPE_BYTE_GRAY);
        fillRaster(grey.getRaster(), 100);

        assertNear(image(make(GeneratedPhotos.plainJpeg(grey, 0.95)).tile()), 150, 100, 0x646464);
        assertNear(image(make(png(grey)).tile()), 150, 100, 0x646464);
    }

    @Test
    void sixteen_bits_a_sample_are_read() throws Exception {
        BufferedImage grey = new BufferedImage(300, 200, BufferedImage.TYPE_USHORT_GRAY);
        fillRaster(grey.getRaster(), 100 << 8);

        assertNear(image(make(png(grey)).tile()), 150, 100, 0x646464);
    }

    @Test
    void transparent_parts_lie_on_white() throws Exception {
        BufferedImage clear = new BufferedImage(300, 200, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = clear.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, 150, 200);
        graphics.dispose();

        for (byte[] file : List.of(png(clear), gif(clear))) {
            BufferedImage tile = image(make(file).tile());
            assertNear(tile, 70, 100, 0xFF0000);
            assertNear(tile, 230, 100, 0xFFFFFF);
        }
    }

    @Test
    void the_colours_of_print_are_read() throws Exception {
        BufferedImage tile = image(make(cmyk(300, 200)).tile());

        Color cyan = new Color(tile.getRGB(150, 100));
        assertThat(cyan.getRed()).isLessThan(110);
        assertThat(cyan.getBlue()).isGreaterThan(170);
    }

    @Test
    void a_colour_profile_is_followed() throws Exception {
        BufferedImage red = new BufferedImage(300, 200, BufferedImage.TYPE_3BYTE_BGR);
        fill(red, new Color(150, 150, 150));
        byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();

        BufferedImage jpeg = image(
                make(withProfile(GeneratedPhotos.plainJpeg(red, 0.95), linear)).tile());
        BufferedImage png = image(
                make(withPngChunk(png(red), "iCCP", deflatedProfile(linear))).tile());

        // 150/255 of linear light is 201 in sRGB.
        assertNear(jpeg, 150, 100, 0xC9C9C9);
        assertNear(png, 150, 100, 0xC9C9C9);
    }

    @Test
    void broken_metadata_does_not_spoil_a_good_picture() throws Exception {
        byte[] plain = GeneratedPhotos.plainJpeg(GeneratedPhotos.scene(400, 300, 1), 0.9);
        byte[] junk = new byte[200];
        Arrays.fill(junk, (byte) 0xA5);
        byte[] brokenExif = "Exif\0\0II*\0\377\377\377\177garbage".getBytes(StandardCharsets.ISO_8859_1);

        assertCorners(image(make(withProfile(plain, junk)).tile()), 400, 300);
        assertCorners(
                image(make(GeneratedPhotos.withSegment(plain, 0xE1, brokenExif)).tile()), 400, 300);
        BufferedImage scene = GeneratedPhotos.scene(400, 300, 1);
        assertCorners(image(make(withPngChunk(png(scene), "iCCP", junk)).tile()), 400, 300);
        assertCorners(image(make(withPngChunk(png(scene), "eXIf", junk)).tile()), 400, 300);
    }

    @Test
    void what_a_phone_appends_after_the_picture_does_no_harm() throws Exception {
        byte[] plain = GeneratedPhotos.plainJpeg(GeneratedPhotos.scene(400, 300, 1), 0.9);

        assertCorners(image(make(Arrays.copyOf(plain, plain.length + 5000)).tile()), 400, 300);
    }

    @Test
    void webp_and_gif_are_read() throws Exception {
        for (String webp : List.of(WEBP_LOSSY, WEBP_LOSSLESS)) {
            Tiles tiles = make(Base64.getDecoder().decode(webp));
            assertThat(tiles.info()).isEqualTo(new PictureInfo(PictureType.WEBP, 40, 30));
            assertCorners(image(tiles.tile()), 40, 30);
        }
        assertThat(make(gif(GeneratedPhotos.scene(400, 300, 1))).info())
                .isEqualTo(new PictureInfo(PictureType.GIF, 400, 300));
    }

    @Test
    void a_file_that_ends_early_is_unreadable() throws Exception {
        BufferedImage scene = GeneratedPhotos.scene(400, 300, 1);
        List<byte[]> whole = List.of(
                GeneratedPhotos.plainJpeg(scene, 0.9),
                png(scene),
                gif(scene),
                Base64.getDecoder().decode(WEBP_LOSSY),
                Base64.getDecoder().decode(WEBP_LOSSLESS));
        for (byte[] file : whole) {
            make(file);
            for (int length : new int[] {16, 40, file.length / 2, file.length * 3 / 4, file.length - 2}) {
                assertThat(refusal(Arrays.copyOf(file, length)).code())
                        .as("%d bytes of %d of a %s", length, file.length, PictureType.of(file))
                        .isEqualTo(BadPicture.Code.UNREADABLE);
            }
        }
    }

    @Test
    void a_picture_with_its_middle_missing_is_unreadable() throws Exception {
        byte[] jpeg = GeneratedPhotos.plainJpeg(GeneratedPhotos.scene(800, 600, 1), 0.9);
        byte[] holed = Arrays.copyOf(jpeg, jpeg.length / 2 + 2);
        holed[holed.length - 2] = (byte) 0xFF;
        holed[holed.length - 1] = (byte) 0xD9;

        assertThat(refusal(holed).code()).isEqualTo(BadPicture.Code.UNREADABLE);
    }

    @Test
    void what_is_no_picture_is_called_by_its_name() throws Exception {
        assertUnsupported("Dear friends,", "not a picture of a known kind");
        assertUnsupported("", "not a picture of a known kind");
        assertUnsupported("%PDF-1.7 …", "a PDF document");
        assertUnsupported("\0\0\0\30ftypheic\0\0\0\0mif1heic", "a HEIC picture");
        assertUnsupported("\0\0\0\40ftypavif\0\0\0\0avifmif1", "an AVIF picture");
        assertUnsupported("\0\0\0\30ftypmp42\0\0\0\0", "a video");
        assertUnsupported("II*\0\10\0\0\0", "a TIFF");
    }

    @Test
    void too_many_pixels_are_refused_before_they_are_unpacked() throws Exception {
        byte[] gifBomb = gif(new BufferedImage(10, 10, BufferedImage.TYPE_BYTE_INDEXED));
        int image = indexOf(gifBomb, 0x2C, gifBomb.length - 200);
        Arrays.fill(gifBomb, image + 5, image + 9, (byte) 0xFF);

        for (byte[] bomb : List.of(GeneratedPhotos.pngBomb(), gifBomb, GeneratedPhotos.pngOfZeros(20_001, 1, 1000))) {
            assertThat(refusal(bomb).code()).isEqualTo(BadPicture.Code.TOO_LARGE);
        }
        assertThat(refusal(GeneratedPhotos.pngBomb()).sentence()).contains("30000 × 30000", "100 megapixels");
        assertThat(refusal(lossyWebp(8000, 4001)).sentence()).contains("8000 × 4001", "32 megapixels");
        assertThat(refusal(lossyWebp(8000, 4000)).code())
                .as("it holds less than it promises")
                .isEqualTo(BadPicture.Code.UNREADABLE);
    }

    @Test
    void scans_without_end_are_refused_before_they_are_decoded() throws Exception {
        byte[] few = GeneratedPhotos.jpegOfScans(4096, 20);
        byte[] many = GeneratedPhotos.jpegOfScans(4096, 300);
        long begun = System.nanoTime();

        assertThat(refusal(many).code()).isEqualTo(BadPicture.Code.UNSUPPORTED_TYPE);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
        assertThat(make(few).info().width()).isEqualTo(4096);
        byte[] ordinary = Jpeg.progressive(GeneratedPhotos.scene(1600, 1200, 1), 0.9);
        assertCorners(image(make(ordinary).tile()), 1024, 768);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 512})
    void scans_are_counted_however_small_the_picture_is(int side) {
        assertThat(refusal(GeneratedPhotos.jpegOfScans(side, 201)).code()).isEqualTo(BadPicture.Code.UNSUPPORTED_TYPE);
    }

    @Test
    void of_many_colour_profiles_the_first_alone_is_unpacked() throws Exception {
        BufferedImage red = GeneratedPhotos.scene(40, 30, 1);
        byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        byte[] second = withPngChunk(png(red), "iCCP", deflatedProfile(linear));

        assertThat(make(second).tile()).isNotEqualTo(make(png(red)).tile());
        assertThat(make(withPngChunk(second, "iCCP", new byte[50])).tile())
                .isEqualTo(make(png(red)).tile());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x02, 0xBF, 0xC8, 0xDE, 0xF0, 0xFD})
    void scans_are_not_hidden_in_what_a_decoder_may_not_skip(int marker) throws Exception {
        byte[] jpeg = GeneratedPhotos.plainJpeg(GeneratedPhotos.scene(400, 300, 1), 0.9);

        assertThat(refusal(GeneratedPhotos.withSegment(jpeg, marker, new byte[100]))
                        .code())
                .isEqualTo(BadPicture.Code.UNREADABLE);
    }

    @Test
    void while_many_photos_are_sent_at_once_some_are_refused_and_none_that_somebody_wants_to_see() throws Exception {
        Path original = Files.write(folder.resolve("original"), GeneratedPhotos.megapixels(12, 1));
        ExecutorService threads = Executors.newFixedThreadPool(48);
        try {
            List<Future<Tiles>> sent = new ArrayList<>();
            for (int i = 0; i < 48; i++) {
                sent.add(threads.submit(() -> maker.make(original)));
            }
            Tiles seen = maker.makeAgain(original);

            int refused = 0;
            for (Future<Tiles> upload : sent) {
                try {
                    assertThat(upload.get().tile()).isEqualTo(seen.tile());
                } catch (ExecutionException failed) {
                    assertThat(failed.getCause()).isInstanceOf(TooBusy.class);
                    refused++;
                }
            }
            assertThat(refused).isBetween(1, 48 - 2 - 16);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_picture_that_holds_less_than_it_promises_is_unreadable() throws Exception {
        assertThat(refusal(GeneratedPhotos.pngOfZeros(5000, 5000, 1000)).code()).isEqualTo(BadPicture.Code.UNREADABLE);
    }

    @Test
    void any_damage_ends_in_a_tile_or_in_a_refusal() throws Exception {
        BufferedImage scene = GeneratedPhotos.scene(300, 200, 1);
        List<byte[]> whole = List.of(
                GeneratedPhotos.jpeg(300, 200, 6, 1, 0.8),
                png(scene),
                gif(scene),
                Base64.getDecoder().decode(WEBP_LOSSY));
        for (byte[] file : whole) {
            for (int seed = 0; seed < 60; seed++) {
                byte[] damaged = GeneratedPhotos.corrupt(file, seed);
                damaged[8 + seed % (file.length - 16)] ^= (byte) (1 + seed);
                try {
                    make(damaged);
                } catch (BadPicture refused) {
                    assertThat(refused.sentence()).isNotBlank();
                }
            }
        }
    }

    @Test
    void real_photos_of_one_scene_look_alike_upright() throws Exception {
        assumeTrue(Files.isDirectory(REAL_PHOTOS), "no folder of real photos here");
        BufferedImage first =
                image(maker.make(REAL_PHOTOS.resolve("Landscape_1.jpg")).small());

        for (String name : List.of("Landscape_3.jpg", "Landscape_6.jpg", "Landscape_8.jpg")) {
            BufferedImage other = image(maker.make(REAL_PHOTOS.resolve(name)).small());
            assertThat(meanDifference(first, other)).as(name).isLessThan(4);
        }
    }

    private Tiles make(byte[] file) throws IOException, BadPicture {
        return maker.make(Files.write(folder.resolve("original"), file));
    }

    private BadPicture refusal(byte[] file) {
        return catchThrowableOfType(BadPicture.class, () -> make(file));
    }

    private void assertUnsupported(String begin, String name) {
        BadPicture refusal = refusal(begin.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refusal.code()).isEqualTo(BadPicture.Code.UNSUPPORTED_TYPE);
        assertThat(refusal.sentence()).contains(name);
    }

    private static void assertCorners(BufferedImage image, int width, int height) {
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
        int inX = width / 20;
        int inY = height / 20;
        assertNear(image, inX, inY, 0xFF0000);
        assertNear(image, width - 1 - inX, inY, 0x00FF00);
        assertNear(image, inX, height - 1 - inY, 0x0000FF);
        assertNear(image, width - 1 - inX, height - 1 - inY, 0xFFFFFF);
    }

    private static void assertNear(BufferedImage image, int x, int y, int rgb) {
        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat(image.getRGB(x, y) >> shift & 0xFF)
                    .as("%06X at %d, %d, wanted %06X", image.getRGB(x, y) & 0xFFFFFF, x, y, rgb)
                    .isBetween((rgb >> shift & 0xFF) - 24, (rgb >> shift & 0xFF) + 24);
        }
    }

    private static double meanDifference(BufferedImage one, BufferedImage other) {
        assertThat(other.getWidth()).isEqualTo(one.getWidth());
        assertThat(other.getHeight()).isEqualTo(one.getHeight());
        long sum = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                sum += Math.abs((one.getRGB(x, y) >> 8 & 0xFF) - (other.getRGB(x, y) >> 8 & 0xFF));
            }
        }
        return (double) sum / one.getWidth() / one.getHeight();
    }

    private static Iterable<Directory> metadata(byte[] file) throws Exception {
        return ImageMetadataReader.readMetadata(new ByteArrayInputStream(file)).getDirectories();
    }

    private static BufferedImage image(byte[] file) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(file));
    }

    /** That says it has this size. */
    private static byte[] lossyWebp(int width, int height) {
        byte[] webp = Base64.getDecoder().decode(WEBP_LOSSY);
        ByteBuffer.wrap(webp)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(26, (short) width)
                .putShort(28, (short) height);
        return webp;
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private static byte[] gif(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "gif", bytes);
        return bytes.toByteArray();
    }

    private static void fill(BufferedImage image, Color colour) {
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.dispose();
    }

    private static void fillRaster(WritableRaster raster, int sample) {
        int[] samples = new int[raster.getWidth() * raster.getHeight()];
        Arrays.fill(samples, sample);
        raster.setPixels(0, 0, raster.getWidth(), raster.getHeight(), samples);
    }

    /** All cyan, as Photoshop writes it: four inverted components and an Adobe segment. */
    private static byte[] cmyk(int width, int height) throws IOException {
        WritableRaster raster = java.awt.image.Raster.createInterleavedRaster(0, width, height, 4, null);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                raster.setPixel(x, y, new int[] {0, 255, 255, 255});
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        byte[] adobe = "Adobe\0\144\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        return GeneratedPhotos.withSegment(bytes.toByteArray(), 0xEE, adobe);
    }

    private static byte[] withProfile(byte[] jpeg, byte[] profile) throws IOException {
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        segment.write("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1));
        segment.write(profile);
        return GeneratedPhotos.withSegment(jpeg, 0xE2, segment.toByteArray());
    }

    private static byte[] deflatedProfile(byte[] profile) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write(new byte[] {'p', 0, 0});
        try (var deflater = new java.util.zip.DeflaterOutputStream(data)) {
            deflater.write(profile);
        }
        return data.toByteArray();
    }

    /** Right behind the header chunk. */
    private static byte[] withPngChunk(byte[] png, String name, byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(png, 0, 33);
        bytes.write(GeneratedPhotos.pngChunk(name, data));
        bytes.write(png, 33, png.length - 33);
        return bytes.toByteArray();
    }

    private static int indexOf(byte[] file, int value, int from) {
        for (int at = Math.max(0, from); at < file.length; at++) {
            if (file[at] == value) {
                return at;
            }
        }
        throw new IllegalStateException("No " + value);
    }
}
