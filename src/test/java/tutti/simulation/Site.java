package tutti.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.Change.AddPhoto;
import tutti.photo.Photo;
import tutti.photo.Sha256;
import tutti.replica.Errand;
import tutti.replica.EventReplica;
import tutti.replica.ReplicaSettings;
import tutti.replica.Testimony;
import tutti.replica.Transaction;
import tutti.replica.Upload;

/**
 * One site with one event: a disk that outlives everything, and a memory that does not. It runs steps as production does:
 * load what is alive or named, step, save, commit; then what is newly owed.
 */
final class Site {

    /** The least pause between two tries, in milliseconds. */
    static final long PAUSE_MIN = 200;

    /** How often a step is run whose commit fails, or looks as if it had. */
    private static final int TRIES = 2;

    private static final long A_DAY = 24 * 3_600_000;

    private final World world;
    private final ReplicaSettings settings;
    private final Errands errands;
    private long clock;
    private long databaseBackAt;

    // The disk
    private EventReplica disk;
    private final SortedSet<Sha256> bytes = new TreeSet<>();
    private final SortedSet<Sha256> givenUp = new TreeSet<>();
    private int database;
    private boolean rebuilding;
    private SortedMap<SiteName, Integer> databases = new TreeMap<>();

    // The memory
    private boolean up = true;
    private boolean paused;
    private long awaySince;
    private int life;
    private boolean oldThread;
    private final SortedSet<Integer> oldLives = new TreeSet<>();
    private final List<Runnable> whenAwake = new ArrayList<>();
    private long ahead;
    private int armed;
    private long pause = PAUSE_MIN;
    private long sweepAt = Long.MAX_VALUE;
    private final SortedMap<TransactionId, Consumer<Transaction>> curious = new TreeMap<>();

    Site(World world, ReplicaSettings settings, long clock) {
        this.world = world;
        this.settings = settings;
        this.clock = clock;
        this.ahead = clock;
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

    /** A clock that jumps ahead, but back only from one life to the next. */
    Instant now() {
        return Instant.ofEpochMilli(ahead + world.agenda().now());
    }

    /** Whether it serves: while it is made again from its peers, it says nothing to anybody. */
    boolean isUp() {
        return up && !paused && !rebuilding;
    }

    boolean isRebuilding() {
        return rebuilding;
    }

    /** Which of its databases this is. */
    int database() {
        return database;
    }

    /** The database of a peer that counts, as far as this site knows. */
    int databaseOf(SiteName peer) {
        return databases.getOrDefault(peer, 0);
    }

    /**
     * Takes in what another site says, if both mean the databases that they have.
     *
     * @throws Interrupted where that is not so
     */
    <A> A hear(SiteName from, int theirs, int meant, Function<Site, A> question) {
        if (theirs != databaseOf(from) || meant != database) {
            world.count(RarePath.OLD_LIFE_UNHEARD);
            throw Interrupted.byDeafness();
        }
        return question.apply(this);
    }

    /** Which of its lives this is; whatever was begun in an earlier one is forgotten. */
    int life() {
        return life;
    }

    /** Whether what is just at work was begun in an earlier life all the same. */
    boolean isOldThread() {
        return oldThread;
    }

    // Steps

    /**
     * One input: one database transaction under the event's lock, run again when its commit fails or seems to.
     *
     * @throws Interrupted where the caller learns nothing
     */
    <A> A step(String what, Named named, Function<EventReplica, A> rule) {
        try {
            for (var tries = 1; ; tries++) {
                try {
                    return stepAndGoOn(what, named, rule);
                } catch (Interrupted e) {
                    if (!e.isAlive() || tries == TRIES) {
                        throw e;
                    }
                }
            }
        } finally {
            arm();
            planSweep();
        }
    }

    private <A> A stepAndGoOn(String what, Named named, Function<EventReplica, A> rule) {
        askDatabase();
        var before = disk;
        var loaded = named.load(settings, before);
        var owedBefore = debts(loaded);
        var worked = loaded.copy();
        var answer = rule.apply(worked);
        world.trace(name(), () -> what + " -> " + answer);
        fail(RarePath.CRASH_BEFORE_COMMIT, RarePath.COMMIT_FAILED);
        disk = named.save(settings, before, loaded, worked);
        world.invariants().after(this, before, disk);
        world.log(before, disk);
        giveUp(worked.unnamed());
        checkWhatFollows(worked);
        satisfyTheCurious();
        fail(RarePath.CRASH_AT_COMMIT, RarePath.COMMIT_LOOKED_FAILED);
        var news = worked.errands(now()).stream()
                .filter(errand -> !owedBefore.contains(errand.debt()))
                .toList();
        if (!news.isEmpty()) {
            pause = PAUSE_MIN;
        }
        news.forEach(errands::run);
        if (world.chance().in(world.weather().crash() / 2)) {
            world.count(RarePath.CRASH_AFTER_COMMIT);
            crash(world.chance().between(100, 20_000));
            throw Interrupted.byDeath();
        }
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
            throw Interrupted.byDeath();
        }
        if (world.chance().in(world.weather().failedCommit())) {
            world.count(failing);
            world.trace(name(), () -> "... and its commit looks failed");
            if (world.chance().in(0.5)) {
                crashDatabase(world.chance().between(100, 20_000));
            }
            throw Interrupted.byDatabase();
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

    /** Nothing that this life has begun goes on in the next, but for a few old threads. */
    Runnable ifAlive(Runnable action) {
        var begun = life;
        return () -> goOn(begun, action);
    }

    /** Goes on with what was begun in a life, if that is still alive. */
    void goOn(int begun, Runnable action) {
        whenAwake(() -> {
            if (up && life == begun) {
                action.run();
            } else if (oldLives.contains(begun)) {
                world.count(RarePath.OLD_THREAD);
                oldThread = true;
                try {
                    action.run();
                } finally {
                    oldThread = false;
                }
            }
        });
    }

    /** At once, or when the site's process is allowed to go on. */
    void whenAwake(Runnable action) {
        if (paused) {
            whenAwake.add(action);
        } else {
            action.run();
        }
    }

    // The sweep, and the timer of the ballot

    private void arm() {
        var due = disk.countdown(now());
        if (up && due.isPresent() && due.get().ballot() != armed) {
            var ballot = due.get().ballot();
            armed = ballot;
            world.agenda().in(due.get().left().toMillis() + 1, ifAlive(() -> ring(ballot)));
        }
    }

    private void ring(int ballot) {
        world.countIf(
                disk.openBallot()
                        .filter(open -> open.number() == ballot && !open.isOver(now()))
                        .isPresent(),
                RarePath.TIMER_BEFORE_CLOCK);
        runAll("timer of " + ballot, Named.ballot(ballot), replica -> replica.onDeadline(ballot, now()));
    }

    /** Plans the next sweep, unless one comes sooner: in a while for what is owed, or when the clock brings something. */
    private void planSweep() {
        var here = world.agenda().now();
        var owed = disk.errands(now()).stream().anyMatch(Errand::owed);
        var wake = disk.wakeAt(now()).map(at -> at.toEpochMilli() - ahead).orElse(Long.MAX_VALUE);
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
        if (rebuilding) {
            return;
        }
        pause = Math.min(world.pauseMax(), pause * 2);
        runAll("tick", Named.NOTHING, replica -> replica.onTick(now()));
    }

    private void runAll(String what, Named named, Consumer<EventReplica> rule) {
        var owed = debts(named.load(settings, disk));
        step(what, named, replica -> {
            rule.accept(replica);
            return "";
        });
        named.load(settings, disk).errands(now()).stream()
                .filter(errand -> owed.contains(errand.debt()))
                .forEach(errands::run);
    }

    /** Another site may be back: what is owed is due now. */
    void hasten() {
        errands.hasten();
        pause = PAUSE_MIN;
        planSweep();
    }

    /** Drops what need not be remembered any longer. */
    void forget() {
        if (rebuilding) {
            return;
        }
        step("forgets", Named.CLOSED, replica -> {
            replica.forget(now());
            return "";
        });
    }

    /** Nothing to tell, nothing to ask, nothing undecided, no ballot open. */
    boolean isQuiet() {
        return isUp()
                && disk.errands(now()).stream().noneMatch(Errand::owed)
                && !disk.hasHold()
                && disk.openBallot().isEmpty();
    }

    // Trouble

    void crash(long downFor) {
        if (!up) {
            return;
        }
        world.trace(name(), () -> "dies for " + downFor + " ms");
        world.countIf(rebuilding, RarePath.REBUILD_INTERRUPTED);
        // Where the clock was put back, a timer of the old life rings before its time.
        if (world.chance().in(clock < ahead ? 1 : 0.1)) {
            oldLives.add(life); // its door is closed and another process starts, but its threads live on
        }
        goAway();
        up = false;
        life++;
        paused = false;
        whenAwake.clear();
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
        comeBack();
        ahead = clock;
        armed = 0;
        world.countIf(isPublishing(), RarePath.RESUMED_PUBLISH);
        world.hasten();
        if (rebuilding) {
            announceLoss();
        }
        world.countIf(!givenUp.isEmpty(), RarePath.SHREDDED_AFTER_A_CRASH);
        shred();
        sweep();
    }

    // The loss of the disk

    /** Everything is gone; what comes back is another database, which has to be filled from the others. */
    void loseDisk(long downFor) {
        crash(downFor);
        world.trace(name(), () -> "has lost its disk");
        world.count(RarePath.DISK_LOST);
        world.countIf(disk.isMaster(), RarePath.MASTER_LOST);
        world.invariants().lost(this);
        world.acknowledged().lost(this);
        oldLives.clear();
        if (world.chance().in(0.5)) {
            bytes.clear(); // else only the database is gone
        }
        givenUp.clear();
        databases.clear();
        database++;
        rebuilding = true;
        disk = EventReplica.absent(settings, world.event());
    }

    private void announceLoss() {
        world.network().askAllAnew(this, peers(), peer -> peer.hearOfLoss(name(), database), answers -> {
            if (!answers.keySet().equals(peers())) {
                again();
                return;
            }
            answers.values()
                    .forEach(known -> known.forEach((site, newest) -> databases.merge(site, newest, Math::max)));
            answers.forEach((peer, known) -> databases.put(peer, known.get(peer)));
            world.network().askAll(this, peers(), peer -> world.door(peer).testimony(name()), this::comeBack);
        });
    }

    private void again() {
        world.agenda().in(world.chance().between(PAUSE_MIN, 2_000), ifAlive(() -> {
            if (rebuilding) {
                announceLoss();
            }
        }));
    }

    /** Another site has lost its disk: from now on it is known by its new database only. */
    private SortedMap<SiteName, Integer> hearOfLoss(SiteName lost, int newest) {
        askDatabase();
        if (newest < databaseOf(lost)) {
            throw Interrupted.byDeafness();
        }
        databases.put(lost, newest);
        var known = new TreeMap<>(databases);
        known.put(name(), database);
        return known;
    }

    private void comeBack(SortedMap<SiteName, Testimony> testimonies) {
        if (!rebuilding) {
            return;
        }
        if (!testimonies.keySet().equals(peers())) {
            again();
            return;
        }
        try {
            step("adopts " + testimonies, Named.EVERYTHING, replica -> {
                replica.adopt(testimonies, now());
                return "";
            });
        } catch (Interrupted e) {
            if (e.isAlive()) {
                again();
            }
            throw e;
        }
        var old = bytes.size();
        bytes.retainAll(named());
        world.countIf(bytes.size() < old, RarePath.OLD_BYTES_AFTER_REBUILD);
        bytes.addAll(named());
        rebuilding = false;
        world.count(RarePath.REBUILT);
        world.isRebuilt();
        world.trace(name(), () -> "serves again");
        world.hasten();
        hasten();
    }

    /** The process stands still, with all that it has in its hands. */
    void pause(long millis) {
        if (isUp()) {
            world.trace(name(), () -> "stands still for " + millis + " ms");
            goAway();
            paused = true;
            world.agenda().in(millis, this::wake);
        }
    }

    void wake() {
        if (!paused) {
            return;
        }
        world.trace(name(), () -> "goes on");
        paused = false;
        comeBack();
        world.hasten();
        var waiting = List.copyOf(whenAwake);
        whenAwake.clear();
        waiting.forEach(action -> world.agenda().in(world.chance().between(0, 100), () -> whenAwake(action)));
    }

    private void goAway() {
        awaySince = world.agenda().now();
    }

    private void comeBack() {
        var owing = disk.hasHold() || disk.errands(now()).stream().anyMatch(Errand::owed);
        world.countIf(owing && world.agenda().now() - awaySince >= A_DAY, RarePath.AWAY_FOR_A_DAY);
    }

    /** Every step fails for a while; what is in memory stays there. */
    void crashDatabase(long downFor) {
        world.trace(name(), () -> "its database dies for " + downFor + " ms");
        world.count(RarePath.DATABASE_CRASHED);
        databaseBackAt = Math.max(databaseBackAt, world.agenda().now() + downFor);
    }

    /** @throws Interrupted while the database is away */
    void askDatabase() {
        if (world.agenda().now() < databaseBackAt) {
            throw Interrupted.byDatabase();
        }
    }

    /** All is well again. */
    void recover() {
        databaseBackAt = 0;
        restart();
        wake();
        if (rebuilding) {
            announceLoss(); // whatever has begun it may be under way for long
        }
        hasten();
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
        world.count(millis < 0 ? RarePath.CLOCK_JUMPED_BACK : RarePath.CLOCK_JUMPED_AHEAD);
        clock += millis;
        ahead = Math.max(ahead, clock);
        planSweep();
    }

    // Bytes

    void keepBytes(Sha256 sent) {
        bytes.add(sent);
        world.invariants().sent(this, sent);
    }

    boolean hasBytes(Sha256 photo) {
        return bytes.contains(photo);
    }

    /** The bytes that rows here name. */
    SortedSet<Sha256> named() {
        return naming().map(photo -> photo.picture().sha256()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The photos whose rows here name bytes. */
    Stream<Photo> naming() {
        var holds = disk.transactions().values().stream()
                .filter(Transaction::isHold)
                .flatMap(held -> held.change().stream())
                .flatMap(change -> change instanceof AddPhoto add ? Stream.of(add.photo()) : Stream.empty());
        return Stream.of(
                        disk.photos().values().stream(),
                        disk.uploads().values().stream().map(Upload::photo),
                        holds)
                .flatMap(photos -> photos)
                .filter(photo -> !photo.isErased());
    }

    /** What has to go is on the disk with the step that gives it up; it goes a little later, or after the next start. */
    private void giveUp(SortedSet<Sha256> unnamed) {
        if (!unnamed.isEmpty()) {
            givenUp.addAll(unnamed);
            world.agenda().in(world.chance().between(0, 100), ifAlive(this::shred));
        }
    }

    private void shred() {
        if (rebuilding) {
            return;
        }
        var named = named();
        for (var one : givenUp) {
            world.countIf(named.contains(one), RarePath.SAME_BYTES_STAY);
            world.countIf(!named.contains(one) && bytes.remove(one), RarePath.SHREDDED);
        }
        givenUp.clear();
    }

    Optional<Transaction> transaction(TransactionId id) {
        return Optional.ofNullable(disk.transactions().get(id));
    }
}
