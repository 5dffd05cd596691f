package tutti.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tutti.cluster.RunningCluster;
import tutti.cluster.Site;

/**
 * The end of a ballot: from the last accept until the montage is public at all four sites, beside the least that its messages and
 * forced writes take. Lines of some length are put between the sites, so that the median tells by its growth how many round trips
 * are in sequence; and the sites' logs tell how many forced writes are. It starts a cluster of its own.
 *
 * <p>Ballots of all kinds take turns, so that what changes on the machine changes them all alike.
 */
public final class BallotBench {

    private static final int ROUNDS = 4;
    private static final int TIMES_A_ROUND = 13;
    private static final int WARM_UP = 8;
    private static final int CLIENTS = 4;
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final List<Integer> DELAYS_MILLIS = List.of(30, 70, 150);

    private final PrintStream out;
    private final Map<Site, URI> sites = new EnumMap<>(Site.class);
    private final List<DelayedLink> links;
    private final BallotFloor least;
    private final BallotFloor leastOfFour;
    private final ForcedWrites writes;
    private final AtomicLong number = new AtomicLong(System.nanoTime() / 1_000);

    /** Where the last accept is given, how long the lines are, and what came out. */
    private record Kind(
            String where,
            boolean atMaster,
            Duration roundTrip,
            Figures ballots,
            Figures least,
            Figures leastOfFour,
            SortedMap<Integer, Integer> forcedWrites) {

        Kind(String where, boolean atMaster, int roundTripMillis) {
            this(
                    where,
                    atMaster,
                    Duration.ofMillis(roundTripMillis),
                    new Figures(where),
                    new Figures("the floor"),
                    new Figures("the floor with three peers"),
                    new TreeMap<>());
        }
    }

    /** A ballot that is over, until the logs are read. */
    private record Ended(ReadyBallot ballot, Kind kind, Map<Site, Long> before) {}

    private BallotBench(
            PrintStream out,
            RunningCluster cluster,
            List<DelayedLink> links,
            BallotFloor least,
            BallotFloor leastOfFour) {
        this.out = out;
        this.links = links;
        this.least = least;
        this.leastOfFour = leastOfFour;
        writes = new ForcedWrites(cluster);
        for (var site : Site.values()) {
            sites.put(site, cluster.url(site));
        }
    }

    public static void main(String[] args) throws Exception {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var threads = Executors.newCachedThreadPool();
        var links = new ArrayList<DelayedLink>();
        var folder = Path.of("target/bench-ballots");
        try (var cluster = RunningCluster.configured();
                var least = new BallotFloor(folder.resolve("least"), 1, threads);
                var leastOfFour = new BallotFloor(folder.resolve("least-of-four"), 3, threads)) {
            link(cluster, links, threads);
            cluster.startAll();
            new BallotBench(out, cluster, links, least, leastOfFour).run();
        } finally {
            links.forEach(DelayedLink::close);
            threads.shutdownNow();
        }
    }

    /** What the sites ask of each other passes through this JVM. */
    private static void link(RunningCluster cluster, List<DelayedLink> links, ExecutorService threads)
            throws IOException {
        for (var from : Site.values()) {
            for (var to : Site.allBut(from)) {
                var link = new DelayedLink(cluster.internalUrl(to), threads);
                links.add(link);
                cluster.configure(from, "%ntutti.site.%s.internal-url=%s%n".formatted(to, link.url()));
            }
        }
    }

    private void run() throws Exception {
        out.printf(
                Locale.ROOT,
                "%n%d sites on one machine with %d cores, Java %s. %d contributors at all sites, all but one have accepted.%n"
                        + "The floor: three round trips of signed HTTP and five small syncs after each other; then the same with%n"
                        + "three peers at once, where it takes seven round trips and nine syncs in all.%n",
                sites.size(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                ReadyBallot.CONTRIBUTORS);
        round(kinds(), WARM_UP);
        var kinds = kinds();
        for (var i = 0; i < ROUNDS; i++) {
            round(kinds, TIMES_A_ROUND);
        }
        print(kinds);
    }

    private static List<Kind> kinds() {
        var kinds = new ArrayList<>(List.of(new Kind("at the master", true, 0), new Kind("elsewhere", false, 0)));
        DELAYS_MILLIS.forEach(millis -> kinds.add(new Kind("elsewhere", false, millis)));
        return kinds;
    }

    private void round(List<Kind> kinds, int times) throws Exception {
        var ready = new ArrayList<List<ReadyBallot>>();
        for (var kind : kinds) {
            ready.add(prepared(kind, times));
        }
        Thread.sleep(QUIET.toMillis());
        var ended = new ArrayList<Ended>();
        for (var i = 0; i < times; i++) {
            for (var k = 0; k < kinds.size(); k++) {
                ended.add(measured(ready.get(k).get(i), kinds.get(k)));
            }
        }
        Thread.sleep(QUIET.toMillis());
        var logged = writes.logged();
        for (var one : ended) {
            var ballot = one.ballot();
            var inSequence =
                    ForcedWrites.inSequence(logged.get(ballot.event()), one.before(), ballot.home(), ballot.master());
            one.kind().forcedWrites().merge(inSequence, 1, Integer::sum);
        }
    }

    /** A few at a time; it would take too long one after the other. */
    private List<ReadyBallot> prepared(Kind kind, int times) throws Exception {
        var all = Site.values();
        var clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            var tasks = IntStream.range(0, times)
                    .mapToObj(i -> (Callable<ReadyBallot>) () ->
                            ReadyBallot.prepared(sites, number.incrementAndGet(), all[i % all.length], kind.atMaster()))
                    .toList();
            var ready = new ArrayList<ReadyBallot>();
            for (var task : clients.invokeAll(tasks)) {
                ready.add(task.get());
            }
            return ready;
        } finally {
            clients.shutdown();
        }
    }

    private Ended measured(ReadyBallot ballot, Kind kind) throws Exception {
        var before = writes.steps(ballot.event());
        links.forEach(link -> link.takes(kind.roundTrip()));
        kind.ballots().add(ballot.publish(sites));
        links.forEach(link -> link.takes(Duration.ZERO));
        kind.least().add(nanos(least, kind.roundTrip()));
        kind.leastOfFour().add(nanos(leastOfFour, kind.roundTrip()));
        return new Ended(ballot, kind, before);
    }

    private static long nanos(BallotFloor floor, Duration roundTrip) throws IOException, InterruptedException {
        var from = System.nanoTime();
        floor.publish(roundTrip);
        return System.nanoTime() - from;
    }

    private void print(List<Kind> kinds) {
        out.printf("%n| last accept | round trip ms | p50 ms | p99 ms | floor p50 | × floor | with three peers | × |%n"
                + "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |%n");
        for (var kind : kinds) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
                    kind.where(),
                    kind.roundTrip().toMillis(),
                    kind.ballots().median(),
                    kind.ballots().percentile99(),
                    kind.least().median(),
                    kind.ballots().median() / kind.least().median(),
                    kind.leastOfFour().median(),
                    kind.ballots().median() / kind.leastOfFour().median());
        }
        var near = kinds.get(1);
        out.printf("%n| round trip ms | round trips in sequence | the floor's |%n| ---: | ---: | ---: |%n");
        for (var far : kinds.subList(2, kinds.size())) {
            out.printf(
                    Locale.ROOT,
                    "| %d | %.2f | %.2f |%n",
                    far.roundTrip().toMillis(),
                    roundTrips(near.ballots(), far.ballots(), far.roundTrip()),
                    roundTrips(near.least(), far.least(), far.roundTrip()));
        }
        out.printf("%n%d ballots of each kind. Forced writes in sequence, at most:%n", ROUNDS * TIMES_A_ROUND);
        for (var kind : kinds) {
            out.printf("%s, %d ms: %s%n", kind.where(), kind.roundTrip().toMillis(), inWords(kind.forcedWrites()));
        }
    }

    private static double roundTrips(Figures near, Figures far, Duration roundTrip) {
        return (far.median() - near.median()) / roundTrip.toMillis();
    }

    private static String inWords(SortedMap<Integer, Integer> forcedWrites) {
        return forcedWrites.entrySet().stream()
                .map(entry -> entry.getKey() + " in " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
