package tutti.pictures;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The chunks of a PNG (W3C PNG, section 11).
 *
 * <p>Only the critical chunks go on to the decoder: it would inflate texts and profiles of any size, and fail on broken
 * ones.
 */
final class PngHeader {

    private static final int SIGNATURE_BYTES = 8;
    private static final int PROFILE_BYTES_MAX = 2 << 20;
    private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    private PngHeader() {}

    static PictureHeader read(byte[] file) throws BadPicture {
        ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE_BYTES);
        int criticalBytes = SIGNATURE_BYTES;
        int width = 0;
        int height = 0;
        int bits = 0;
        byte[] exif = PictureHeader.NOTHING;
        byte[] profile = PictureHeader.NOTHING;
        boolean profiled = false;
        String name = "";
        while (!name.equals("IEND")) {
            int start = in.position();
            int length = in.getInt();
            name = text(in, 4);
            int data = in.position();
            in.position(Math.addExact(data, Math.addExact(length, 4)));
            switch (name) {
                case "IHDR" -> {
                    width = in.getInt(data);
                    height = in.getInt(data + 4);
                    bits = Math.max(bits, in.get(data + 8) * channels(in.get(data + 9)));
                }
                case "eXIf" -> exif = Arrays.copyOfRange(file, data, data + length);
                case "iCCP" -> { // one at most, and each would have to be unpacked
                    profile = profiled ? profile : profile(file, data, length);
                    profiled = true;
                }
                case "sRGB" -> profile = PictureHeader.NOTHING;
                default -> {}
            }
            if (CRITICAL.contains(name)) {
                criticalBytes += in.position() - start;
            }
        }
        byte[] pixels = criticalBytes == file.length ? file : critical(file, criticalBytes);
        return new PictureHeader(
                PictureType.PNG, width, height, Orientation.of(exif), pixels, profile, PixelBytes.png(bits));
    }

    /** By colour type. Grey and colours may have one that counts as transparent, which then is a channel more. */
    private static int channels(int colourType) {
        return switch (colourType) {
            case 0, 4 -> 2;
            case 3 -> 1;
            default -> 4;
        };
    }

    /** Of just their size: the decoder's heap is counted beside them, and the file is let go. */
    private static byte[] critical(byte[] file, int bytes) {
        ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE_BYTES);
        ByteBuffer pixels = ByteBuffer.allocate(bytes).put(file, 0, SIGNATURE_BYTES);
        while (pixels.hasRemaining()) {
            int start = in.position();
            int length = in.getInt() + 12;
            if (CRITICAL.contains(text(in, 4))) {
                pixels.put(file, start, length);
            }
            in.position(start + length);
        }
        return pixels.array();
    }

    private static String text(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Name, zero, method, then deflated bytes; a broken or overlong one counts as none. */
    private static byte[] profile(byte[] file, int data, int length) {
        int from = data;
        while (from < data + length && file[from] != 0) {
            from++;
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(file, from + 2, data + length - from - 2);
            ByteArrayOutputStream profile = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int count = inflater.inflate(buffer); count > 0; count = inflater.inflate(buffer)) {
                profile.write(buffer, 0, count);
                if (profile.size() > PROFILE_BYTES_MAX) {
                    return PictureHeader.NOTHING;
                }
            }
            return inflater.finished() ? profile.toByteArray() : PictureHeader.NOTHING;
        } catch (DataFormatException | IndexOutOfBoundsException broken) {
            return PictureHeader.NOTHING;
        } finally {
            inflater.end();
        }
    }
}
