package tutti.cluster;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How each case of the crash matrix has ended, as two tables in Markdown: what was under way, in sum, and every case. Written
 * anew with each case, so that a run that is broken off leaves it too.
 */
final class CrashReport {

    private static final String FAILED = "FAILED";

    private final Path file;
    private final Map<CrashCase, Line> lines = new LinkedHashMap<>();

    CrashReport(Path file) {
        this.file = file;
    }

    private record Line(CrashCase one, String told, String ending, Duration took) {}

    /** A case that has not ended well has failed. */
    void begins(CrashCase one) throws IOException {
        lines.put(one, new Line(one, FAILED, FAILED, Duration.ZERO));
        write();
    }

    void ends(CrashCase one, Optional<Answer> told, String ending, Duration took) throws IOException {
        var status = told.map(Answer::status).map(Object::toString).orElse("none");
        lines.put(one, new Line(one, status, ending, took));
        write();
    }

    private void write() throws IOException {
        var byPlot = lines.values().stream()
                .collect(groupingBy(line -> line.one().plot(), TreeMap::new, Collectors.toList()));
        var text = new StringBuilder();
        text.append("| under way | cases | answers | endings | longest |\n| --- | ---: | --- | --- | ---: |\n");
        byPlot.forEach((plot, of) -> text.append("| %s | %d | %s | %s | %d s |\n"
                .formatted(plot, of.size(), counted(of, Line::told), counted(of, Line::ending), longest(of))));
        text.append("\n| case | answer | ending | took |\n| --- | --- | --- | ---: |\n");
        lines.values()
                .forEach(line -> text.append("| %s | %s | %s | %d s |\n"
                        .formatted(
                                line.one(),
                                line.told(),
                                line.ending(),
                                line.took().toSeconds())));
        Files.writeString(file, text);
    }

    private static String counted(List<Line> lines, Function<Line, String> word) {
        return lines.stream().collect(groupingBy(word, TreeMap::new, counting())).entrySet().stream()
                .map(entry -> entry.getKey() + " × " + entry.getValue())
                .collect(joining(", "));
    }

    private static long longest(List<Line> lines) {
        return lines.stream().mapToLong(line -> line.took().toSeconds()).max().orElse(0);
    }
}
