package tutti.chaos;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import tutti.cluster.Link;
import tutti.cluster.Site;
import tutti.cluster.Weather;

/**
 * Breaks things, in two lanes at once: instances and machines that are lost and started again, two sites at once or all,
 * and everything that passes sooner. Each lane takes its faults in rounds, shuffled, so that every kind gets its turn; the two
 * may meet, but not twice on one site's machine.
 */
final class Misfortune {

    private static final long END_MOST_MINUTES = 10;
    private static final Duration CLOCK_JUMP_MOST = Duration.ofMinutes(10);

    private final World world;
    private final History history;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Map<Site, ReentrantLock> machines = new EnumMap<>(Site.class);
    private CompletableFuture<Void> lanes;

    Misfortune(World world, History history) {
        this.world = world;
        this.history = history;
        for (var site : Site.values()) {
            machines.put(site, new ReentrantLock());
        }
    }

    void begin(EnumSet<Fault> faults, Random random) {
        var losses = faults.stream().filter(Fault.LOSSES::contains).toList();
        var others =
                faults.stream().filter(fault -> !Fault.LOSSES.contains(fault)).toList();
        var first = new Random(random.nextLong());
        var second = new Random(random.nextLong());
        lanes = CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> lane(losses, first, 10_000, 18_000), Misfortune::inThread),
                CompletableFuture.runAsync(() -> lane(others, second, 1_500, 5_000), Misfortune::inThread));
    }

    private static void inThread(Runnable lane) {
        var thread = new Thread(lane, "misfortune");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns when the last fault is over. */
    void end() {
        over.countDown();
        lanes.orTimeout(END_MOST_MINUTES, TimeUnit.MINUTES).join();
    }

    private void lane(List<Fault> faults, Random random, int pauseLeastMillis, int pauseMostMillis) {
        var round = new ArrayList<Fault>();
        while (!faults.isEmpty() && !pause(random, pauseLeastMillis, pauseMostMillis)) {
            if (round.isEmpty()) {
                faults.forEach(fault -> round.addAll(Collections.nCopies(fault.weight(), fault)));
                Collections.shuffle(round, random);
            }
            var fault = round.remove(0);
            var another = round.stream().filter(Fault::isLossOfOneSite).findFirst();
            if (fault.isLossOfOneSite() && another.isPresent()) {
                round.remove(another.get());
                strikeBoth(fault, another.get(), random);
            } else {
                strike(fault, random);
            }
        }
    }

    private void strikeBoth(Fault fault, Fault another, Random random) {
        var own = new Random(random.nextLong());
        var struck = CompletableFuture.runAsync(() -> strike(another, own), Misfortune::inThread);
        strike(fault, random);
        struck.join();
    }

    /** True when all is over. */
    private boolean pause(Random random, int leastMillis, int mostMillis) {
        try {
            return over.await(leastMillis + random.nextInt(mostMillis - leastMillis), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Counts only where something is up to be struck. */
    private void strike(Fault fault, Random random) {
        var from = history.now();
        var where =
                switch (fault) {
                    case POWER_CUT -> powerCut(random);
                    case PARTITION -> partition(random);
                    case SLOW_LINKS -> weather(Weather.SLOW, some(world.links(), random), random);
                    case LOSSY_LINKS -> weather(Weather.LOSSY, some(world.links(), random), random);
                    default -> strikeOneMachine(fault, random);
                };
        if (!where.isEmpty()) {
            history.add(fault, where, from, history.now());
        }
    }

    // Links

    private String partition(Random random) {
        var site = any(Site.values(), random);
        var link = any(world.links().toArray(Link[]::new), random);
        return switch (random.nextInt(4)) {
            case 0 -> weather(Weather.CUT, List.of(link), random);
            case 1 -> weather(Weather.ANSWERS_LOST, List.of(link), random);
            case 2 -> weather(Weather.CUT, bothWays(link), random);
            default -> weather(Weather.CUT, world.links(site), random);
        };
    }

    private List<Link> bothWays(Link link) {
        return world.links(link.from()).stream()
                .filter(other -> other.from() == link.to() || other.to() == link.to())
                .toList();
    }

    private String weather(Weather weather, List<Link> links, Random random) {
        if (machines.values().stream().allMatch(ReentrantLock::isLocked)) {
            return ""; // nobody is there to notice
        }
        links.forEach(link -> link.become(weather));
        pause(random, 1_500, 6_000);
        links.forEach(link -> link.become(Weather.CLEAR));
        return weather + " " + links;
    }

    private static List<Link> some(List<Link> links, Random random) {
        return links.stream().filter(link -> random.nextBoolean()).toList();
    }

    // Machines

    private String strikeOneMachine(Fault fault, Random random) {
        var sites = new ArrayList<>(List.of(Site.values()));
        Collections.shuffle(sites, random);
        var site = sites.stream().filter(one -> machines.get(one).tryLock()).findFirst();
        if (site.isEmpty()) {
            return "";
        }
        try {
            return strike(fault, site.get(), random);
        } finally {
            machines.get(site.get()).unlock();
        }
    }

    private String strike(Fault fault, Site site, Random random) {
        return switch (fault) {
            case INSTANCE_KILLED -> lose(site, "instance", random);
            case DATABASE_KILLED -> lose(site, "db", random);
            case SITE_POWER_CUT -> cut(EnumSet.of(site), () -> world.start(site), random);
            case PROCESS_STOPPED -> stop(site, any(World.PROCESSES.toArray(String[]::new), random), random);
            case DISK_FULL -> fillDisk(site, random);
            default -> moveClock(site, random);
        };
    }

    private String lose(Site site, String kind, Random random) {
        world.kill(site, List.of(kind));
        pause(random, 1, 4_000);
        world.start(site);
        return kind + " of " + site;
    }

    private String powerCut(Random random) {
        machines.values().forEach(ReentrantLock::lock);
        try {
            return cut(EnumSet.allOf(Site.class), world::startAll, random);
        } finally {
            machines.values().forEach(ReentrantLock::unlock);
        }
    }

    private String cut(EnumSet<Site> sites, Runnable start, Random random) {
        var forgotten = world.cutPower(sites);
        pause(random, 1, 2_000);
        start.run();
        return sites + ", forgotten: " + forgotten.lines().collect(joining(" "));
    }

    private String stop(Site site, String kind, Random random) {
        world.pause(site, kind);
        pause(random, 1_000, 8_000);
        world.resume(site, kind);
        return kind + " of " + site;
    }

    private String fillDisk(Site site, Random random) {
        world.fillDisk(site);
        pause(random, 2_000, 6_000);
        world.makeRoom(site);
        world.start(site);
        return site.id();
    }

    private String moveClock(Site site, Random random) {
        var most = (int) CLOCK_JUMP_MOST.toSeconds();
        var by = Duration.ofSeconds(random.nextInt(2 * most) - most);
        world.moveClock(site, by);
        return site + " by " + by;
    }

    private static <T> T any(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }
}
