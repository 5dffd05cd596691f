package tutti.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import tutti.commit.SiteName;
import tutti.event.EventId;
import tutti.replica.EventReplica;
import tutti.replica.ReplicaSettings;
import tutti.replica.Turns;

/** All that there is in one history: the sites, what is between them, and who watches them. */
final class World {

    static final long CALM_PAUSE_MAX = 5_000;
    private static final int TRACED = 120;
    private static final long AN_HOUR = 3_600_000;
    private static final List<String> NAMES = List.of("west", "east", "europe", "asia");

    private final TreeSet<Long> lateArrivals = new TreeSet<>();
    private final EventId event = new EventId("simulated-event-000001");
    private final Agenda agenda = new Agenda();
    private final Chance chance;
    private final Counters counters = new Counters();
    private final SortedMap<SiteName, Site> sites = new TreeMap<>();
    private final SortedMap<SiteName, PeerDoor> doors = new TreeMap<>();
    private final Network network;
    private final Acknowledged acknowledged = new Acknowledged(this);
    private final Invariants invariants = new Invariants(this);
    private final boolean days;
    private final boolean traced;
    private final List<String> trace = new ArrayList<>();
    private final SortedMap<SiteName, Long> revisions = new TreeMap<>();
    private final List<String> log = new ArrayList<>();
    private boolean logging;
    private Weather weather;
    private long calmSince = Long.MAX_VALUE;

    World(long seed, boolean traced) {
        this.traced = traced;
        chance = new Chance(seed);
        weather = Weather.of(chance);
        days = chance.in(0.08);
        network = new Network(this, chance.between(400, 4_000));
        var names = new TreeSet<SiteName>();
        NAMES.stream().limit(chance.in(0.7) ? 3 : 4).map(SiteName::new).forEach(names::add);
        var limits = List.of(chance.between(2, 12), chance.between(1, 4));
        var times = List.of(chance.between(2_000, 6_000), chance.between(200, 3_000), chance.between(2_000, 8_000));
        for (var name : names) {
            var peers = new TreeSet<>(names);
            peers.remove(name);
            var settings = settings(name, peers, times, limits);
            var skew = chance.in(0.3) ? 0 : chance.between(-AN_HOUR, AN_HOUR);
            countIf(skew != 0, RarePath.CLOCKS_APART);
            sites.put(name, new Site(this, settings, 1_700_000_000_000L + skew));
            doors.put(name, new PeerDoor(this, sites.get(name)));
        }
    }

    private static ReplicaSettings settings(
            SiteName self, SortedSet<SiteName> peers, List<Long> times, List<Long> limits) {
        return new ReplicaSettings(
                self,
                peers,
                Duration.ofMillis(times.get(0)),
                Duration.ofMillis(times.get(1)),
                Duration.ofMillis(times.get(2)),
                limits.get(0).intValue(),
                limits.get(1).intValue());
    }

    EventId event() {
        return event;
    }

    Agenda agenda() {
        return agenda;
    }

    Chance chance() {
        return chance;
    }

    Network network() {
        return network;
    }

    Weather weather() {
        return weather;
    }

    Invariants invariants() {
        return invariants;
    }

    Acknowledged acknowledged() {
        return acknowledged;
    }

    Counters counters() {
        return counters;
    }

    List<Site> sites() {
        return List.copyOf(sites.values());
    }

    boolean isPublishedEverywhere() {
        return sites.values().stream()
                .allMatch(site -> site.disk().event().phase().isAfterPublication());
    }

    Site site(SiteName name) {
        return sites.get(name);
    }

    PeerDoor door(Site site) {
        return doors.get(site.name());
    }

    void calm() {
        weather = Weather.CALM;
        network.calm();
        calmSince = agenda.now();
        sites.values().forEach(Site::recover);
    }

    /** Whether this history takes days, with nights in which nobody but the sites does anything. */
    boolean hasDays() {
        return days;
    }

    /** How long trouble lasts, in milliseconds. */
    long troubleTime() {
        return days && chance.in(0.2) ? chance.between(24 * AN_HOUR, 30 * AN_HOUR) : chance.between(300, 25_000);
    }

    /** After the next ballot, or even on the next day. */
    long veryLate() {
        var late = days && chance.in(0.5) ? chance.between(24 * AN_HOUR, 30 * AN_HOUR) : chance.between(5_000, 150_000);
        lateArrivals.add(agenda.now() + late);
        return late;
    }

    /** When something very late has arrived most recently; long ago where nothing has. */
    long lastLateArrival() {
        return Optional.ofNullable(lateArrivals.floor(agenda.now())).orElse(Long.MIN_VALUE);
    }

    /** The greatest pause between two tries, in milliseconds; nights would be long with short ones. */
    long pauseMax() {
        return hasNights() ? AN_HOUR / 3 : CALM_PAUSE_MAX;
    }

    /** Whether a night may still come, or is on. */
    boolean hasNights() {
        return days && calmSince == Long.MAX_VALUE;
    }

    /** Some site may be back; not everybody sees it at once. */
    void hasten() {
        sites.values().stream().filter(site -> chance.in(0.7)).forEach(Site::hasten);
    }

    /** Whether nothing has gone wrong since this moment; peers of a site that is made again give up what rests on it. */
    boolean isCalmSince(long moment) {
        return moment >= calmSince && sites.values().stream().noneMatch(Site::isRebuilding);
    }

    /** A rebuild is trouble, too, until it is over, and nobody is asked to yield to it any more. */
    void isRebuilt() {
        if (calmSince != Long.MAX_VALUE) {
            calmSince = agenda.now() + CALM_PAUSE_MAX;
        }
    }

    boolean isLogging() {
        return logging;
    }

    void count(RarePath path) {
        counters.count(path);
    }

    void countIf(boolean taken, RarePath path) {
        counters.countIf(taken, path);
    }

    void trace(Object who, Supplier<String> what) {
        if (traced) {
            trace.add("%9.3f %-7s %s".formatted(agenda.now() / 1000.0, who, what.get()));
        }
    }

    void keepLog() {
        logging = true;
    }

    /** What a step has turned, as production logs it; nothing is kept unless somebody is to read it. */
    void log(EventReplica before, EventReplica after) {
        if (logging) {
            var revision = revisions.merge(after.self(), 1L, Long::sum);
            log.add("TUTTI050 " + Turns.between(before, after, revision));
        }
    }

    List<String> log() {
        return log;
    }

    /** Each step so far, a line each. */
    List<String> trace() {
        return List.copyOf(trace);
    }

    /** The last steps so far. */
    String traceEnd() {
        return String.join("\n", trace.subList(Math.max(0, trace.size() - TRACED), trace.size()));
    }
}
