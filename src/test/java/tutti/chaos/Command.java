package tutti.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end. */
final class Command {

    /** It could not be run, did not end in time, or failed. */
    static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Failed(List<String> command, String why) {
            super(String.join(" ", command) + ": " + why);
        }
    }

    private Command() {}

    /** What it said. @throws Failed unless it ends with 0 in time */
    static String run(Duration most, String... command) {
        var words = List.of(command);
        try {
            var output = Files.createTempFile("tutti", ".out");
            var process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            var ended = process.waitFor(most.toSeconds(), TimeUnit.SECONDS);
            process.destroyForcibly();
            var said = taken(output);
            if (!ended || process.exitValue() != 0) {
                throw new Failed(words, ended ? said : "does not end");
            }
            return said;
        } catch (IOException e) {
            throw new Failed(words, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed(words, "interrupted");
        }
    }

    private static String taken(Path output) throws IOException {
        var said = Files.readString(output);
        Files.delete(output);
        return said;
    }
}
