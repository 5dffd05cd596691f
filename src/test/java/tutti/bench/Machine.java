package tutti.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import tutti.cluster.RunningCluster;
import tutti.cluster.Site;

/**
 * What the machine below all sites has spent so far, as the kernel counts it ({@code proc(5)},
 * {@code Documentation/admin-guide/iostats}): two of these tell what was spent in between.
 *
 * @param ticks of all processors
 * @param busy of them, those in which a processor neither idled nor waited for a disk
 * @param sites of them, those spent in the processes of the sites
 * @param generator of them, those spent in this process
 * @param diskMillis in which the busiest disk had something to do
 * @param nanos when this was
 */
record Machine(long ticks, long busy, long sites, long generator, long diskMillis, long nanos) {

    /** A site's processes, as the files of process numbers name them. */
    static final List<String> KINDS = List.of("instance", "db");

    private static final int IDLE = 3;
    private static final int WAITS_FOR_DISK = 4;
    private static final int GUEST = 8;
    private static final int USER_OF_PROCESS = 11;
    private static final int DISK_BUSY = 12;

    static Machine now(Collection<Long> processes) throws IOException {
        var all = Files.readAllLines(Path.of("/proc/stat")).get(0).split("\\s+");
        // What guests of this machine spend is in user time already.
        var ticks = LongStream.range(0, GUEST)
                .map(column -> Long.parseLong(all[(int) column + 1]))
                .toArray();
        var total = LongStream.of(ticks).sum();
        var sites = 0L;
        for (var pid : processes) {
            sites += ofProcess(Long.toString(pid));
        }
        return new Machine(
                total,
                total - ticks[IDLE] - ticks[WAITS_FOR_DISK],
                sites,
                ofProcess("self"),
                disk(),
                System.nanoTime());
    }

    /** Percent of all processors. */
    double busySince(Machine before) {
        return 100.0 * (busy - before.busy) / (ticks - before.ticks);
    }

    /** Percent of all processors. */
    double sitesSince(Machine before) {
        return 100.0 * (sites - before.sites) / (ticks - before.ticks);
    }

    /** Percent of all processors. */
    double generatorSince(Machine before) {
        return 100.0 * (generator - before.generator) / (ticks - before.ticks);
    }

    /** Percent of the time. */
    double diskSince(Machine before) {
        return 100.0 * (diskMillis - before.diskMillis) * 1e6 / (nanos - before.nanos);
    }

    /** How many processes wanted a processor in the last minute, on average. */
    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    /** All processes of all sites, which have to run. */
    static List<Long> processes(RunningCluster cluster) throws IOException {
        var pids = new ArrayList<Long>();
        for (var site : Site.values()) {
            for (var kind : KINDS) {
                pids.add(process(cluster, site, kind));
            }
        }
        return pids;
    }

    static long process(RunningCluster cluster, Site site, String kind) throws IOException {
        return Long.parseLong(Files.readString(cluster.folder(site).resolve("run/" + kind + ".pid"))
                .strip());
    }

    /** The name of a process may have blanks in it, and stands between parentheses before all else that counts. */
    private static long ofProcess(String pid) throws IOException {
        var line = Files.readString(Path.of("/proc/" + pid + "/stat"));
        var columns = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(columns[USER_OF_PROCESS]) + Long.parseLong(columns[USER_OF_PROCESS + 1]);
    }

    private static long disk() throws IOException {
        return Files.readAllLines(Path.of("/proc/diskstats")).stream()
                .map(line -> line.strip().split("\\s+"))
                .mapToLong(columns -> Long.parseLong(columns[DISK_BUSY]))
                .max()
                .orElse(0);
    }
}
