package tutti.montage;

import java.time.LocalDate;
import java.util.Optional;
import tutti.photo.Sha256;

/**
 * How an event's montage looks, whatever photos are on it. Chosen once, with the event: it is part of what people say yes to.
 *
 * @param textLine painted below the photos, one line; may be empty, then nothing is painted
 * @param date of the event, wherever in the world it was; painted behind the text line, if there is one
 */
public record Style(LayoutKind layout, Background background, String textLine, Optional<LocalDate> date) {

    /** What events look like for which nothing was chosen. */
    public static final Style PLAIN = new Style(LayoutKind.MOSAIC, Background.PAPER, "", Optional.empty());

    public Style {
        if (textLine.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("more than one line of text");
        }
    }

    /** What is written on the montage; empty where nothing is. The date is in the one order that nobody misreads. */
    public String writing() {
        return textLine.isEmpty() ? "" : date.map(day -> textLine + " · " + day).orElse(textLine);
    }

    /**
     * Stands for all that is seen of it, in digests and logs; empty where that is the same as of {@link #PLAIN}. A date that is
     * not painted makes no difference.
     */
    public Optional<Sha256> look() {
        var plain = layout == PLAIN.layout
                && background == PLAIN.background
                && writing().isEmpty();
        return plain
                ? Optional.empty()
                : Optional.of(Sha256.of(String.join("\n", layout.code(), background.code(), writing())));
    }
}
