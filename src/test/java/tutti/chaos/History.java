package tutti.chaos;

import jakarta.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All that was asked, answered and broken, in memory for the checker and as lines of JSON for people. */
final class History implements AutoCloseable {

    private final long begun = System.nanoTime();
    private final List<Operation> operations = new ArrayList<>();
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final BufferedWriter file;

    History(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        this.file = Files.newBufferedWriter(file);
    }

    /** Milliseconds since the beginning. */
    long now() {
        return (System.nanoTime() - begun) / 1_000_000;
    }

    synchronized void add(Operation operation) {
        operations.add(operation);
        write(operation.toString());
    }

    /** @param where the sites or links that it struck */
    synchronized void add(Fault fault, String where, long from, long to) {
        faults.merge(fault, 1, Integer::sum);
        write(Json.createObjectBuilder()
                .add("fault", fault.name())
                .add("where", where)
                .add("from", from)
                .add("to", to)
                .build()
                .toString());
    }

    synchronized void note(String words) {
        write(Json.createObjectBuilder()
                .add("note", words)
                .add("at", now())
                .build()
                .toString());
    }

    private void write(String line) {
        try {
            file.write(line);
            file.newLine();
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** How often each fault has struck. */
    synchronized int count(Fault fault) {
        return faults.getOrDefault(fault, 0);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
