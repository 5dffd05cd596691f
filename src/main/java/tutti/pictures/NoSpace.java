package tutti.pictures;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The site's disk is full, or has too little left to take more. */
public final class NoSpace extends RuntimeException {

    /** A disk with less than this left is full, whatever the message of the failure says. */
    private static final long BYTES_LEFT_MIN = 1 << 20;

    NoSpace(Path folder) {
        super("Too little space left for photos in " + folder);
    }

    NoSpace(Path folder, IOException cause) {
        super("No space left for photos in " + folder, cause);
    }

    /** The trouble itself, for the caller to throw; thrown here as {@code NoSpace} when a full disk is behind it. */
    static IOException unlessFull(Path folder, IOException trouble) {
        if (saysFull(trouble) || isFull(folder)) {
            throw new NoSpace(folder, trouble);
        }
        return trouble;
    }

    private static boolean saysFull(IOException trouble) {
        // ENOSPC and EDQUOT reach Java only as the operating system's words.
        String words = String.valueOf(trouble.getMessage()).toLowerCase(Locale.ROOT);
        return words.contains("no space left")
                || words.contains("quota exceeded")
                || words.contains("not enough space");
    }

    private static boolean isFull(Path folder) {
        try {
            FileStore disk = Files.getFileStore(folder);
            return disk.getUsableSpace() < BYTES_LEFT_MIN;
        } catch (IOException unknown) {
            return false; // then the first trouble is the better story
        }
    }
}
