package tutti.pictures;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tutti.montage.Frame;
import tutti.montage.Layout;
import tutti.montage.Style;
import tutti.montage.TileSize;

/**
 * Layouts, each found once while it is needed: to find that of many photos takes a tenth of a second and more, and every page
 * that shows the montage, and every size in which it is painted, wants to know.
 */
final class Layouts {

    /** Some kilobytes each; when there are so many, all are forgotten. */
    private static final int KEPT_MAX = 1_000;

    private record Wanted(Style style, List<TileSize> tiles) {}

    private final Frame frame;
    private final ConcurrentMap<Wanted, Layout> found = new ConcurrentHashMap<>();

    Layouts(Frame frame) {
        this.frame = frame;
    }

    /** As {@link Layout#of}. */
    Layout of(Style style, List<TileSize> tiles) {
        if (found.size() >= KEPT_MAX) {
            found.clear();
        }
        return found.computeIfAbsent(
                new Wanted(style, List.copyOf(tiles)), wanted -> Layout.of(wanted.style(), wanted.tiles(), frame));
    }
}
