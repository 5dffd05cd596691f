package tutti.pictures;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.KerningSubtable;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import tutti.montage.Place;

/**
 * Writes a line of text, alike on every machine: with a font of our own (Lato, under the SIL Open Font License), its outlines
 * read and filled in plain Java, whatever fonts and libraries a machine has or lacks.
 *
 * <p>The font has Latin with all accents in use, Vietnamese among them, Greek and Cyrillic. Scripts whose letters change with
 * their neighbours or run from right to left it has not, nor emoji; so that nothing is painted wrong or as an empty box, what
 * it has not is refused where an event is created.
 */
public final class Lettering {

    /** Of the height that a line has: the size of the font. */
    private static final double SIZE = 0.4;

    /** Between letters, of the font's size: small letters on a large picture want air. */
    private static final double TRACKING = 0.015;

    private static final Face FACE = read();

    /** @param em units in the font's size */
    private record Face(TrueTypeFont font, CmapLookup glyphs, KerningSubtable kerning, double em) {}

    private Lettering() {}

    private static Face read() {
        try (InputStream file = Lettering.class.getResourceAsStream("Lato-Regular.ttf")) {
            TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(file.readAllBytes()));
            return new Face(
                    font,
                    font.getUnicodeCmapLookup(),
                    font.getKerning().getHorizontalKerningSubtable(),
                    font.getUnitsPerEm());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the font of the war", e);
        }
    }

    /** The characters of a text that cannot be written, each once; empty where all can. */
    public static String missing(String text) {
        return text.codePoints()
                .distinct()
                .filter(character -> FACE.glyphs.getGlyphId(character) == 0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Writes in the middle of a place with the colour of now, smaller where the text is too long for it. */
    static void write(Graphics2D graphics, String text, Place place) throws IOException {
        Shape line = outline(text);
        double length = line.getBounds2D().getWidth();
        double size = Math.min(SIZE * place.height(), place.width() / length);
        double baseline =
                place.y() + (place.height() + size * outline("H").getBounds2D().getHeight()) / 2;
        AffineTransform there =
                AffineTransform.getTranslateInstance(place.x() + (place.width() - size * length) / 2, baseline);
        there.scale(size, -size);
        there.translate(-line.getBounds2D().getX(), 0);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.fill(there.createTransformedShape(line));
    }

    /** On a baseline, upwards, in sizes of the font. */
    private static Shape outline(String text) throws IOException {
        Path2D line = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double x = 0;
        int before = 0;
        for (int character : text.codePoints().toArray()) {
            int glyph = FACE.glyphs.getGlyphId(character);
            x += before == 0 ? 0 : FACE.kerning.getKerning(before, glyph) / FACE.em;
            AffineTransform there = AffineTransform.getTranslateInstance(x, 0);
            there.scale(1 / FACE.em, 1 / FACE.em);
            line.append(letter(glyph).getPathIterator(there), false);
            x += FACE.font.getAdvanceWidth(glyph) / FACE.em + TRACKING;
            before = glyph;
        }
        return line;
    }

    /** The font's tables are read as they are needed, by one thread at a time. */
    private static synchronized Shape letter(int glyph) throws IOException {
        var data = FACE.font.getGlyph().getGlyph(glyph);
        return data == null ? new Path2D.Double() : data.getPath();
    }
}
