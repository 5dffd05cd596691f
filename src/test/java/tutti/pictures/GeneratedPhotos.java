package tutti.pictures;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Photos for tests and benchmarks, the same for the same seed: a landscape with people, sensor noise, and the metadata a
 * phone writes (orientation, a position). The corners are upper left red, upper right green, lower left blue, lower
 * right white, when seen upright.
 */
public final class GeneratedPhotos {

    private static final int RED = 0xFF0000;
    private static final int GREEN = 0x00FF00;
    private static final int BLUE = 0x0000FF;
    private static final int WHITE = 0xFFFFFF;

    private GeneratedPhotos() {}

    /** A photo of about so many megapixels, 4:3, upright, with a position. */
    public static byte[] megapixels(double megapixels, long seed) {
        int width = (int) Math.round(Math.sqrt(megapixels * 1e6 * 4 / 3));
        return jpeg(width, width * 3 / 4, 1, seed, 0.88);
    }

    /**
     * @param width pixels, upright
     * @param height pixels, upright
     * @param orientation EXIF, 1 to 8
     * @param quality 0 to 1
     */
    public static byte[] jpeg(int width, int height, int orientation, long seed, double quality) {
        BufferedImage stored = stored(scene(width, height, seed), orientation);
        return withSegment(plainJpeg(stored, quality), 0xE1, exif(orientation));
    }

    /** A JPEG of noise of about so many bytes, with few pixels: cheap to make, dear to send. */
    public static byte[] noiseOfBytes(int approxBytes, long seed) {
        byte[] jpeg = noise((int) Math.sqrt(approxBytes / 1.5), seed);
        for (int i = 0; i < 2; i++) {
            int side = noiseSide(jpeg);
            jpeg = noise((int) Math.max(8, side * Math.sqrt((double) approxBytes / jpeg.length)), seed);
        }
        return jpeg;
    }

    /** The same picture in other bytes. */
    public static byte[] numbered(byte[] jpeg, long number) {
        return withSegment(jpeg, 0xFE, Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    }

    /** A PNG of a few kilobytes that unpacks to 30000 × 30000 pixels. */
    public static byte[] pngBomb() {
        return pngOfZeros(30_000, 30_000, 1 << 20);
    }

    /** A black PNG of this size with red, green, blue and alpha of 16 bits. */
    static byte[] deepPng(int width, int height) {
        return png(width, height, 16, 6, height * (1 + 8 * width));
    }

    /** A PNG that says it has this size; so many of its bytes are there. */
    static byte[] pngOfZeros(int width, int height, int bytes) {
        return png(width, height, 8, 2, bytes);
    }

    private static byte[] png(int width, int height, int depth, int colourType, int bytes) {
        try {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
                deflater.write(new byte[bytes]);
            }
            ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
            header.put(new byte[] {(byte) depth, (byte) colourType, 0, 0, 0});
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
            png.write(pngChunk("IHDR", header.array()));
            png.write(pngChunk("IDAT", packed.toByteArray()));
            png.write(pngChunk("IEND", new byte[0]));
            return png.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static byte[] pngChunk(String name, byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(data.length);
        byte[] type = name.getBytes(StandardCharsets.ISO_8859_1);
        out.write(type);
        out.write(data);
        CRC32 crc = new CRC32();
        crc.update(type);
        crc.update(data);
        out.writeInt((int) crc.getValue());
        return bytes.toByteArray();
    }

    /**
     * A grey progressive JPEG whose first scan is followed by others, each of which says of all blocks that nothing is in
     * them: 40 bytes a scan at 4096 × 4096 pixels.
     *
     * @param side a multiple of 1024 pixels
     */
    static byte[] jpegOfScans(int side, int scans) {
        int blocks = side / 8 * (side / 8);
        ByteBuffer jpeg = ByteBuffer.allocate(1024 + blocks / 8 + scans * (11 + blocks / 8_192));
        jpeg.putShort((short) 0xFFD8);
        jpeg.putShort((short) 0xFFDB).putShort((short) 67).put((byte) 0);
        for (int i = 0; i < 64; i++) {
            jpeg.put((byte) 1);
        }
        jpeg.putShort((short) 0xFFC2).putShort((short) 11).put((byte) 8).putShort((short) side);
        jpeg.putShort((short) side).put(new byte[] {1, 1, 0x11, 0});
        huffmanTable(jpeg, 0x00, 0);
        huffmanTable(jpeg, 0x10, 0xE0); // the end of a band for 16,384 blocks and what 14 more bits say
        scan(jpeg, 0, 0);
        jpeg.put(new byte[blocks / 8]);
        for (int i = 0; i < scans; i++) {
            scan(jpeg, 1, 63);
            jpeg.put(new byte[(15 * (blocks / 16_384) + 7) / 8]);
        }
        jpeg.putShort((short) 0xFFD9);
        return Arrays.copyOf(jpeg.array(), jpeg.position());
    }

    /** With one code, of one bit: zero. */
    private static void huffmanTable(ByteBuffer jpeg, int which, int symbol) {
        jpeg.putShort((short) 0xFFC4).putShort((short) 20).put((byte) which);
        jpeg.put((byte) 1).put(new byte[15]).put((byte) symbol);
    }

    private static void scan(ByteBuffer jpeg, int from, int to) {
        jpeg.putShort((short) 0xFFDA).putShort((short) 8);
        jpeg.put(new byte[] {1, 1, 0, (byte) from, (byte) to, 0});
    }

    /** The first three quarters of a file. */
    public static byte[] truncated(byte[] file) {
        return Arrays.copyOf(file, file.length * 3 / 4);
    }

    /** The same file with some bytes of its second half replaced. */
    public static byte[] corrupt(byte[] file, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] corrupt = file.clone();
        for (int i = 0; i < 64; i++) {
            corrupt[random.nextInt(file.length / 2, file.length - 2)] = (byte) random.nextInt(256);
        }
        return corrupt;
    }

    static byte[] plainJpeg(BufferedImage image, double quality) {
        try {
            return Jpeg.bytes(image, quality);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A landscape: sky, sun, hills, a few people; noise on all of it, and the four corners. */
    static BufferedImage scene(int width, int height, long seed) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] samples = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        SplittableRandom random = new SplittableRandom(seed);
        double hills = 2 + random.nextDouble(4);
        int tint = random.nextInt(70);
        int people = 1 + random.nextInt(4);
        long noise = seed | 1;
        for (int x = 0; x < width; x++) {
            double across = (double) x / width;
            int horizon = (int) (height * (0.55 + 0.08 * Math.sin(hills * 3 * across)));
            double beside = Math.abs(across * people % 1 - 0.5) * width / people;
            int head = beside < height * 0.06 ? (int) (height * 0.5 + beside) : height;
            for (int y = 0; y < height; y++) {
                noise ^= noise << 13;
                noise ^= noise >>> 7;
                noise ^= noise << 17;
                int grain = (int) (noise & 15) - 8;
                int rgb = colour(x, y, width, height, horizon, head, tint);
                int at = 3 * (y * width + x);
                samples[at] = noisy(rgb, grain);
                samples[at + 1] = noisy(rgb >> 8, grain);
                samples[at + 2] = noisy(rgb >> 16, grain);
            }
        }
        return image;
    }

    private static int colour(int x, int y, int width, int height, int horizon, int head, int tint) {
        if (8 * y < height && 8 * x < width) {
            return RED;
        } else if (8 * y < height && 8 * x >= 7 * width) {
            return GREEN;
        } else if (8 * y >= 7 * height && 8 * x < width) {
            return BLUE;
        } else if (8 * y >= 7 * height && 8 * x >= 7 * width) {
            return WHITE;
        } else if (y > head) {
            return 0x603020 + (tint << 17) + (tint << 8);
        } else if (y < horizon) {
            int light = 110 * y / height;
            return 0x4060B0 + tint + light * 0x010100;
        }
        int shade = 60 * (y - horizon) / height;
        return 0x308030 + (tint << 16) + shade * 0x010001;
    }

    private static byte noisy(int sample, int grain) {
        return (byte) Math.max(0, Math.min(255, (sample & 0xFF) + grain));
    }

    /** As a camera stores it: EXIF says at which visible side the first stored row and column are. */
    static BufferedImage stored(BufferedImage upright, int orientation) {
        int width = upright.getWidth();
        int height = upright.getHeight();
        boolean turned = orientation >= 5;
        BufferedImage stored =
                new BufferedImage(turned ? height : width, turned ? width : height, BufferedImage.TYPE_3BYTE_BGR);
        for (int row = 0; row < stored.getHeight() && orientation > 1; row++) {
            for (int column = 0; column < stored.getWidth(); column++) {
                int x =
                        switch (orientation) {
                            case 4 -> column;
                            case 2, 3 -> width - 1 - column;
                            case 5, 8 -> row;
                            default -> width - 1 - row;
                        };
                int y =
                        switch (orientation) {
                            case 2 -> row;
                            case 3, 4 -> height - 1 - row;
                            case 5, 6 -> column;
                            default -> height - 1 - column;
                        };
                stored.setRGB(column, row, upright.getRGB(x, y));
            }
        }
        return orientation == 1 ? upright : stored;
    }

    /** Make, orientation, and a position in Ghent, as a phone would write them. */
    static byte[] exif(int orientation) {
        ByteBuffer tiff = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put("Exif\0\0II*\0".getBytes(StandardCharsets.ISO_8859_1)).putInt(8);
        tiff.putShort((short) 3);
        entry(
                tiff,
                0x010F,
                2,
                4,
                ByteBuffer.wrap("Tut\0".getBytes(StandardCharsets.ISO_8859_1))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt());
        entry(tiff, 0x0112, 3, 1, orientation);
        entry(tiff, 0x8825, 4, 1, 50);
        tiff.putInt(0);
        tiff.putShort((short) 4);
        entry(tiff, 1, 2, 2, 'N');
        entry(tiff, 2, 5, 3, 104);
        entry(tiff, 3, 2, 2, 'E');
        entry(tiff, 4, 5, 3, 128);
        tiff.putInt(0);
        for (int number : new int[] {51, 1, 3, 1, 0, 1, 3, 1, 43, 1, 0, 1}) {
            tiff.putInt(number);
        }
        return Arrays.copyOf(tiff.array(), tiff.position());
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    /** The JPEG with one more segment right behind its start. */
    /** The same photo with other bytes: somebody has written a comment into it. */
    public static byte[] withComment(byte[] jpeg, String comment) {
        return withSegment(jpeg, 0xFE, comment.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
        ByteBuffer bytes = ByteBuffer.allocate(jpeg.length + data.length + 4);
        bytes.put(jpeg, 0, 2).put((byte) 0xFF).put((byte) marker);
        bytes.putShort((short) (data.length + 2)).put(data);
        return bytes.put(jpeg, 2, jpeg.length - 2).array();
    }

    private static byte[] noise(int side, long seed) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
        byte[] samples = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        long noise = seed | 1;
        for (int i = 0; i < samples.length; i++) {
            noise ^= noise << 13;
            noise ^= noise >>> 7;
            noise ^= noise << 17;
            samples[i] = (byte) noise;
        }
        return plainJpeg(image, 0.95);
    }

    private static int noiseSide(byte[] jpeg) {
        try {
            return PictureHeader.of(jpeg).width();
        } catch (BadPicture impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
