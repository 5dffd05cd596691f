package tutti.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tutti.cluster.Link;
import tutti.cluster.RunningCluster;
import tutti.cluster.Site;
import tutti.cluster.Weather;

/** Four sites, the links between them and the machines below them, all of which can be broken and mended. */
final class World implements AutoCloseable {

    private static final Duration SIGNAL_MOST = Duration.ofSeconds(10);
    private static final long END_MOST_SECONDS = 20;

    /** The two processes of a site, by the names of their files of process numbers. */
    static final List<String> PROCESSES = List.of("instance", "db");

    private final Path folder;
    private final RunningCluster cluster;
    private final Optional<FrailMachine> machine;
    private final List<Link> links = new ArrayList<>();
    private final Map<Site, Duration> clocks = new EnumMap<>(Site.class);
    private final AtomicInteger logNumber = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(World::daemon);

    private World(Path folder, RunningCluster cluster, Optional<FrailMachine> machine) {
        this.folder = folder;
        this.cluster = cluster;
        this.machine = machine;
    }

    /** Starts the sites; each reaches its peers only through links. */
    static World started(Path folder, Random random) throws IOException {
        var cluster = RunningCluster.configured();
        var machine =
                FrailMachine.built(machines(folder), cluster.folder(Site.WEST).getParent());
        cluster.surround("TUTTI_JAVA_OPTS", RunningCluster.SHORT_LIVES);
        machine.ifPresent(
                frail -> cluster.surround("TUTTI_LAUNCHER", frail.launcher().toString()));
        var world = new World(folder, cluster, machine);
        for (var from : Site.values()) {
            var peers = new StringBuilder("\n# Through links that can be broken.\n");
            for (var to : Site.allBut(from)) {
                var link = new Link(from, to, cluster.internalUrl(to), world.threads, new Random(random.nextLong()));
                world.links.add(link);
                peers.append("tutti.site.%s.internal-url=%s%n".formatted(to, link.url()));
            }
            cluster.configure(from, peers.toString());
        }
        cluster.startAll();
        return world;
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "link");
        thread.setDaemon(true);
        return thread;
    }

    RunningCluster cluster() {
        return cluster;
    }

    /** Whether disks can forget and be full, and clocks jump. */
    boolean isFrail() {
        return machine.isPresent();
    }

    // Links

    List<Link> links() {
        return links;
    }

    /** The links to and from a site. */
    List<Link> links(Site site) {
        return links.stream()
                .filter(link -> link.from() == site || link.to() == site)
                .toList();
    }

    // Processes

    /** SIGKILL; returns when they are gone. */
    void kill(Site site, List<String> kinds) {
        var processes =
                kinds.stream().flatMap(kind -> process(site, kind).stream()).toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        for (var process : processes) {
            try {
                process.onExit().get(END_MOST_SECONDS, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException("process " + process.pid() + " of " + site + " does not end", e);
            }
        }
    }

    /** Starts what is missing of a site, and returns when it is ready. */
    void start(Site site) {
        if (isWhole(site)) {
            return;
        }
        keepLog(site);
        cluster.start(site);
    }

    void startAll() {
        var broken = Stream.of(Site.values()).filter(site -> !isWhole(site)).toList();
        if (!broken.isEmpty()) {
            broken.forEach(this::keepLog);
            cluster.startAll();
        }
    }

    private boolean isWhole(Site site) {
        return PROCESSES.stream().allMatch(kind -> process(site, kind).isPresent());
    }

    void keepLogs() {
        Stream.of(Site.values()).forEach(this::keepLog);
    }

    /** Each start begins a new log, and only the latest are kept with the site. */
    private void keepLog(Site site) {
        try {
            Files.createDirectories(logs(folder));
            var log = cluster.folder(site).resolve("log/server.log").toRealPath();
            Files.copy(log, logs(folder).resolve(site + "-" + logNumber.incrementAndGet() + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What all instances that were started have logged. */
    static Path logs(Path folder) {
        return folder.resolve("logs");
    }

    /** What lies below the processes: logs of what is not synced, and the programs. */
    static Path machines(Path folder) {
        return folder.resolve("machines");
    }

    void pause(Site site, String kind) {
        signal(site, kind, "-STOP");
    }

    void resume(Site site, String kind) {
        signal(site, kind, "-CONT");
    }

    private void signal(Site site, String kind, String signal) {
        process(site, kind)
                .ifPresent(process -> Command.run(SIGNAL_MOST, "kill", signal, Long.toString(process.pid())));
    }

    private Optional<ProcessHandle> process(Site site, String kind) {
        var file = cluster.folder(site).resolve("run").resolve(kind + ".pid");
        try {
            var folder = cluster.folder(site).toString();
            return Files.exists(file)
                    ? ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                            .filter(ProcessHandle::isAlive)
                            // Numbers are used again: it must be about this site's folder.
                            .filter(process -> Stream.of(
                                            process.info().arguments().orElse(new String[0]))
                                    .anyMatch(argument -> argument.contains(folder)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("the " + kind + " of " + site + " cannot be found", e);
        }
    }

    // Machines

    /** Kills both processes of each site, and takes back all that they have written and not synced. */
    String cutPower(EnumSet<Site> sites) {
        sites.forEach(site -> kill(site, PROCESSES));
        var forgotten = new StringBuilder();
        for (var site : sites) {
            forgotten.append(machine.orElseThrow().forget(site, cluster.folder(site)));
        }
        return forgotten.toString();
    }

    void fillDisk(Site site) {
        machine.orElseThrow().fillDisk(site);
    }

    void makeRoom(Site site) {
        machine.ifPresent(frail -> frail.makeRoom(site));
    }

    /** Sets a site's clock forward or back; it stays so. */
    void moveClock(Site site, Duration by) {
        machine.orElseThrow().setClock(site, clocks.merge(site, by, Duration::plus));
    }

    /** Ends all that is still broken; clocks stay where they are. */
    void mend() {
        links.forEach(link -> link.become(Weather.CLEAR));
        for (var site : Site.values()) {
            makeRoom(site);
            PROCESSES.forEach(kind -> resume(site, kind));
        }
        startAll();
    }

    @Override
    public void close() throws IOException {
        cluster.close();
        for (var link : links) {
            link.close();
        }
        threads.shutdownNow();
    }
}
