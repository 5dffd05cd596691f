package tutti.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.photo.PhotoId;
import tutti.replica.Errand;
import tutti.replica.EventReplica;
import tutti.replica.ReplicaSettings;
import tutti.replica.Transaction;

/**
 * One site with one event: a disk that outlives everything, and a memory that does not. It runs steps as production does:
 * load what is alive or named, step, save, commit; then what is newly owed.
 */
final class Site {

    /** Pauses between two tries, in milliseconds. */
    private static final long PAUSE_MIN = 200;

    static final long PAUSE_MAX = 5_000;

    private final World world;
    private final ReplicaSettings settings;
    private final Errands errands;
    private long clock;

    // The disk
    private EventReplica disk;
    private final SortedSet<PhotoId> bytes = new TreeSet<>();

    // The memory
    private boolean up = true;
    private int life;
    private long pause = PAUSE_MIN;
    private long sweepAt = Long.MAX_VALUE;
    private final SortedMap<TransactionId, Consumer<Transaction>> curious = new TreeMap<>();

    Site(World world, ReplicaSettings settings, long clock) {
        this.world = world;
        this.settings = settings;
        this.clock = clock;
        this.disk = EventReplica.absent(settings, world.event());
        this.errands = new Errands(world, this);
    }

    SiteName name() {
        return settings.self();
    }

    SortedSet<SiteName> peers() {
        return settings.peers();
    }

    ReplicaSettings settings() {
        return settings;
    }

    EventReplica disk() {
        return disk;
    }

    Instant now() {
        return Instant.ofEpochMilli(clock + world.agenda().now());
    }

    boolean isUp() {
        return up;
    }

    /** Which of its lives this is; whatever was begun in an earlier one is forgotten. */
    int life() {
        return life;
    }

    // Steps

    /**
     * One input: one database transaction under the event's lock.
     *
     * @throws Interrupted where the caller learns nothing
     */
    <A> A step(String what, Named named, Function<EventReplica, A> rule) {
        try {
            return stepAndGoOn(what, named, rule);
        } finally {
            planSweep();
        }
    }

    private <A> A stepAndGoOn(String what, Named named, Function<EventReplica, A> rule) {
        var before = disk;
        var loaded = named.load(settings, before);
        var owedBefore = debts(loaded);
        var worked = loaded.copy();
        var answer = rule.apply(worked);
        world.trace(name(), () -> what + " -> " + answer);
        fail(RarePath.CRASH_BEFORE_COMMIT, RarePath.COMMIT_FAILED);
        disk = Named.save(settings, before, loaded, worked);
        world.invariants().after(this, before, disk);
        world.log(before, disk);
        checkWhatFollows(worked);
        satisfyTheCurious();
        fail(RarePath.CRASH_AFTER_COMMIT, RarePath.COMMIT_LOOKED_FAILED);
        var news = worked.errands(now()).stream()
                .filter(errand -> !owedBefore.contains(errand.debt()))
                .toList();
        if (!news.isEmpty()) {
            pause = PAUSE_MIN;
        }
        news.forEach(errands::run);
        return answer;
    }

    private SortedSet<String> debts(EventReplica replica) {
        return replica.errands(now()).stream().map(Errand::debt).collect(Collectors.toCollection(TreeSet::new));
    }

    /** A part of the replica must show the same debts and the same next moment as the whole. */
    private void checkWhatFollows(EventReplica part) {
        Violation.unless(debts(part).equals(debts(disk)), "%s sees other debts in a part than in the whole", name());
        Violation.unless(part.wakeAt(now()).equals(disk.wakeAt(now())), "%s would wake up at another time", name());
    }

    private void fail(RarePath dying, RarePath failing) {
        if (world.chance().in(world.weather().crash())) {
            world.count(dying);
            crash(world.chance().between(100, 20_000));
            throw new Interrupted("crash");
        }
        if (world.chance().in(world.weather().failedCommit())) {
            world.count(failing);
            throw new Interrupted("database failure");
        }
    }

    /** Tells whoever waits for this site's own transaction what it came to; a crash makes them forget. */
    void whenDecided(TransactionId id, Consumer<Transaction> then) {
        curious.put(id, then);
        satisfyTheCurious();
    }

    private void satisfyTheCurious() {
        for (var id : List.copyOf(curious.keySet())) {
            var transaction = disk.transactions().get(id);
            if (transaction.promise().outcome().isPresent()) {
                var waiting = curious.remove(id);
                world.agenda().in(1, ifAlive(() -> waiting.accept(transaction)));
            }
        }
    }

    /** Nothing that this life has begun goes on in the next. */
    Runnable ifAlive(Runnable action) {
        var now = life;
        return () -> {
            if (up && life == now) {
                action.run();
            }
        };
    }

    // The sweep

    /** Plans the next sweep, unless one comes sooner: in a while for what is owed, or when the clock brings something. */
    private void planSweep() {
        var here = world.agenda().now();
        var owed = disk.errands(now()).stream().anyMatch(Errand::owed);
        var wake = disk.wakeAt(now()).map(at -> at.toEpochMilli() - clock).orElse(Long.MAX_VALUE);
        var soon = owed ? here + pause / 2 + world.chance().between(0, pause / 2) : Long.MAX_VALUE;
        var next = Math.min(wake, soon);
        if (up && next < sweepAt) {
            sweepAt = next;
            world.agenda().in(next - here, ifAlive(() -> sweepIfPlanned(next)));
        }
    }

    private void sweepIfPlanned(long planned) {
        if (sweepAt == planned) {
            sweep();
        }
    }

    private void sweep() {
        sweepAt = Long.MAX_VALUE;
        pause = Math.min(PAUSE_MAX, pause * 2);
        var owed = debts(Named.NOTHING.load(settings, disk));
        step("tick", Named.NOTHING, replica -> {
            replica.onTick(now());
            return "";
        });
        Named.NOTHING.load(settings, disk).errands(now()).stream()
                .filter(errand -> owed.contains(errand.debt()))
                .forEach(errands::run);
    }

    /** Nothing to tell, nothing to ask, nothing undecided, no ballot open. */
    boolean isQuiet() {
        return up
                && disk.errands(now()).stream().noneMatch(Errand::owed)
                && !disk.hasHold()
                && disk.openBallot().isEmpty();
    }

    // Trouble

    void crash(long downFor) {
        if (!up) {
            return;
        }
        world.trace(name(), () -> "dies");
        up = false;
        life++;
        curious.clear();
        sweepAt = Long.MAX_VALUE;
        world.agenda().in(downFor, this::restart);
    }

    void restart() {
        if (up) {
            return;
        }
        world.trace(name(), () -> "starts");
        up = true;
        pause = PAUSE_MIN;
        world.countIf(isPublishing(), RarePath.RESUMED_PUBLISH);
        sweep();
    }

    private boolean isPublishing() {
        return disk.openBallot()
                .flatMap(ballot -> ballot.publish())
                .map(disk.transactions()::get)
                .filter(Transaction::isRunningHere)
                .isPresent();
    }

    void jumpClock(long millis) {
        world.trace(name(), () -> "clock jumps by " + millis + " ms");
        world.count(RarePath.CLOCK_JUMPED);
        clock += millis;
        planSweep();
    }

    // Bytes

    void keepBytes(PhotoId photo) {
        bytes.add(photo);
    }

    boolean hasBytes(PhotoId photo) {
        return bytes.contains(photo);
    }

    Optional<Transaction> transaction(TransactionId id) {
        return Optional.ofNullable(disk.transactions().get(id));
    }
}
