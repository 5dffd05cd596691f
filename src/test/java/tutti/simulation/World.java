package tutti.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import tutti.commit.SiteName;
import tutti.event.EventId;
import tutti.event.Phase;
import tutti.replica.EventReplica;
import tutti.replica.ReplicaSettings;
import tutti.replica.Turns;

/** All that there is in one history: the sites, what is between them, and who watches them. */
final class World {

    private static final int TRACED = 60;
    private static final List<String> NAMES = List.of("west", "east", "europe", "asia");

    private final EventId event = new EventId("simulated-event-000001");
    private final Agenda agenda = new Agenda();
    private final Chance chance;
    private final Counters counters = new Counters();
    private final SortedMap<SiteName, Site> sites = new TreeMap<>();
    private final SortedMap<SiteName, PeerDoor> doors = new TreeMap<>();
    private final Network network;
    private final Acknowledged acknowledged = new Acknowledged(this);
    private final Invariants invariants = new Invariants(this);
    private final boolean traced;
    private final Deque<String> trace = new ArrayDeque<>();
    private final SortedMap<SiteName, Long> revisions = new TreeMap<>();
    private final List<String> log = new ArrayList<>();
    private boolean logging;
    private Weather weather;
    private long calmSince = Long.MAX_VALUE;

    World(long seed, boolean traced) {
        this.traced = traced;
        chance = new Chance(seed);
        weather = Weather.of(chance);
        network = new Network(agenda, chance, sites, weather, chance.between(400, 4_000));
        var names = new TreeSet<SiteName>();
        NAMES.stream().limit(chance.in(0.7) ? 3 : 4).map(SiteName::new).forEach(names::add);
        var limits = List.of(chance.between(2, 12), chance.between(1, 4));
        var times = List.of(chance.between(2_000, 6_000), chance.between(200, 3_000), chance.between(2_000, 8_000));
        for (var name : names) {
            var peers = new TreeSet<>(names);
            peers.remove(name);
            var settings = settings(name, peers, times, limits);
            var skew = chance.in(0.3) ? 0 : chance.between(-3_600_000, 3_600_000);
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
        return sites.values().stream().allMatch(site -> site.disk().event().phase() == Phase.PUBLISHED);
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
        sites.values().forEach(Site::restart);
    }

    /** Whether nothing has gone wrong since this moment. */
    boolean isCalmSince(long moment) {
        return moment >= calmSince;
    }

    void count(RarePath path) {
        counters.count(path);
    }

    void countIf(boolean taken, RarePath path) {
        counters.countIf(taken, path);
    }

    void trace(Object who, Supplier<String> what) {
        if (traced) {
            if (trace.size() == TRACED) {
                trace.removeFirst();
            }
            trace.addLast("%9.3f %-7s %s".formatted(agenda.now() / 1000.0, who, what.get()));
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

    String trace() {
        return String.join("\n", trace);
    }
}
