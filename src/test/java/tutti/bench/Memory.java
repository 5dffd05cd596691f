package tutti.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process takes of the machine's memory, as the kernel counts it. */
final class Memory {

    private Memory() {}

    /** Kilobytes; 0 where there is no such process. */
    static long resident(String pid) throws IOException {
        if (!pid.matches("[0-9]+")) {
            return 0;
        }
        return Files.readAllLines(Path.of("/proc", pid, "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }
}
