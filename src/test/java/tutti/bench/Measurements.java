package tutti.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a child process says of its pictures: a line each, of wall and processor nanoseconds; then the most memory it had. */
final class Measurements {

    private static final String EACH = "each";
    private static final String MEMORY = "memory";

    private Measurements() {}

    static PictureMaker.Cost of(List<String> command, Path log) throws IOException, InterruptedException {
        var wall = new Figures("wall");
        var cpu = new ArrayList<Long>();
        var memory = new long[2];
        for (var line : output(command, log)) {
            var words = line.split(" ");
            if (words[0].equals(EACH)) {
                wall.add(Long.parseLong(words[1]));
                cpu.add(Long.parseLong(words[2]));
            } else if (words[0].equals(MEMORY)) {
                memory[0] = Long.parseLong(words[1]) >> 20;
                memory[1] = Long.parseLong(words[2]) >> 20;
            }
        }
        var mean = cpu.stream().mapToLong(Long::longValue).average().orElseThrow();
        return new PictureMaker.Cost(cpu.size(), wall.median(), mean / 1e6, memory[0], memory[1]);
    }

    /** @throws IOException where the process fails; its complaints are in the log */
    static List<String> output(List<String> command, Path log) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command.get(0) + " has failed: "
                    + Files.readString(log)
                            .lines()
                            .reduce((first, last) -> last)
                            .orElse("it does not say why"));
        }
        return said.lines().toList();
    }

    /** What the child says of one picture. */
    static String each(long wallNanos, long cpuNanos) {
        return EACH + " " + wallNanos + " " + cpuNanos;
    }

    static String memory(long residentBytes, long heapBytes) {
        return MEMORY + " " + residentBytes + " " + heapBytes;
    }
}
