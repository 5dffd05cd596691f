package tutti.pictures;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What montages are given out in. Its code is part of the public contract. */
public enum MontageSize {
    /** This many pixels wide, or less where the montage is narrower; so are those that follow. */
    WIDE_640(640),
    WIDE_768(768),
    WIDE_1120(1120),
    WIDE_1280(1280),
    /** As it is painted and voted on. */
    FULL("full"),
    /** As large as its photos allow, up to a large sheet of paper. */
    PRINT("print");

    private final String code;
    private final OptionalInt width;

    MontageSize(int width) {
        this.code = String.valueOf(width);
        this.width = OptionalInt.of(width);
    }

    MontageSize(String code) {
        this.code = code;
        this.width = OptionalInt.empty();
    }

    public String code() {
        return code;
    }

    /** In pixels, at most; none for what is as wide as it comes out. */
    public OptionalInt width() {
        return width;
    }

    /** Those for screens, the narrowest first. */
    public static List<MontageSize> narrow() {
        return Arrays.stream(values()).filter(size -> size.width.isPresent()).toList();
    }

    public static Optional<MontageSize> of(String code) {
        return Arrays.stream(values()).filter(size -> size.code.equals(code)).findFirst();
    }
}
