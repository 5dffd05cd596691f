package tutti.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tutti.bench.Tally.Deed;
import tutti.bench.Tally.Ending;
import tutti.cluster.RunningCluster;
import tutti.cluster.Site;
import tutti.pictures.GeneratedPhotos;
import tutti.verify.Verification;

/**
 * Users at all sites, twice as many in each row, also far beyond what the cluster can do; then few, to see whether it recovers.
 * In the end as many as got most done, also with a second instance at one site. Sites and users share the machine. It starts a
 * cluster of its own.
 */
public final class LoadBench {

    private static final int FEW = 25;
    private static final int USERS_MOST = 800;

    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final Duration ROW = Duration.ofSeconds(20);
    private static final long CALM_MOST_SECONDS = 120;

    private static final Duration THINK = Duration.ofSeconds(5);
    private static final Habits HABITS = new Habits(THINK, List.of(2), 0.25, GeneratedPhotos.megapixels(12, 1));

    /** As they are where nobody changes them: in {@link RunningCluster} sites are more patient. */
    private static final String USUAL_TIMES =
            """

            tutti.time.preparing=5s
            tutti.time.peer-connect-timeout=1s
            tutti.time.peer-call-timeout=2s
            """;

    private final PrintStream out;
    private final RunningCluster cluster;
    private final Crowd crowd;
    private final List<Long> processes;
    private final List<String> notes = new ArrayList<>();

    private LoadBench(PrintStream out, RunningCluster cluster, Crowd crowd) throws IOException {
        this.out = out;
        this.cluster = cluster;
        this.crowd = crowd;
        processes = Machine.processes(cluster);
    }

    /** @param args how many users there may be at most, if not 800 */
    public static void main(String[] args) throws IOException, InterruptedException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var most = args.length == 0 ? USERS_MOST : Integer.parseInt(args[0]);
        try (var cluster = RunningCluster.configured()) {
            for (var site : Site.values()) {
                cluster.configure(site, USUAL_TIMES);
            }
            cluster.startAll();
            try (var crowd = new Crowd(urls(cluster), HABITS)) {
                new LoadBench(out, cluster, crowd).run(most);
            }
        }
    }

    private static List<URI> urls(RunningCluster cluster) {
        return List.of(Site.values()).stream().map(cluster::url).toList();
    }

    private void run(int most) throws IOException, InterruptedException {
        head();
        crowd.become(FEW);
        crowd.during(WARM_UP);
        var limit = FEW;
        var best = 0.0;
        for (var users = FEW; users <= most; users *= 2) {
            crowd.become(users);
            var changes = row(Integer.toString(users));
            if (changes > best) {
                best = changes;
                limit = users;
            }
        }
        recovery();
        crowd.become(limit);
        row(limit + " again");
        secondInstance(limit);
        calm();
        out.println();
        notes.forEach(out::println);
    }

    private void head() throws IOException {
        out.printf(
                Locale.ROOT,
                "%n%d sites and all users on one machine with %d cores, Java %s; load of the machine before: %s.%n"
                        + "Groups of %d at all sites; somebody asks every %d s on average; photos of %.1f MB and 12 megapixels.%n"
                        + "Rows of %d s; milliseconds; p50 and p99 of what was done. Put off: 429 or 503 with Retry-After.%n%n",
                Site.values().length,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                Machine.load(),
                Group.MEMBERS,
                THINK.toSeconds(),
                HABITS.photo().length / 1e6,
                ROW.toSeconds());
        out.println(
                "| users | done per s | looks p50 | p99 | uploads per s | p50 | p99 | votes per s | p50 | p99"
                        + " | wait for others | put off | without Retry-After | failed | CPU % | of it sites | users | disk % | why not |");
        out.println("| --- |" + " ---: |".repeat(17) + " --- |");
    }

    /** @return how many photos and votes a second got in: looks are too cheap to tell where the limit is */
    private double row(String users) throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(SETTLING.toSeconds());
        var before = Machine.now(processes);
        var tally = crowd.during(ROW);
        var after = Machine.now(processes);
        out.printf(
                Locale.ROOT,
                "| %s | %.1f | %s | %.1f | %s | %.1f | %s | %d | %d | %d | %d | %.0f | %.0f | %.0f | %.0f | %s |%n",
                users,
                perSecond(tally.done()),
                tally.waits(Deed.LOOK),
                perSecond(tally.times(Deed.UPLOAD)),
                tally.waits(Deed.UPLOAD),
                perSecond(tally.times(Deed.VOTE)),
                tally.waits(Deed.VOTE),
                tally.times(Ending.WAITS),
                tally.times(Ending.PUT_OFF),
                tally.times(Ending.SENT_AWAY),
                tally.times(Ending.FAILED),
                after.busySince(before),
                after.sitesSince(before),
                after.generatorSince(before),
                after.diskSince(before),
                tally.reasons());
        return perSecond(tally.times(Deed.UPLOAD) + tally.times(Deed.VOTE));
    }

    private static double perSecond(int times) {
        return (double) times / ROW.toSeconds();
    }

    private void recovery() throws IOException, InterruptedException {
        var from = System.nanoTime();
        crowd.become(FEW);
        notes.add(String.format(
                Locale.ROOT,
                "All but %d had their last answer %.1f s after they had asked for nothing more.",
                FEW,
                (System.nanoTime() - from) / 1e9));
        row(FEW + " afterwards");
    }

    private void secondInstance(int users) throws IOException, InterruptedException {
        try (var second = cluster.secondInstance(Site.WEST)) {
            processes.add(second.pid());
            crowd.share(cluster.url(Site.WEST), second.url());
            row(users + ", two instances at " + Site.WEST);
            crowd.become(0);
            processes.remove(second.pid());
        }
    }

    /** Nobody asks for anything any more. */
    private void calm() throws InterruptedException {
        var from = System.nanoTime();
        var left = Verification.underWay(cluster.stores());
        while (!left.isEmpty() && System.nanoTime() - from < TimeUnit.SECONDS.toNanos(CALM_MOST_SECONDS)) {
            TimeUnit.MILLISECONDS.sleep(500);
            left = Verification.underWay(cluster.stores());
        }
        notes.add(String.format(
                Locale.ROOT,
                "Without users, still under way after %.1f s: %d.",
                (System.nanoTime() - from) / 1e9,
                left.size()));
    }
}
