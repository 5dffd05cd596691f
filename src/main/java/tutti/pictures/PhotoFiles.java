package tutti.pictures;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * The originals, each under the SHA-256 of its bytes: {@code ab/abcdef…}.
 *
 * <p>A photo arrives in a temporary file, is hashed on the way, and becomes visible under its name only when it is
 * complete and on the disk (file and folders forced): a site that has said "I have it" has it after a power cut too.
 * Several instances of a site may share the folder, and the same photo may arrive twice at once; whoever is second
 * finds it there.
 *
 * <p>Callers name photos by digest and read streams, or ask for a {@link LocalCopy}; so the same methods can stand
 * before an object store. Failures of the disk are {@link IOException}, a full one {@link NoSpace}.
 */
public final class PhotoFiles {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER_BYTES = 64 * 1024;

    /** One for each value of a digest's first byte. */
    public static final int SHELVES = 256;

    /** An upload takes minutes at most; what is older was left by an instance that died. */
    private static final Duration ABANDONED_AFTER = Duration.ofHours(6);

    private final Path root;
    private final Path arriving;
    private final Room room;
    private final Disk disk;
    private final AtomicLongArray bytesOnShelves = new AtomicLongArray(SHELVES);

    /** What the arrivals in progress at this instance may still write. */
    private final AtomicLong bytesToCome = new AtomicLong();

    /** How many bytes the disk has left. */
    interface Disk {
        long usable() throws IOException;
    }

    /** Makes the folder where needed, and removes what earlier instances left unfinished. */
    public PhotoFiles(Path root, Room room) throws IOException {
        this(root, room, () -> Files.getFileStore(root).getUsableSpace());
    }

    PhotoFiles(Path root, Room room, Disk disk) throws IOException {
        this.root = root.toAbsolutePath();
        this.room = room;
        this.disk = disk;
        this.arriving = this.root.resolve("arriving");
        makeFolder(this.arriving);
        sweep(ABANDONED_AFTER);
    }

    /**
     * Reads all of {@code in} to a temporary file. Does not close {@code in}.
     *
     * @throws TooLarge after {@code bytesMax} bytes
     * @throws NoSpace when the disk is nearly full, or photos have no more room on it
     * @throws IOException when {@code in} or the disk fails; in every case nothing is left behind
     */
    public Received receive(InputStream in, long bytesMax) throws IOException {
        Arrival arrival = new Arrival(bytesMax);
        try {
            if (bytesKept() >= room.bytesMax() || !arrival.hasSpace()) {
                throw new NoSpace(root);
            }
            return received(in, bytesMax, arrival);
        } finally {
            arrival.end();
        }
    }

    /** An arrival in progress: most of its bytes are not on the disk yet, where the next one would see them. */
    private final class Arrival {

        private long toCome;

        Arrival(long bytesMax) {
            toCome = bytesMax;
            bytesToCome.addAndGet(bytesMax);
        }

        /** Whether the others leave so much that this one may begin. */
        boolean hasSpace() throws IOException {
            return disk.usable() - (bytesToCome.get() - toCome) >= room.diskFreeMin();
        }

        void onWritten(int bytes) {
            toCome -= bytes;
            bytesToCome.addAndGet(-bytes);
        }

        void end() {
            bytesToCome.addAndGet(-toCome);
        }
    }

    private Received received(InputStream in, long bytesMax, Arrival arrival) throws IOException {
        Path file = Files.createTempFile(arriving, "photo", ".part");
        boolean complete = false;
        try {
            MessageDigest digest = sha256();
            long bytes = copy(in, file, bytesMax, digest, arrival);
            complete = true;
            return new Received(file, HexFormat.of().formatHex(digest.digest()), bytes);
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * As {@link #receive(InputStream, long)}, for bytes whose digest was announced.
     *
     * @throws DigestMismatch when other bytes came; nothing is left behind
     */
    public Received receive(InputStream in, long bytesMax, String expectedSha256) throws IOException {
        requireSha256(expectedSha256);
        Received received = receive(in, bytesMax);
        if (!received.sha256().equals(expectedSha256)) {
            received.close();
            throw new DigestMismatch(expectedSha256, received.sha256());
        }
        return received;
    }

    /** Keeps the photo durably under its digest; when it returns, the photo survives a power cut. Repeats are safe. */
    public void keep(Received received) throws IOException {
        Path kept = path(received.sha256());
        try {
            makeFolder(kept.getParent());
            if (keepOn(received.sha256()) && Files.size(kept) == received.bytes()) {
                received.close();
            } else {
                force(received.path(), StandardOpenOption.WRITE);
                Files.move(received.path(), kept, StandardCopyOption.ATOMIC_MOVE);
                force(kept.getParent(), StandardOpenOption.READ);
                bytesOnShelves.addAndGet(shelf(received.sha256()), received.bytes());
            }
        } catch (IOException trouble) {
            throw NoSpace.unlessFull(root, trouble);
        }
    }

    public boolean exists(String sha256) {
        return Files.isRegularFile(path(sha256));
    }

    /** Whether the photo is here, durably; if so, it counts as untouched from now on only. */
    public boolean keepOn(String sha256) throws IOException {
        var kept = path(sha256);
        try {
            Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
            // Whoever gave it its name may have died before the name was on the disk.
            force(kept.getParent(), StandardOpenOption.READ);
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    /** Whether the photo is here with the very bytes that its name stands for; reads all of them. */
    public boolean isSound(String sha256) throws IOException {
        var digest = sha256();
        try (var in = open(sha256)) {
            var buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest()).equals(sha256);
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    /** How many bytes of photos are here, as far as their shelves have been measured. */
    public long bytesKept() {
        return IntStream.range(0, SHELVES).mapToLong(bytesOnShelves::get).sum();
    }

    /** Measures all shelves, one after the other. */
    public void measure() {
        for (var shelf = 0; shelf < SHELVES; shelf++) {
            try {
                measure(shelf);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Measures a shelf anew, since other instances add to it and take from it as well. @param shelf 0 to 255 */
    public void measure(int shelf) throws IOException {
        var folder = folder(shelf);
        if (Files.isDirectory(folder)) {
            var bytes = 0L;
            try (var files = Files.newDirectoryStream(folder)) {
                for (var file : files) {
                    bytes += file.toFile().length(); // 0 of one that has just gone
                }
            }
            bytesOnShelves.set(shelf, bytes);
        }
    }

    private Path folder(int shelf) {
        return root.resolve(String.format("%02x", shelf));
    }

    private static int shelf(String sha256) {
        return Integer.parseInt(sha256, 0, 2, 16);
    }

    /** The digests of the photos on a shelf that nobody has sent or asked for in so long. @param shelf 0 to 255 */
    public List<String> untouched(int shelf, Duration untouchedFor) throws IOException {
        var folder = folder(shelf);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var before = FileTime.from(Instant.now().minus(untouchedFor));
        try (var files = Files.newDirectoryStream(
                folder, file -> Files.getLastModifiedTime(file).compareTo(before) < 0)) {
            return StreamSupport.stream(files.spliterator(), false)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> SHA256.matcher(name).matches())
                    .toList();
        }
    }

    /** The photo's bytes, to be closed by the caller. @throws NoSuchFileException when it is not here */
    public InputStream open(String sha256) throws IOException {
        return Files.newInputStream(path(sha256));
    }

    /** Bytes. @throws NoSuchFileException when it is not here */
    public long size(String sha256) throws IOException {
        return Files.size(path(sha256));
    }

    /** The photo as a file, to be closed by the caller. @throws NoSuchFileException when it is not here */
    public LocalCopy localCopy(String sha256) throws IOException {
        Path kept = path(sha256);
        if (!Files.isRegularFile(kept)) {
            throw new NoSuchFileException(kept.toString());
        }
        return new LocalCopy(kept);
    }

    /** Forgets the photo, durably; nothing happens when it is not here. */
    public void delete(String sha256) throws IOException {
        Path kept = path(sha256);
        var bytes = kept.toFile().length();
        if (Files.deleteIfExists(kept)) {
            bytesOnShelves.addAndGet(shelf(sha256), -bytes);
            force(kept.getParent(), StandardOpenOption.READ);
        }
    }

    Path path(String sha256) {
        requireSha256(sha256);
        return root.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    /** Removes arrivals that nothing has been written to for so long. */
    void sweep(Duration untouchedFor) throws IOException {
        long before = System.currentTimeMillis() - untouchedFor.toMillis();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(arriving, "*.part")) {
            for (Path file : files) {
                if (file.toFile().lastModified() < before) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private long copy(InputStream in, Path file, long bytesMax, MessageDigest digest, Arrival arrival)
            throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
                if (bytes > bytesMax) {
                    throw new TooLarge(bytesMax);
                }
                digest.update(buffer, 0, count);
                write(out, buffer, count);
                arrival.onWritten(count);
            }
        }
        return bytes;
    }

    private void write(OutputStream out, byte[] buffer, int count) throws IOException {
        try {
            out.write(buffer, 0, count);
        } catch (IOException trouble) {
            throw NoSpace.unlessFull(root, trouble);
        }
    }

    /** With its parents, each forced into the folder above it, or a power cut could take a folder with all in it. */
    private static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        makeFolder(folder.getParent());
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException raced) {
            if (!Files.isDirectory(folder)) {
                throw raced;
            }
        }
        force(folder.getParent(), StandardOpenOption.READ);
    }

    private static void force(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    private static void requireSha256(String sha256) {
        // The name becomes a path: nothing but a digest may pass.
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("Not a SHA-256 in lower-case hexadecimal: " + sha256);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
