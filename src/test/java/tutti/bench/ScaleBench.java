package tutti.bench;

import jakarta.json.JsonObject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tutti.cluster.RunningCluster;
import tutti.cluster.Site;
import tutti.pictures.GeneratedPhotos;
import tutti.verify.Verification;

/**
 * Whether the sites get slower while their events become many: the same things are done at a thousand events, at ten thousand and
 * at a hundred thousand, or at the numbers that are given. It starts a cluster of its own, fills it with events of long ago
 * ({@link EventLoader}), and deletes it in the end. Then it has the databases explain each statement that was sent to them
 * meanwhile, and names those that go through a whole table.
 */
public final class ScaleBench {

    private static final List<Integer> SIZES = List.of(1000, 10_000, 100_000);
    private static final int WARM_UP = 100;
    private static final int ROUNDS = 50;
    private static final int RESTARTS = 3;
    private static final int SWEEPS = 200;
    private static final int READS_AFTER_A_START = 30;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final long GIVE_UP_NANOS = 60_000_000_000L;

    private static final Site USED = Site.EAST;
    private static final Site RESTARTED = Site.WEST;

    private final PrintStream out;
    private final RunningCluster cluster;
    private final EventLoader loader;
    private final List<URI> sites;
    private final URI used;
    private final AtomicLong number = new AtomicLong(System.nanoTime());
    private final byte[] photo = GeneratedPhotos.megapixels(0.3, 1);
    private final Random random = new Random(1);
    private final Map<String, List<Double>> rows = new LinkedHashMap<>();
    private Map<String, Figures> figures = new LinkedHashMap<>();
    private int events;

    private ScaleBench(PrintStream out, RunningCluster cluster, EventLoader loader) {
        this.out = out;
        this.cluster = cluster;
        this.loader = loader;
        this.sites = Stream.of(Site.values()).map(cluster::url).toList();
        this.used = cluster.url(USED);
    }

    public static void main(String[] args) throws Exception {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var sizes = args.length == 0
                ? SIZES
                : Stream.of(args).map(Integer::valueOf).sorted().toList();
        var threads = Executors.newCachedThreadPool();
        try (var cluster = RunningCluster.configured()) {
            cluster.startAll();
            new ScaleBench(out, cluster, EventLoader.into(cluster.stores(), threads)).run(sizes);
            cluster.reset();
        } finally {
            threads.shutdownNow();
        }
    }

    private void run(List<Integer> sizes) throws Exception {
        out.printf(
                Locale.ROOT,
                "%n%d sites on one machine with %d cores, Java %s; one client, which waits for each thing to be everywhere.%n",
                sites.size(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
        for (var size : sizes) {
            fill(size);
            if (size.equals(sizes.get(0))) {
                requireThatAllSitesAreEqual();
                for (var i = 0; i < WARM_UP; i++) {
                    round(used);
                }
                figures = new LinkedHashMap<>();
            }
            measure();
            print(sizes.subList(0, sizes.indexOf(size) + 1));
        }
        explain();
    }

    private void fill(int size) throws Exception {
        var from = System.nanoTime();
        loader.fill(size);
        events = size;
        out.printf(Locale.ROOT, "%,d events are loaded after %.0f s more.%n", size, seconds(from));
    }

    private void requireThatAllSitesAreEqual() {
        var verification = Verification.of(cluster.stores());
        var trouble = Stream.concat(verification.differences().stream(), verification.underWay().stream())
                .limit(5)
                .toList();
        if (!trouble.isEmpty()) {
            throw new IllegalStateException("what was loaded is not what sites would have: " + trouble);
        }
        out.println("All sites are equal.");
    }

    private void measure() throws Exception {
        for (var i = 0; i < ROUNDS; i++) {
            round(used);
        }
        sweeps();
        restarts();
        figures.forEach((what, measured) -> row(what, measured.median()));
        figures = new LinkedHashMap<>();
        memory();
    }

    private void row(String what, double value) {
        rows.computeIfAbsent(what, key -> new ArrayList<>()).add(value);
    }

    // What people do

    /** One who publishes a photo, alone, and then looks at what others have. */
    private Published round(URI site) throws Exception {
        var guest = new BenchGuest();
        var event = timed("creation of an event, ms", () -> guest.create(site, "Benchmark"))
                .getString("id");
        await(guest, event, view -> "open".equals(view.getString("status", "")));
        var other = GeneratedPhotos.numbered(photo, number.incrementAndGet());
        require(CREATED, timed("upload of a small photo, ms", () -> guest.upload(site, event, other)
                .statusCode()));
        await(guest, event, view -> view.getJsonObject("version").getInt("number") == 1);
        var view = guest.event(site, event);
        var digest = view.getJsonObject("version").getString("digest");
        require(CREATED, timed("vote, ms", () -> guest.accept(site, event, view.getInt("ballotNumber"), digest)));
        await(guest, event, seen -> "published".equals(seen.getString("status")));
        look(site);
        require(OK, timed("reference: a page that reads no event, ms", () -> new BenchGuest().page(site, "/me")));
        return new Published(guest, event);
    }

    private record Published(BenchGuest by, String event) {}

    private void look(URI site) throws Exception {
        var event = any(shown -> true);
        var guest = new BenchGuest(event.creator().secret());
        var page = "/e/" + event.id();
        require(OK, timed("event page, any event, ms", () -> guest.page(site, page)));
        require(OK, timed("event page, the same event again, ms", () -> guest.page(site, page)));
        var other = any(shown -> true);
        var another = new BenchGuest(other.creator().secret());
        require(OK, timed("an event as JSON, any event, ms", () -> another.get(site, "/events/" + other.id())));
        require(OK, timed("gallery, first page, ms", () -> guest.page(site, "/gallery")));
        var before = any(LoadedEvent::isPublished).id();
        require(OK, timed("gallery, a later page, ms", () -> guest.page(site, "/gallery?before=" + before)));
        require(OK, timed("start page with one's events, ms", () -> guest.page(site, "/")));
    }

    /** Of as many contributors, photos and ballots at each size. */
    private LoadedEvent any(Predicate<LoadedEvent> wanted) {
        var step = Math.min(LoadedEvent.SHAPES, events);
        while (true) {
            var event = loader.event((int) (number.incrementAndGet() % step) + step * random.nextInt(events / step));
            if (wanted.test(event)) {
                return event;
            }
        }
    }

    private <T> T timed(String what, Callable<T> work) throws Exception {
        var from = System.nanoTime();
        var result = work.call();
        figures.computeIfAbsent(what, Figures::new).add(System.nanoTime() - from);
        return result;
    }

    private static void require(int wanted, int status) {
        if (status != wanted) {
            throw new IllegalStateException("a request was answered with " + status + " instead of " + wanted);
        }
    }

    /** Asks all sites until each shows it. */
    private void await(BenchGuest guest, String event, Predicate<JsonObject> shown)
            throws IOException, InterruptedException {
        var from = System.nanoTime();
        for (var site : sites) {
            for (var view = guest.event(site, event);
                    !view.containsKey("version") || !shown.test(view);
                    view = guest.event(site, event)) {
                if (System.nanoTime() - from > GIVE_UP_NANOS) {
                    throw new IllegalStateException(site + " does not show it within a minute");
                }
                Thread.sleep(5);
            }
        }
    }

    // What sites do

    /** A sweep's look for what is due, as the site itself asks for it; mostly there is nothing. */
    private void sweeps() throws Exception {
        try (var connection = connected();
                var sweep = connection.prepareStatement(sweep())) {
            for (var i = 0; i < SWEEPS; i++) {
                var now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
                sweep.setLong(1, now);
                sweep.setLong(2, now + TimeUnit.HOURS.toMicros(1));
                timed("recovery sweep: its look for what is due, ms", sweep::execute);
            }
        }
    }

    /** A statement that was prepared before the log was switched on is in it without its values. */
    private String sweep() throws Exception {
        try (var log = StatementLog.of(cluster, USED)) {
            Thread.sleep(QUIET.toMillis());
            return log.statements().stream()
                    .filter(statement -> statement.contains("SKIP LOCKED"))
                    .map(statement -> statement.replaceAll("(due_us [<>]=?) (\\?|\\d+)", "$1 ?"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void restarts() throws Exception {
        for (var i = 0; i < RESTARTS; i++) {
            timed("stop of a site, instance and database, ms", () -> {
                cluster.stop(RESTARTED);
                return RESTARTED;
            });
            timed("start of a site until it is ready, ms", () -> {
                cluster.start(RESTARTED);
                return RESTARTED;
            });
        }
    }

    private void memory() throws Exception {
        for (var i = 0; i < READS_AFTER_A_START; i++) {
            look(cluster.url(RESTARTED));
        }
        figures = new LinkedHashMap<>();
        var processes = cluster.processes(RESTARTED);
        row("memory of its instance, MB", Memory.resident(Long.toString(processes.instance())) / 1024.0);
        row("memory of its database, MB", Memory.resident(Long.toString(processes.database())) / 1024.0);
        row("heap of its instance that is in use, MB", cluster.liveBytes(RESTARTED) / 1048576.0);
    }

    private void print(List<Integer> sizes) {
        out.printf(Locale.ROOT, "%n| medians |");
        sizes.forEach(size -> out.printf(Locale.ROOT, " %,d events | × |", size));
        out.printf("%n| --- |%s%n", " ---: | ---: |".repeat(sizes.size()));
        rows.forEach((what, values) -> {
            out.printf("| %s |", what);
            values.forEach(value -> out.printf(Locale.ROOT, " %.1f | %.2f |", value, value / values.get(0)));
            out.println();
        });
    }

    // What databases do

    private void explain() throws Exception {
        List<String> statements;
        try (var log = StatementLog.of(cluster, USED)) {
            cluster.kill(USED);
            cluster.start(USED);
            for (var site : sites) {
                goes(round(site), site);
            }
            others();
            Thread.sleep(QUIET.toMillis());
            statements = log.statements();
        }
        try (var connection = connected()) {
            var explained = Explained.each(statements, connection);
            var scans = explained.stream().filter(Explained::hasFullScan).toList();
            out.printf(
                    Locale.ROOT,
                    "%nAt %,d events, of %d statements (%d of them distinct and about rows), at the start of a site and in"
                            + " requests of all kinds, go through a whole table: %d.%n",
                    events,
                    statements.size(),
                    explained.size(),
                    scans.size());
            scans.forEach(out::println);
        }
    }

    /** Takes it all back again; where a site is slow, that goes on by itself. */
    private void goes(Published gone, URI site) throws IOException, InterruptedException {
        for (var path : List.of("/publication", "/contributors/me")) {
            var status = gone.by.delete(site, "/events/" + gone.event + path);
            require(status == ACCEPTED ? ACCEPTED : NO_CONTENT, status);
        }
    }

    /** Requests beside those that are measured. */
    private void others() throws Exception {
        var event = any(shown -> shown.isPublished() && shown.photos().size() > 1);
        var guest = new BenchGuest(event.creator().secret());
        var api = "/events/" + event.id();
        var own = event.photos().get(0).id();
        for (var path : List.of(
                api + "/photos",
                api + "/photos/" + own,
                api + "/photos/" + own + "/tile",
                api + "/photos/" + own + "/original",
                api + "/montage",
                api + "/ballots",
                "/published?limit=100",
                "/published?limit=20&before=" + event.id())) {
            require(OK, guest.get(used, path));
        }
        for (var path : List.of("/me", "/p/" + event.id(), "/wall/" + event.id(), "/metrics", "/health/ready")) {
            require(OK, guest.page(used, path));
        }
        new BenchGuest().page(used, "/e/" + event.id());
    }

    private Connection connected() throws SQLException {
        var store = cluster.stores().get(USED.ordinal());
        return DriverManager.getConnection(store.url(), store.user(), store.password());
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }
}
