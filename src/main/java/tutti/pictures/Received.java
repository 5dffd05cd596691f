package tutti.pictures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes that have arrived and are not kept yet: long enough to look at the picture, refuse it, or announce it.
 *
 * <p>Close it in any case; what was not given to {@link PhotoFiles#keep} is deleted then. Not for use by two threads.
 */
public final class Received implements AutoCloseable {

    private final Path file;
    private final String sha256;
    private final long bytes;

    Received(Path file, String sha256, long bytes) {
        this.file = file;
        this.sha256 = sha256;
        this.bytes = bytes;
    }

    /** 64 lower-case hexadecimal digits. */
    public String sha256() {
        return sha256;
    }

    public long bytes() {
        return bytes;
    }

    /** The temporary file; gone after {@link PhotoFiles#keep} or {@link #close}. */
    public Path path() {
        return file;
    }

    /** Deletes the temporary file if it is still there. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
