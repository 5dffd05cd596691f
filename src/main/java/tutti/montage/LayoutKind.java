package tutti.montage;

import java.util.Arrays;
import java.util.Optional;

/** How photos can be put together. Its code is part of digests and of the public contract, so it never changes. */
public enum LayoutKind {
    /** Cuts across and down, so that all photos are alike in area. */
    MOSAIC("mosaic"),
    /** Rows of one height each, all as wide as the montage. */
    ROWS("rows"),
    /** Equal cells, each photo whole in the middle of its own. */
    GRID("grid"),
    /** The first photo large, the others small around it. */
    ONE_BIG("one-big");

    private final String code;

    LayoutKind(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public static Optional<LayoutKind> of(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
    }
}
