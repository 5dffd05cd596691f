package tutti.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tutti.cluster.RunningCluster;
import tutti.cluster.Site;

/**
 * How long {@code run-cluster.sh} takes with everything built, until all sites are ready or one is again, and the memory of all
 * processes then. It starts a cluster of its own.
 */
public final class StartBench {

    private static final int RESTARTS = 5;

    private static final double START_WANTED_SECONDS = 45;
    private static final double RESTART_WANTED_SECONDS = 12;
    private static final double MEMORY_WANTED_MEGABYTES = 3000;

    private final PrintStream out;
    private final RunningCluster cluster;

    private StartBench(PrintStream out, RunningCluster cluster) {
        this.out = out;
        this.cluster = cluster;
    }

    public static void main(String[] args) throws IOException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        everythingIsBuilt();
        try (var cluster = RunningCluster.configured()) {
            new StartBench(out, cluster).run();
        }
    }

    /** The very first start makes the archive of classes, which all others have. */
    private static void everythingIsBuilt() {
        try (var cluster = RunningCluster.configured()) {
            cluster.start(Site.WEST);
        }
    }

    private void run() throws IOException {
        out.printf(
                Locale.ROOT,
                "%n%d sites on one machine with %d cores, Java %s; load of the machine before: %s.%n%n"
                        + "| what | measured | wanted |%n| --- | ---: | ---: |%n",
                Site.values().length,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                Machine.load());
        row("start of all, which have nothing yet", timed(cluster::startAll), "");
        row("stop of all", timed(cluster::stopAll), "");
        row("start of all", timed(cluster::startAll), below(START_WANTED_SECONDS, "s"));
        memory();
        restarts();
        row("stop of all, again", timed(cluster::stopAll), "");
    }

    private void memory() throws IOException {
        row("memory of the instances", megabytes(of("instance")), "");
        row("memory of the databases", megabytes(of("db")), "");
        row(
                "memory of all " + Machine.KINDS.size() * Site.values().length + " processes",
                megabytes(Machine.processes(cluster)),
                below(MEMORY_WANTED_MEGABYTES, "MB"));
    }

    private List<Long> of(String kind) throws IOException {
        var pids = new ArrayList<Long>();
        for (var site : Site.values()) {
            pids.add(Machine.process(cluster, site, kind));
        }
        return pids;
    }

    /** Pages that several processes share count once. */
    private static String megabytes(List<Long> pids) throws IOException {
        var kilobytes = 0L;
        for (var pid : pids) {
            kilobytes += Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
        return String.format(Locale.ROOT, "%d MB", kilobytes / 1024);
    }

    private void restarts() {
        var stops = new Duration[RESTARTS];
        var starts = new Duration[RESTARTS];
        var both = new Duration[RESTARTS];
        for (var i = 0; i < RESTARTS; i++) {
            stops[i] = timed(() -> cluster.stop(Site.WEST));
            starts[i] = timed(() -> cluster.start(Site.WEST));
            both[i] = stops[i].plus(starts[i]);
        }
        row("stop of one site, median of " + RESTARTS, median(stops), "");
        row("start of one site, median of " + RESTARTS, median(starts), "");
        row("restart of one site, median of " + RESTARTS, median(both), below(RESTART_WANTED_SECONDS, "s"));
        row("restart of one site, longest", both[RESTARTS - 1], "");
    }

    /** Sorts them. */
    private static Duration median(Duration... durations) {
        Arrays.sort(durations);
        return durations[durations.length / 2];
    }

    private static Duration timed(Runnable work) {
        var from = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - from);
    }

    private static String below(double wanted, String unit) {
        return String.format(Locale.ROOT, "< %.0f %s", wanted, unit);
    }

    private void row(String what, Duration measured, String wanted) {
        row(what, String.format(Locale.ROOT, "%.1f s", measured.toMillis() / 1000.0), wanted);
    }

    private void row(String what, String measured, String wanted) {
        out.printf("| %s | %s | %s |%n", what, measured, wanted);
    }
}
