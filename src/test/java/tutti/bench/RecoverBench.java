package tutti.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tutti.cluster.RunningCluster;
import tutti.cluster.Site;
import tutti.pictures.GeneratedPhotos;
import tutti.verify.StoreUnreadable;
import tutti.verify.Verification;

/**
 * One site is away for some minutes while users at all sites go on: from its start, how long until it trails nobody. Then all
 * sites are killed at once while users do nothing but add photos: how long until all that was promised is decided. It starts a
 * cluster of its own.
 */
public final class RecoverBench {

    private static final int MINUTES = 10;
    private static final int USERS = 40;
    private static final Duration WARM_UP = Duration.ofSeconds(45);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration GIVE_UP = Duration.ofMinutes(10);

    /** Groups vote at different times, and some have room for photos as long as a site is away. */
    private static final Habits HABITS =
            new Habits(Duration.ofSeconds(3), List.of(1, 4, 8, 12), 0.2, GeneratedPhotos.megapixels(1, 1));

    /** People who do nothing but add photos, so that each moment finds transactions in their middle. */
    private static final Habits RUSH = new Habits(Duration.ofMillis(200), List.of(12), 1, HABITS.photo());

    private static final Duration BEFORE_THE_END = Duration.ofSeconds(20);

    private final PrintStream out;
    private final RunningCluster cluster;

    private RecoverBench(PrintStream out, RunningCluster cluster) {
        this.out = out;
        this.cluster = cluster;
    }

    /** @param args for how many minutes the site is away, if not 10 */
    public static void main(String[] args) throws Exception {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var minutes = args.length == 0 ? MINUTES : Integer.parseInt(args[0]);
        try (var cluster = RunningCluster.configured()) {
            cluster.startAll();
            new RecoverBench(out, cluster).run(minutes);
        }
    }

    private void run(int minutes) throws Exception {
        out.printf(
                Locale.ROOT,
                "%n%d sites and %d users on one machine with %d cores, Java %s; load of the machine before: %s.%n"
                        + "Users go on all the time; photos of %.1f MB.%n%n",
                Site.values().length,
                USERS,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                Machine.load(),
                HABITS.photo().length / 1e6);
        out.println("| what | measured |");
        out.println("| --- | ---: |");
        try (var crowd = crowd(HABITS)) {
            row("done per second while all are there", perSecond(crowd, WARM_UP));
            oneIsAway(crowd, minutes);
        }
        try (var crowd = crowd(RUSH)) {
            row("done per second before all are killed", perSecond(crowd, BEFORE_THE_END));
            allAreKilled();
        }
        end();
    }

    private Crowd crowd(Habits habits) throws InterruptedException {
        var crowd = new Crowd(List.of(Site.values()).stream().map(cluster::url).toList(), habits);
        crowd.become(USERS);
        return crowd;
    }

    private static String perSecond(Crowd crowd, Duration time) throws InterruptedException {
        return String.format(Locale.ROOT, "%.1f", crowd.during(time).done() / (time.toMillis() / 1000.0));
    }

    private void oneIsAway(Crowd crowd, int minutes) throws Exception {
        cluster.kill(Site.ASIA);
        row(
                "done per second while " + Site.ASIA + " is away for " + minutes + " min",
                perSecond(crowd, Duration.ofMinutes(minutes)));
        var trail = Trail.now(cluster.stores());
        row("… promises, outcomes, photos and events that wait for it then", Integer.toString(trail.length()));
        row("… of them photos and events", Long.toString(trail.waiting()));
        var from = System.nanoTime();
        cluster.start(Site.ASIA);
        row("from its start until it is ready", since(from));
        until("the site has caught up", () -> trail.isGone(cluster.stores()));
        row("from its start until it trails nobody", since(from));
    }

    private void allAreKilled() throws Exception {
        cluster.killEverything();
        var from = System.nanoTime();
        var ready = CompletableFuture.supplyAsync(() -> {
            cluster.startAll();
            return since(from);
        });
        // Databases are up long before the instances that could go on with what is in them.
        var trail = found();
        row("all killed: promises that nobody had decided at some site", Long.toString(trail.promises()));
        row("… promises, outcomes, photos and events under way", Integer.toString(trail.length()));
        until("all is decided", () -> trail.isDecided(cluster.stores()));
        var decided = since(from);
        until("all is told", () -> trail.isGone(cluster.stores()));
        var told = since(from);
        row("from the start of all until all are ready", ready.get());
        row("from the start of all until every transaction is decided", decided);
        row("from the start of all until all sites know of it", told);
    }

    private Trail found() throws InterruptedException {
        var found = once(() -> Trail.now(cluster.stores()));
        while (found.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
            found = once(() -> Trail.now(cluster.stores()));
        }
        return found.get();
    }

    /** Empty while a database is away. */
    private static <T> Optional<T> once(Supplier<T> look) {
        try {
            return Optional.of(look.get());
        } catch (StoreUnreadable e) {
            return Optional.empty();
        }
    }

    private static void until(String what, BooleanSupplier holds) throws InterruptedException {
        var from = System.nanoTime();
        while (!once(holds::getAsBoolean).orElse(false)) {
            if (System.nanoTime() - from > GIVE_UP.toNanos()) {
                throw new IllegalStateException("it is not so within " + GIVE_UP.toMinutes() + " minutes: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
        }
    }

    /** Without users, all comes to an end, and all sites have the same. */
    private void end() throws InterruptedException {
        var from = System.nanoTime();
        until("nothing is under way", () -> Verification.underWay(cluster.stores())
                .isEmpty());
        row("without users, until nothing is under way any more", since(from));
        var differences = Verification.of(cluster.stores()).differences();
        row("differences between the sites in the end", Integer.toString(differences.size()));
        differences.forEach(out::println);
    }

    private static String since(long from) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - from) / 1e9);
    }

    private void row(String what, String measured) {
        out.printf("| %s | %s |%n", what, measured);
    }
}
