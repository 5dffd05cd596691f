package tutti.pictures;

import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Listens to a decoder's complaints. A decoder that misses data says so in a warning and fills the rest with grey; most
 * other warnings are about metadata that nobody here looks at.
 */
final class Damage implements IIOReadWarningListener {

    private boolean endsEarly;
    private boolean broken;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        String words = warning.toLowerCase(Locale.ROOT);
        endsEarly |= words.contains("premature end") || words.contains("truncated");
        broken |= words.contains("bad huffman code");
    }

    /** @throws BadPicture when part of the picture's data was missing or unreadable */
    void refuse() throws BadPicture {
        if (broken) {
            throw BadPicture.damaged();
        }
        if (endsEarly) {
            throw BadPicture.endsEarly();
        }
    }
}
