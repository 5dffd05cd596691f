package tutti.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tutti.mutants.Mutant.Testimony;

/**
 * Reads the lists of mutants. The first line of a file names a source; then each block of lines is one mutant: its name,
 * what goes ({@code -}), what comes ({@code +}), and each who notices ({@code !}), with the complaint if it is always the same.
 */
final class MutantList {

    private static final Path FOLDER = Path.of("src/test/resources/mutants");

    private MutantList() {}

    static List<Mutant> all() {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().flatMap(MutantList::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Mutant> read(Path file) {
        try {
            var blocks = Files.readString(file).strip().split("\\n\\s*\\n");
            var source = blocks[0].strip();
            return Arrays.stream(blocks)
                    .skip(1)
                    .map(block -> mutant(source, block.strip().lines().toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mutant mutant(String source, List<String> block) {
        var rule = lines(block, "-");
        var testimonies = lines(block, "!").lines().map(MutantList::testimony).toList();
        if (rule.isEmpty() || testimonies.isEmpty()) {
            throw new IllegalStateException(source + ": no mutant: " + block);
        }
        return new Mutant(block.get(0), source, rule, lines(block, "+"), testimonies);
    }

    private static Testimony testimony(String line) {
        var parts = line.split(": ", 2);
        return new Testimony(parts[0], parts.length > 1 ? parts[1] : "");
    }

    private static String lines(List<String> block, String mark) {
        return block.stream()
                .skip(1)
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(1).strip())
                .collect(Collectors.joining("\n"));
    }
}
