package tutti.bench;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The least that anything has to do that keeps a photo at four sites and commits it there: the bytes written and synced four
 * times at once, and then two small records, one after the other. All on this machine's disk, with nothing around it.
 */
final class DiskFloor implements PhotoKeeping {

    private static final int COPIES = 4;
    private static final int RECORDS = 2;
    private static final byte[] RECORD = new byte[128];

    private final Path folder;
    private final ExecutorService threads;
    private final AtomicLong number = new AtomicLong();

    DiskFloor(Path folder, ExecutorService threads) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.threads = threads;
    }

    /** The records of each client are in a file of its own. */
    @Override
    public void keep(byte[] photo, int client) throws IOException {
        var copies = IntStream.range(0, COPIES)
                .mapToObj(copy -> CompletableFuture.runAsync(() -> write(photo), threads))
                .toList();
        copies.forEach(CompletableFuture::join);
        for (var i = 0; i < RECORDS; i++) {
            try (var records = FileChannel.open(folder.resolve("records" + client), CREATE, APPEND)) {
                records.write(ByteBuffer.wrap(RECORD));
                records.force(true);
            }
        }
    }

    private void write(byte[] photo) {
        try (var file = FileChannel.open(folder.resolve("copy" + number.incrementAndGet()), CREATE_NEW, WRITE)) {
            for (var left = ByteBuffer.wrap(photo); left.hasRemaining(); ) {
                file.write(left);
            }
            file.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes what it has written. */
    void clear() throws IOException {
        List<Path> written;
        try (var files = Files.list(folder)) {
            written = files.toList();
        }
        for (var file : written) {
            Files.delete(file);
        }
    }
}
