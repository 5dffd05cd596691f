package tutti.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import tutti.cluster.RunningCluster;
import tutti.cluster.Site;
import tutti.pictures.BadPicture;
import tutti.pictures.GeneratedPhotos;
import tutti.pictures.PictureLimits;
import tutti.pictures.TileMaker;
import tutti.site.UploadTimes.Part;

/**
 * One photo until it is durable and committed at four sites: with one client, and with 16; beside what the disk lets anybody do
 * at best, and what XA makes of it. First photos of many bytes and few pixels, then such as phones make them. It starts a
 * cluster of its own.
 */
public final class UploadBench {

    private static final int WARM_UP = 200;
    private static final int TIMES = 100;
    private static final int CLIENTS = 16;
    private static final Duration BUSY = Duration.ofSeconds(15);
    private static final int PHOTOS_AN_EVENT = 15;
    private static final int FLUSHES = 18;
    private static final Pattern TIMING = Pattern.compile("(\\w+);dur=([0-9.]+)");

    private final PrintStream out;
    private final List<URI> sites;
    private final ExecutorService threads;
    private final DiskFloor floor;
    private final XaByNarayana xa;
    private final AtomicLong number = new AtomicLong(System.nanoTime());

    private UploadBench(PrintStream out, List<URI> sites, ExecutorService threads, DiskFloor floor, XaByNarayana xa) {
        this.out = out;
        this.sites = sites;
        this.threads = threads;
        this.floor = floor;
        this.xa = xa;
    }

    public static void main(String[] args) throws Exception {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var threads = Executors.newCachedThreadPool();
        try (var cluster = RunningCluster.configured()) {
            cluster.startAll();
            var all = List.of(Site.values());
            var databases =
                    all.stream().map(site -> cluster.database(site).xa()).toList();
            try (var xa = new XaByNarayana(databases, Path.of("target/bench-narayana"), threads)) {
                var floor = new DiskFloor(Path.of("target/bench-floor"), threads);
                var sites = all.stream().map(cluster::url).toList();
                new UploadBench(out, sites, threads, floor, xa).run();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void run() throws Exception {
        out.printf(
                Locale.ROOT,
                "%n%d sites on one machine with %d cores, Java %s.%n"
                        + "The floor: four concurrent writes and syncs of the bytes, and two small syncs after each other.%n"
                        + "XA: the bytes as a BLOB in each of the four databases, Narayana as the transaction manager.%n"
                        + "Galera: not installed.%n",
                sites.size(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
        uploads(new Guest(sites.get(0)), GeneratedPhotos.noiseOfBytes(100_000, 1), WARM_UP, new Measured());
        measure("100 kB, few pixels", GeneratedPhotos.noiseOfBytes(100_000, 1));
        measure("1 MB, few pixels", GeneratedPhotos.noiseOfBytes(1_000_000, 2));
        measure("4 MB, few pixels", GeneratedPhotos.noiseOfBytes(4_000_000, 3));
        var ofAPhone = GeneratedPhotos.megapixels(12, 4);
        var rate = measure(String.format(Locale.ROOT, "%.1f MB, 12 megapixels", ofAPhone.length / 1e6), ofAPhone);
        var decodes = decodesPerSecond(ofAPhone);
        out.printf(
                Locale.ROOT,
                "These cores alone make %.1f tiles a second of such a photo: %.0f %% of that.%n",
                decodes,
                100 * rate / decodes);
    }

    /** @return how many uploads a second many clients had answered */
    private double measure(String what, byte[] photo) throws Exception {
        var alone = new Measured();
        var flushesBefore = flushes();
        uploads(new Guest(sites.get(0)), photo, TIMES, alone);
        var flushes = (flushes() - flushesBefore) / (double) TIMES;
        var leastAlone = alone(floor, photo);
        floor.clear();
        var xaAlone = alone(xa, photo);
        xa.clear();
        var together = perSecond(CLIENTS, client -> {
            var guest = new Guest(sites.get(client % sites.size()));
            return () -> uploads(guest, photo, 1, new Measured());
        });
        var leastTogether = together(floor, photo);
        floor.clear();
        var xaTogether = together(xa, photo);
        xa.clear();
        out.printf(
                Locale.ROOT,
                "%n| %-26s | p50 ms | p99 ms | per s, %d clients |%n| --- | ---: | ---: | ---: |%n",
                what,
                CLIENTS);
        row("upload", alone.all, together);
        row("of it, store and commit", alone.durable, Double.NaN);
        row("floor", leastAlone, leastTogether);
        row("XA", xaAlone, xaTogether);
        out.printf(
                Locale.ROOT,
                "%nStore and commit: %.1f × the floor, %.2f × XA. Rate: %.2f × the floor's, %.1f × XA's. %.1f flushes an upload.%n"
                        + "Receive %.1f ms, decode %.1f, store %.1f, commit %.1f (medians).%n",
                alone.durable.median() / leastAlone.median(),
                alone.durable.median() / xaAlone.median(),
                together / leastTogether,
                together / xaTogether,
                flushes,
                alone.of(Part.RECEIVE),
                alone.of(Part.DECODE),
                alone.of(Part.STORE),
                alone.of(Part.COMMIT));
        return together;
    }

    private void row(String what, Figures figures, double perSecond) {
        out.printf(
                Locale.ROOT,
                "| %-26s | %.1f | %.1f | %s |%n",
                what,
                figures.median(),
                figures.percentile99(),
                Double.isNaN(perSecond) ? "" : String.format(Locale.ROOT, "%.1f", perSecond));
    }

    private static Figures alone(PhotoKeeping keeping, byte[] photo) throws Exception {
        var figures = new Figures("alone");
        for (var i = -WARM_UP / 10; i < TIMES; i++) {
            var from = System.nanoTime();
            keeping.keep(photo, 0);
            if (i >= 0) {
                figures.add(System.nanoTime() - from);
            }
        }
        return figures;
    }

    private double together(PhotoKeeping keeping, byte[] photo) throws InterruptedException, ExecutionException {
        return perSecond(CLIENTS, client -> () -> {
            keeping.keep(photo, client);
            return null;
        });
    }

    /** Somebody who adds photos at one site, and makes a new event whenever one is full. */
    private static final class Guest {

        private final URI site;
        private final BenchGuest guest = new BenchGuest();
        private String event;
        private int photos = PHOTOS_AN_EVENT;

        Guest(URI site) {
            this.site = site;
        }

        String event() throws IOException, InterruptedException {
            if (photos++ == PHOTOS_AN_EVENT) {
                event = guest.create(site, "Benchmark").getString("id");
                photos = 1;
            }
            return event;
        }
    }

    private static final class Measured {

        private final Figures all = new Figures("all");
        private final Figures durable = new Figures("store and commit");
        private final Map<Part, Figures> parts = new EnumMap<>(Part.class);

        void add(long nanos, String timing) {
            all.add(nanos);
            var storedAndCommitted = 0L;
            for (var part = TIMING.matcher(timing); part.find(); ) {
                var which = Part.valueOf(part.group(1).toUpperCase(Locale.ROOT));
                var took = Math.round(Double.parseDouble(part.group(2)) * 1e6);
                parts.computeIfAbsent(which, key -> new Figures(key.name())).add(took);
                storedAndCommitted += which == Part.STORE || which == Part.COMMIT ? took : 0;
            }
            durable.add(storedAndCommitted);
        }

        double of(Part part) {
            return parts.get(part).median();
        }
    }

    private Void uploads(Guest guest, byte[] photo, int times, Measured measured)
            throws IOException, InterruptedException {
        for (var i = 0; i < times; i++) {
            var event = guest.event();
            var other = GeneratedPhotos.numbered(photo, number.incrementAndGet());
            var from = System.nanoTime();
            var answer = guest.guest.upload(guest.site, event, other);
            var took = System.nanoTime() - from;
            if (answer.statusCode() != 201) {
                throw new IllegalStateException("an upload was answered with " + answer.statusCode());
            }
            measured.add(took, answer.headers().firstValue("Server-Timing").orElse(""));
        }
        return null;
    }

    private double decodesPerSecond(byte[] photo) throws IOException, InterruptedException, ExecutionException {
        var file = Files.write(Path.of("target/bench-floor/photo.jpg"), photo);
        var maker = new TileMaker(PictureLimits.standard());
        return perSecond(Runtime.getRuntime().availableProcessors(), core -> () -> {
            tile(maker, file);
            return null;
        });
    }

    /** How often a second all clients together come to an end of what each does again and again. */
    private double perSecond(int clients, IntFunction<Callable<Void>> client)
            throws InterruptedException, ExecutionException {
        var done = new AtomicLong();
        var from = System.nanoTime();
        var running = new ArrayList<Future<?>>();
        for (var i = 0; i < clients; i++) {
            var once = client.apply(i);
            running.add(threads.submit(() -> {
                while (System.nanoTime() - from < BUSY.toNanos()) {
                    once.call();
                    done.incrementAndGet();
                }
                return null;
            }));
        }
        for (var one : running) {
            one.get();
        }
        return done.get() * 1e9 / (System.nanoTime() - from);
    }

    private static void tile(TileMaker maker, Path file) throws IOException {
        try {
            maker.make(file);
        } catch (BadPicture e) {
            throw new IllegalStateException("the generated photo is none", e);
        }
    }

    /** Flushes that this machine's disks have been asked for since they came up: {@code Documentation/admin-guide/iostats}. */
    private static long flushes() throws IOException {
        return Files.readAllLines(Path.of("/proc/diskstats")).stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > FLUSHES)
                .mapToLong(fields -> Long.parseLong(fields[FLUSHES]))
                .sum();
    }
}
