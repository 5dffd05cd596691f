package tutti.ballot;

import java.util.Arrays;
import java.util.Optional;

/** Why a ballot ended without a publication. */
public enum AbortReason {
    REJECTED("rejected"),
    TIMEOUT("timeout"),
    SITE_UNAVAILABLE("site-unavailable"),
    /** An operator has stopped the event. */
    FROZEN("frozen");

    private final String code;

    AbortReason(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The reason of this code, or empty where the code says something else. */
    public static Optional<AbortReason> of(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code.equals(code))
                .findFirst();
    }
}
