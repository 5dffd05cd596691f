package tutti.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One step of one event at one site, as its log tells it.
 *
 * @param revision how many steps had changed the event at this site, this one included
 * @param turns empty where only bookkeeping has changed
 */
public record LoggedStep(String site, String event, long revision, List<Turned> turns) {

    private static final Pattern LINE =
            Pattern.compile("TUTTI050 step site=(\\S+) event=(\\S+) revision=(\\d+)((?:; [^;]+)*)$");
    private static final Pattern TURN = Pattern.compile("(\\S+) ([A-Z]+)->([A-Z]+)((?: \\S+=\\S+)*)");

    /**
     * One promise, ballot or vote that the step has turned.
     *
     * @param more what else the line says of it, by its keys
     */
    public record Turned(String what, String from, String to, Map<String, String> more) {

        /** The number in {@code ballot:NUMBER} and {@code vote:NUMBER:CONTRIBUTOR}. */
        int ballot() {
            return Integer.parseInt(what.split(":")[1]);
        }

        String voter() {
            return what.split(":")[2];
        }

        boolean isBallot() {
            return what.startsWith("ballot:");
        }

        boolean isVote() {
            return what.startsWith("vote:");
        }

        boolean isAcknowledgement() {
            return more.containsKey("acknowledged");
        }

        public boolean isPromise() {
            return !isBallot() && !isVote() && !isAcknowledgement();
        }

        boolean isAbout(String kind) {
            return what.startsWith(kind + ":");
        }

        @Override
        public String toString() {
            return what + " " + from + "->" + to + " " + more;
        }
    }

    /** Reads a line of a log; empty where it tells of something else. */
    public static Optional<LoggedStep> read(String line) {
        var match = LINE.matcher(line);
        if (!match.find()) {
            return Optional.empty();
        }
        var turns = new ArrayList<Turned>();
        for (var turn : match.group(4).split("; ")) {
            if (!turn.isEmpty()) {
                turns.add(turned(turn));
            }
        }
        return Optional.of(
                new LoggedStep(match.group(1), match.group(2), Long.parseLong(match.group(3)), List.copyOf(turns)));
    }

    private static Turned turned(String text) {
        var match = TURN.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("not a turn: " + text);
        }
        var more = new TreeMap<String, String>();
        for (var pair : match.group(4).trim().split(" ")) {
            var middle = pair.indexOf('=');
            if (middle > 0) {
                more.put(pair.substring(0, middle), pair.substring(middle + 1));
            }
        }
        return new Turned(match.group(1), match.group(2), match.group(3), more);
    }

    @Override
    public String toString() {
        return site + " step " + revision + ": " + turns;
    }
}
