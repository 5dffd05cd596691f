package tutti.site;

import java.text.Normalizer;

/** Words that people have typed, made fit to be kept and shown. */
public final class Texts {

    private Texts() {}

    /** Composed, trimmed, and without control characters; line breaks stay. Null becomes empty. */
    public static String tidy(String typed) {
        if (typed == null) {
            return "";
        }
        var kept = Normalizer.normalize(typed, Normalizer.Form.NFC)
                .replace("\r\n", "\n")
                .codePoints()
                .filter(c -> c == '\n' || Character.getType(c) != Character.CONTROL && c != 0xFFFE && c != 0xFFFF)
                .filter(c -> Character.getType(c) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return kept.toString().strip();
    }

    /** The first so many characters of a tidy text on one line. */
    public static String line(String typed, int most) {
        var line = tidy(typed).replace('\n', ' ');
        return line.codePointCount(0, line.length()) <= most
                ? line
                : line.substring(0, line.offsetByCodePoints(0, most)).strip();
    }
}
