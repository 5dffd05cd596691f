package tutti.pictures;

import java.awt.image.BufferedImage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tutti.montage.Layout;
import tutti.montage.LayoutKind;
import tutti.montage.Style;
import tutti.montage.TileSize;

/**
 * Tiles and montages on disk, each made once and again whenever it is missing.
 *
 * <p>A cache, not a memory: files are not forced to the disk, so one that a power cut left empty or cut short is made
 * again (a JPEG says where it ends). Whoever asks for what another thread is just making waits for that one.
 */
public final class Derived {

    /** Goes up when tiles or montages are to look different: the old ones are then made again. */
    private static final String EDITION = "2";

    private static final List<String> TILES = List.of("tiles", "small", "large");
    private static final List<String> MONTAGES =
            Arrays.stream(MontageSize.values()).map(Derived::shelf).toList();
    private static final String PART = ".part";

    private static final Pattern SHELF = Pattern.compile("(?:tiles|small|large|montages|prints)(?:-[a-z0-9]+)?-[0-9]+");
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]{8,128}");

    /** Requests that may wait for a montage for print; one of them paints. */
    private static final int PRINTING_MAX = 8;

    /** How long a request waits for what another one is making. */
    private static final Duration JOINING_MAX = Duration.ofMinutes(1);

    private static final Duration SPARED = Duration.ofMinutes(10);

    private final Path folder;
    private final PhotoFiles photos;
    private final TileMaker tileMaker;
    private final MontagePainter painter;
    private final Semaphore printing;
    private final ConcurrentMap<Path, CompletableFuture<Path>> making = new ConcurrentHashMap<>();

    public Derived(Path folder, PhotoFiles photos, TileMaker tileMaker, MontagePainter painter) throws IOException {
        this(folder, photos, tileMaker, painter, PRINTING_MAX);
    }

    Derived(Path folder, PhotoFiles photos, TileMaker tileMaker, MontagePainter painter, int printingMax)
            throws IOException {
        this.printing = new Semaphore(printingMax);
        this.folder = Files.createDirectories(folder.toAbsolutePath());
        this.photos = photos;
        this.tileMaker = tileMaker;
        this.painter = painter;
        forgetOtherEditions();
    }

    /** Nobody would find them any more, nor those who are to forget a photo. */
    private void forgetOtherEditions() throws IOException {
        Set<Path> shelves = Stream.concat(TILES.stream(), MONTAGES.stream())
                .map(kind -> folder.resolve(kind + "-" + EDITION))
                .collect(Collectors.toSet());
        try (DirectoryStream<Path> others = Files.newDirectoryStream(
                folder, shelf -> SHELF.matcher(shelf.getFileName().toString()).matches() && !shelves.contains(shelf))) {
            for (Path other : others) {
                deleteFiles(other);
            }
        }
    }

    /** Keeps tiles that are made already, as at an upload, so that they need not be made twice. */
    public void remember(String sha256, Tiles tiles) throws IOException {
        write(file("tiles", sha256), tiles.tile());
        write(file("small", sha256), tiles.small());
    }

    /**
     * The photo's tile, 1024 pixels.
     *
     * @throws NoSuchFileException when the original is not here
     * @throws BadPicture when the original cannot be read
     * @throws TooBusy when many wait for tiles already
     */
    public Path tile(String sha256) throws IOException, BadPicture {
        return made(file("tiles", sha256), () -> makeTiles(sha256));
    }

    /** As {@link #tile}, 512 pixels. */
    public Path smallTile(String sha256) throws IOException, BadPicture {
        return made(file("small", sha256), () -> makeTiles(sha256));
    }

    /** As {@link #tile}, 2048 pixels: for the one that stands large in a montage. */
    private Path largeTile(String sha256) throws IOException, BadPicture {
        Path file = file("large", sha256);
        return made(file, () -> {
            try (LocalCopy original = photos.localCopy(sha256)) {
                write(file, tileMaker.makeLarge(original.path()));
            }
        });
    }

    /**
     * The montage of these photos in this order.
     *
     * @param name of the montage; the caller vouches that it stands for just these photos in this order and style, and that
     *     the names of all montages that may have to go at once begin alike
     * @throws NoSuchFileException when an original is not here
     * @throws BadPicture when an original cannot be read
     * @throws TooBusy when many wait for montages or tiles already
     */
    public Path montage(String name, Style style, List<String> sha256s, MontageSize size)
            throws IOException, BadPicture {
        if (size == MontageSize.PRINT) {
            return print(name, style, sha256s);
        }
        Path file = file(shelf(size), name);
        if (isWhole(file)) {
            return file;
        }
        List<List<Path>> photos = tiles(style, sha256s);
        return made(
                file,
                () -> write(
                        file,
                        size.width().isPresent()
                                ? painter.paintNarrow(
                                        style, photos, size.width().getAsInt())
                                : painter.paint(style, photos)));
    }

    /**
     * How the montage of these photos is laid out, in full.
     *
     * @param originals the photos' own sizes, upright, in the montage's order
     */
    public Layout layout(Style style, List<TileSize> originals) {
        List<TileSize> tiles = new ArrayList<>();
        for (TileSize original : originals) {
            boolean large = tiles.isEmpty() && style.layout() == LayoutKind.ONE_BIG;
            tiles.add(original.within(large ? TileMaker.LARGE_LONG_EDGE : TileMaker.LONG_EDGE));
        }
        return painter.layout(style, tiles);
    }

    /** The sizes in which montages whose names begin so are here. @param beginning at least two characters */
    public Set<MontageSize> sizes(String beginning) throws IOException {
        Set<MontageSize> sizes = EnumSet.noneOf(MontageSize.class);
        for (MontageSize size : MontageSize.values()) {
            if (!beginningWith(beginning, shelf(size)).isEmpty()) {
                sizes.add(size);
            }
        }
        return sizes;
    }

    private static String shelf(MontageSize size) {
        return "montages-" + size.code();
    }

    /** Of each photo the tiles there are to paint with, the smallest first. */
    private List<List<Path>> tiles(Style style, List<String> sha256s) throws IOException, BadPicture {
        List<List<Path>> photos = new ArrayList<>();
        for (String sha256 : sha256s) {
            List<Path> tiles = new ArrayList<>(List.of(smallTile(sha256), tile(sha256)));
            if (photos.isEmpty() && style.layout() == LayoutKind.ONE_BIG) {
                tiles.add(largeTile(sha256));
            }
            photos.add(tiles);
        }
        return photos;
    }

    /** Takes seconds, and a request's thread for as long: so few may ask for it at a time. */
    private Path print(String name, Style style, List<String> sha256s) throws IOException, BadPicture {
        Path file = file(shelf(MontageSize.PRINT), name);
        if (isWhole(file)) {
            return file;
        }
        if (!printing.tryAcquire()) {
            throw new TooBusy("montages for print");
        }
        try {
            return made(file, () -> {
                List<MontagePainter.Negative> negatives =
                        sha256s.stream().map(this::negative).toList();
                write(file, painter.paintForPrint(style, tiles(style, sha256s), negatives));
            });
        } finally {
            printing.release();
        }
    }

    private MontagePainter.Negative negative(String sha256) {
        return new MontagePainter.Negative() {
            @Override
            public TileSize size() throws IOException, BadPicture {
                try (LocalCopy original = photos.localCopy(sha256)) {
                    return tileMaker.size(original.path());
                }
            }

            @Override
            public BufferedImage print(int width, int height) throws IOException, BadPicture {
                try (LocalCopy original = photos.localCopy(sha256)) {
                    return tileMaker.print(original.path(), width, height);
                }
            }
        };
    }

    /** Deletes what was made of one photo alone; it can be made again for as long as its original is here. */
    public void forgetTiles(String sha256) throws IOException {
        for (String kind : TILES) {
            Files.deleteIfExists(file(kind, sha256));
        }
    }

    /** Deletes all montages whose names begin so, in all sizes. @param beginning at least two characters */
    public void forgetMontages(String beginning) throws IOException {
        for (String kind : MONTAGES) {
            for (Path file : beginningWith(beginning, kind)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private List<Path> beginningWith(String beginning, String kind) throws IOException {
        List<Path> found = new ArrayList<>();
        Path shelf = file(kind, beginning).getParent();
        if (Files.isDirectory(shelf)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(
                    shelf, file -> file.getFileName().toString().startsWith(beginning))) {
                files.forEach(found::add);
            }
        }
        return found;
    }

    /** Deletes everything: all of it can be made again from the originals that are here. */
    public void forgetAll() throws IOException {
        deleteFiles(folder);
    }

    private static void deleteFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Deletes what has not been asked for longest until at most {@code bytesMax} are left; what was used in the last ten
     * minutes stays in any case, for it may be being read. What an instance that died has left half written goes, too.
     *
     * @return bytes that are left
     */
    public long trim(long bytesMax) throws IOException {
        record Entry(Path file, long bytes, Instant used) {}
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                entries.add(new Entry(
                        file, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
            }
        }
        entries.sort(Comparator.comparing(Entry::used).thenComparing(Entry::file));
        Instant spared = Instant.now().minus(SPARED);
        long bytes = entries.stream().mapToLong(Entry::bytes).sum();
        for (Entry entry : entries) {
            if (entry.used().isAfter(spared)) {
                break;
            }
            if (bytes <= bytesMax && !entry.file().toString().endsWith(PART)) {
                continue;
            }
            Files.deleteIfExists(entry.file());
            bytes -= entry.bytes();
        }
        return bytes;
    }

    private void makeTiles(String sha256) throws IOException, BadPicture {
        try (LocalCopy original = photos.localCopy(sha256)) {
            remember(sha256, tileMaker.makeAgain(original.path()));
        }
    }

    private interface Work {
        void run() throws IOException, BadPicture;
    }

    private Path made(Path file, Work work) throws IOException, BadPicture {
        if (isWhole(file)) {
            return file;
        }
        CompletableFuture<Path> mine = new CompletableFuture<>();
        CompletableFuture<Path> others = making.putIfAbsent(file, mine);
        if (others != null) {
            return awaited(others);
        }
        try {
            if (!isWhole(file)) { // it may have been finished between the first look and the claim
                work.run();
            }
            mine.complete(file);
            return file;
        } catch (Throwable trouble) {
            mine.completeExceptionally(trouble);
            throw trouble;
        } finally {
            making.remove(file);
        }
    }

    private static Path awaited(CompletableFuture<Path> others) throws IOException, BadPicture {
        try {
            return others.get(JOINING_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException tooLong) {
            throw new TooBusy("what another request is making");
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof BadPicture bad) {
                throw bad;
            }
            throw new IOException("What another thread was making has failed", failed.getCause());
        }
    }

    private Path file(String kind, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a digest: " + name);
        }
        return folder.resolve(kind + "-" + EDITION)
                .resolve(name.substring(0, 2))
                .resolve(name + ".jpg");
    }

    /** Also notes that it was asked for, at most every few minutes. */
    private static boolean isWhole(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            if (bytes.length() < 4) {
                return false;
            }
            bytes.seek(bytes.length() - 2);
            if (bytes.readUnsignedShort() != 0xFFD9) {
                return false;
            }
        } catch (FileNotFoundException missing) {
            return false;
        }
        Instant now = Instant.now();
        if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(SPARED.dividedBy(2)))) {
            Files.setLastModifiedTime(file, FileTime.from(now));
        }
        return true;
    }

    private void write(Path file, byte[] bytes) throws IOException {
        try {
            Files.createDirectories(file.getParent());
            Path part = Files.createTempFile(file.getParent(), "new", PART);
            try {
                Files.write(part, bytes);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException trouble) {
            throw NoSpace.unlessFull(folder, trouble);
        }
    }
}
