package tutti.pictures;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The kinds of picture that are read here, known by their first bytes and not by their names. */
public enum PictureType {
    JPEG("image/jpeg"),
    PNG("image/png"),
    WEBP("image/webp"),
    GIF("image/gif");

    /** What people send that is not read here, by how it begins; only to call it by its name. */
    private static final Map<String, String> KNOWN_OTHERS = new TreeMap<>(Map.of(
            "%PDF", "a PDF document",
            "BM", "a BMP picture",
            "II*\0", "a TIFF or raw picture",
            "MM\0*", "a TIFF or raw picture",
            "8BPS", "a Photoshop document",
            "PK\3\4", "a ZIP archive or office document",
            "<svg", "an SVG drawing",
            "\u00ff\n", "a JPEG XL picture",
            "\0\0\0\fJXL ", "a JPEG XL picture",
            "\0\0\0\fjP  ", "a JPEG 2000 picture"));

    private static final int HEAD_BYTES = 32;

    private final String mediaType;

    PictureType(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** How the names of such files end, with the dot. */
    public static String nameEnd(String mediaType) {
        return mediaType.equals(JPEG.mediaType) ? ".jpg" : "." + mediaType.substring(mediaType.indexOf('/') + 1);
    }

    /** @throws BadPicture {@code UNSUPPORTED_TYPE} for anything else, named where it can be */
    static PictureType of(byte[] bytes) throws BadPicture {
        String head = new String(bytes, 0, Math.min(bytes.length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return GIF;
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return WEBP;
        }
        throw new BadPicture(
                BadPicture.Code.UNSUPPORTED_TYPE,
                "This is " + name(head) + "; please send a JPEG, PNG, WebP or GIF picture.");
    }

    private static String name(String head) {
        if (head.startsWith("ftyp", 4) && head.length() >= 12) {
            return mediaBrand(head.substring(8, 12).toLowerCase(Locale.ROOT));
        }
        return KNOWN_OTHERS.entrySet().stream()
                .filter(other -> head.startsWith(other.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("not a picture of a known kind");
    }

    private static String mediaBrand(String brand) {
        return switch (brand) {
            case "avif", "avis" -> "an AVIF picture";
            case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1" -> "a HEIC picture";
            case "crx " -> "a raw picture";
            default -> "a video";
        };
    }
}
