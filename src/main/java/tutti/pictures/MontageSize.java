package tutti.pictures;

import java.util.Arrays;
import java.util.Optional;

/** What montages are given out in. Its code is part of the public contract. */
public enum MontageSize {
    /** 640 pixels wide, or less where the montage is narrower. */
    SMALL("640"),
    /** 1280 pixels wide, or less where the montage is narrower. */
    MEDIUM("1280"),
    /** As it is painted and voted on. */
    FULL("full"),
    /** As large as its photos allow, up to a large sheet of paper. */
    PRINT("print");

    private final String code;

    MontageSize(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public static Optional<MontageSize> of(String code) {
        return Arrays.stream(values()).filter(size -> size.code.equals(code)).findFirst();
    }
}
