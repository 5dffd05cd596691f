package tutti.pictures;

import java.nio.file.Path;

/**
 * A photo's bytes as a file, for readers that need one; valid until closed, and never to be written to.
 *
 * <p>Here it is the kept file itself. A store that is not a disk would fetch one, and delete it on close.
 */
public record LocalCopy(Path path) implements AutoCloseable {

    @Override
    public void close() {
        // The kept file stays.
    }
}
