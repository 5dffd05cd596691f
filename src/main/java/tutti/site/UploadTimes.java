package tutti.site;

import jakarta.enterprise.context.RequestScoped;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How long each part of answering one upload has taken, so that whoever waits can see for what. */
@RequestScoped
public class UploadTimes {

    /** In their order. */
    public enum Part {
        /** From the first byte of the body to the last. */
        RECEIVE,
        /** Reading the picture, and making its tile. */
        DECODE,
        /** Until the bytes are durable at all sites. */
        STORE,
        /** The two-phase commit. */
        COMMIT
    }

    private final Map<Part, Long> nanos = new LinkedHashMap<>();
    private long since;

    /** The first part begins. */
    public void begin() {
        since = System.nanoTime();
    }

    /** A part is over, and the next one begins. */
    void ended(Part part) {
        var now = System.nanoTime();
        nanos.put(part, now - since);
        since = now;
    }

    /** As {@code Server-Timing} has them, in milliseconds; empty where nothing has ended. */
    public String header() {
        return nanos.entrySet().stream()
                .map(part -> String.format(
                        Locale.ROOT,
                        "%s;dur=%.1f",
                        part.getKey().name().toLowerCase(Locale.ROOT),
                        part.getValue() / 1e6))
                .collect(Collectors.joining(", "));
    }
}
