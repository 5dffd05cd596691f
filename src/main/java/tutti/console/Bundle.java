package tutti.console;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tutti.photo.Sha256;

/**
 * What somebody needs who is to find out, elsewhere, what is wrong with a site: a ZIP of texts that can be sent around. No
 * cookie, name, title, secret or password is in it; whoever knows an event's id can open its page, so each id is replaced by
 * one that stands for it throughout the bundle and opens nothing.
 */
final class Bundle {

    /** Of each log, the end. */
    static final int LOG_BYTES_MAX = 4 << 20;

    private static final Pattern EVENT_ID = Pattern.compile(
            "(?<=\\b(?:event=|event |create:|takedown:|erasure:|publish:|events/|[ep]/|wall/|home/))[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])");

    private final ZipOutputStream zip;

    Bundle(OutputStream out) {
        zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    /** A text of this name. */
    void add(String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(withoutLinks(text).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /** What the logs say, the end of each. @param logs files that may go away meanwhile */
    void addLogs(List<Path> logs) throws IOException {
        for (var log : logs) {
            add("log/" + log.getFileName(), end(log));
        }
    }

    void finish() throws IOException {
        zip.finish();
    }

    /** The same text, in which each event's id is another name for it. */
    static String withoutLinks(String text) {
        return EVENT_ID.matcher(text).replaceAll(Bundle::pseudonym);
    }

    private static String pseudonym(MatchResult id) {
        return "event-" + Sha256.of("bundle " + id.group()).hex().substring(0, 12);
    }

    private static String end(Path log) throws IOException {
        try (var file = FileChannel.open(log)) {
            var bytes = ByteBuffer.allocate((int) Math.min(file.size(), LOG_BYTES_MAX));
            file.position(file.size() - bytes.capacity());
            while (bytes.hasRemaining() && file.read(bytes) >= 0) {
                continue;
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }

    /** What an operator sees at the console, as a text. */
    static String overview(Instant at, Verdict verdict, List<SiteCard> cards, List<Doubt> doubts) {
        return "Asked at " + at + "\n\n" + String.join("\n", verdict.findings()) + "\n\n"
                + cards.stream().map(Bundle::text).collect(joining("\n")) + "\nIn doubt: " + doubts.size() + "\n"
                + doubts.stream()
                        .map(doubt -> doubt.kind() + " for " + doubt.ageText() + ", held at " + doubt.holders() + ": "
                                + doubt.id() + "\n")
                        .collect(joining());
    }

    private static String text(SiteCard card) {
        var facts = List.of(
                Map.entry("up for", card.since()),
                Map.entry("answered in", card.took()),
                Map.entry("database", card.database()),
                Map.entry("disk", card.disk()),
                Map.entry("clock", card.clock()),
                Map.entry("does not hear", card.unheard()),
                Map.entry("undelivered", card.undelivered()),
                Map.entry("under way", card.underWay()),
                Map.entry("holds", card.holds()));
        return card.site() + ": " + card.state() + "\n"
                + (card.heard().isEmpty()
                        ? ""
                        : facts.stream()
                                .map(fact -> "  " + fact.getKey() + ": " + fact.getValue() + "\n")
                                .collect(joining()))
                + card.heard().stream()
                        .flatMap(heard -> heard.report().measures().entrySet().stream())
                        .map(measure -> "  " + measure.getKey() + " = " + measure.getValue() + "\n")
                        .collect(joining());
    }
}
