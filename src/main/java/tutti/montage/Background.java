package tutti.montage;

import java.util.Arrays;
import java.util.Optional;

/**
 * What photos lie on, and what is written on it. Few, since each has to be right for any photo: quiet, neutral or nearly so,
 * and with letters that stand out by more than 7:1. Its code is part of digests and of the public contract.
 */
public enum Background {
    PAPER("paper", 0xFBF8F3, 0x4A3B40),
    WHITE("white", 0xFFFFFF, 0x3A3A3A),
    STONE("stone", 0xDAD5CD, 0x3A342F),
    PINE("pine", 0x1E322B, 0xE6EBE2),
    NIGHT("night", 0x17151A, 0xEDE8E2);

    private final String code;
    private final int rgb;
    private final int ink;

    Background(String code, int rgb, int ink) {
        this.code = code;
        this.rgb = rgb;
        this.ink = ink;
    }

    public String code() {
        return code;
    }

    /** sRGB, eight bits each of red, green, blue. */
    public int rgb() {
        return rgb;
    }

    /** The colour of letters on it, as {@link #rgb}. */
    public int ink() {
        return ink;
    }

    public static Optional<Background> of(String code) {
        return Arrays.stream(values())
                .filter(background -> background.code.equals(code))
                .findFirst();
    }
}
