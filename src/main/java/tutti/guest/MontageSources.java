package tutti.guest;

import java.util.stream.Collectors;
import tutti.montage.Frame;
import tutti.pictures.MontageSize;

/** What a page offers a browser to choose from: a montage in all widths, as {@code srcset} wants them written. */
final class MontageSources {

    private MontageSources() {}

    /** @param montage the address of the montage in full, with a query */
    static String of(String montage) {
        return MontageSize.narrow().stream()
                .map(size -> montage + "&size=" + size.code() + " " + size.code() + "w")
                .collect(Collectors.joining(
                        ", ", "", ", " + montage + " " + Frame.standard().width() + "w"));
    }
}
