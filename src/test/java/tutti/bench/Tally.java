package tutti.bench;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How requests ended in one span of time: how long those waited that were done, and what the others were told. */
final class Tally {

    enum Deed {
        LOOK,
        UPLOAD,
        VOTE,
        CREATE
    }

    /** How a request can end. */
    enum Ending {
        DONE,
        /** Stored and not in yet: a photo that waits, or an event that is being created. */
        WAITS,
        /** The rules say no: a vote is on, a photo is on its way. */
        RULED_OUT,
        /** Told to come back, and when. */
        PUT_OFF,
        /** Told to come back, and not when. */
        SENT_AWAY,
        /** Anything else that is no answer, and silence. */
        FAILED
    }

    private static final Pattern CODE = Pattern.compile("\"urn:tutti:problem:([a-z-]+)\"");
    private static final int ACCEPTED = 202;

    private final Map<Deed, Figures> waits = new EnumMap<>(Deed.class);
    private final Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
    private final Map<String, Integer> reasons = new TreeMap<>();

    Tally() {
        for (var deed : Deed.values()) {
            waits.put(deed, new Figures(deed.name()));
        }
    }

    synchronized void answered(Deed deed, HttpResponse<byte[]> answer, long nanos) {
        var ending = ending(answer);
        endings.merge(ending, 1, Integer::sum);
        if (ending == Ending.DONE || ending == Ending.WAITS) {
            waits.get(deed).add(nanos);
        } else {
            because(deed, answer.statusCode() + code(answer));
        }
    }

    synchronized void silent(Deed deed, IOException why) {
        endings.merge(Ending.FAILED, 1, Integer::sum);
        because(deed, why.getClass().getSimpleName() + (why.getMessage() == null ? "" : ": " + why.getMessage()));
    }

    private void because(Deed deed, String why) {
        reasons.merge(deed + " " + why, 1, Integer::sum);
    }

    private static Ending ending(HttpResponse<byte[]> answer) {
        return switch (answer.statusCode()) {
            case 200, 201, 204 -> Ending.DONE;
            case ACCEPTED -> Ending.WAITS;
            case 403, 404, 409, 412 -> Ending.RULED_OUT;
            case 429, 503 -> answer.headers().firstValue("Retry-After").isPresent() ? Ending.PUT_OFF : Ending.SENT_AWAY;
            default -> Ending.FAILED;
        };
    }

    private static String code(HttpResponse<byte[]> answer) {
        var code = CODE.matcher(new String(answer.body(), StandardCharsets.UTF_8));
        return code.find() ? " " + code.group(1) : "";
    }

    /** Median and 99th percentile of those that were done, in milliseconds, as two cells of a table. */
    synchronized String waits(Deed deed) {
        var figures = waits.get(deed);
        return figures.times() == 0
                ? " | "
                : String.format(Locale.ROOT, "%.0f | %.0f", figures.median(), figures.percentile99());
    }

    synchronized int times(Deed deed) {
        return waits.get(deed).times();
    }

    synchronized int times(Ending ending) {
        return endings.getOrDefault(ending, 0);
    }

    /** Done in that time, or stored at least. */
    synchronized int done() {
        return times(Ending.DONE) + times(Ending.WAITS);
    }

    /** Why something was not done, and how often. */
    synchronized String reasons() {
        return reasons.entrySet().stream()
                .map(reason -> reason.getKey() + " × " + reason.getValue())
                .collect(Collectors.joining(", "));
    }
}
