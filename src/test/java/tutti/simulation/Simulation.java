package tutti.simulation;

import java.util.List;
import java.util.stream.Stream;
import tutti.event.Phase;
import tutti.replica.Transaction;

/** One history: a storm, then calm, then a ballot in which everybody says yes. */
final class Simulation {

    /** For sites to find each other again, learn what they missed, and close what is open. In milliseconds. */
    private static final long SETTLING = 3 * World.CALM_PAUSE_MAX + 10_000;

    /** The longest voting period twice, since a clock that jumps back may give it once more, and the longest grace. */
    private static final long LONGEST_BALLOT = 2 * 20_000 + 8_000;

    /** By when everything is over that was begun or stirred up. */
    private static final long IN_BOUND = SETTLING + LONGEST_BALLOT;

    private static final int FORGETTING_A_NIGHT = 5;
    private static final long AN_HOUR = 3_600_000;
    private static final long A_DAY = 24 * AN_HOUR;

    private final World world;
    private final Users users;
    private boolean nightFalls;

    private Simulation(long seed, boolean traced) {
        world = new World(seed, traced);
        users = new Users(world);
    }

    /**
     * Lives through the history of one seed.
     *
     * @return how often it came by rare paths
     * @throws Violation if anything happened that must not, with the last steps before it
     */
    static Counters run(long seed) {
        try {
            return new Simulation(seed, false).live();
        } catch (RuntimeException e) {
            throw replayed(seed, e);
        }
    }

    /** What the sites of one history log. */
    static List<String> logOf(long seed) {
        var simulation = new Simulation(seed, false);
        simulation.world.keepLog();
        simulation.live();
        return simulation.world.log();
    }

    /** The whole history of one seed, a line for each step. */
    static List<String> trace(long seed) {
        var simulation = new Simulation(seed, true);
        simulation.live();
        return simulation.world.trace();
    }

    private static Violation replayed(long seed, RuntimeException first) {
        var again = new Simulation(seed, true);
        try {
            again.live();
        } catch (RuntimeException e) {
            var same = e.toString().equals(first.toString()) ? "" : " (and not the same again: " + e + ")";
            return new Violation(
                    "seed %s%s: %s%nThe last steps before it; -Dtutti.seed=%s lives through all of them again.%n%s"
                            .formatted(seed, same, first.getMessage(), seed, again.world.traceEnd()),
                    e);
        }
        return new Violation("seed %s fails only once: %s".formatted(seed, first.getMessage()), first);
    }

    private Counters live() {
        storm();
        world.calm();
        users.concludeAll();
        comeToRest("after the storm");
        users.letGoOn();
        if (world.chance().in(0.5)) {
            world.sites().forEach(Site::forget);
            checkAtRest("after all that is over was forgotten");
            world.invariants().checkForgotten();
        }
        everybodyAccepts();
        somebodyRegrets();
        return world.counters();
    }

    private void storm() {
        var agenda = world.agenda();
        var chance = world.chance();
        var end = chance.between(20_000, 120_000);
        if (chance.in(world.weather().trouble() * 4)) {
            world.network()
                    .cut(
                            chance.oneOf(world.sites()).name(),
                            chance.oneOf(world.sites()).name(),
                            end / 2);
        }
        var hurry = chance.between(1, 4) * 1_000;
        var nights = world.hasDays() ? chance.between(1, 3) : 0;
        while (agenda.now() < end && !world.isPublishedEverywhere()) {
            agenda.runUntil(agenda.now() + (chance.in(0.5) ? chance.between(0, 60) : chance.between(0, hurry)));
            agenda.in(0, users::doSomething);
            if (chance.in(world.weather().trouble())) {
                agenda.in(0, this::trouble);
            }
            if (chance.in(world.weather().trouble())) {
                agenda.in(0, users::forceOutcomes);
            }
            if (nights > 0 && chance.in(nightFalls ? 0.2 : 0.02)) {
                nights--;
                end += night();
            }
        }
        agenda.runUntil(agenda.now());
    }

    /** Nobody does anything but the sites, which do their housekeeping, and mostly an operator who was called. */
    private long night() {
        var chance = world.chance();
        var length = chance.between(A_DAY / 2, 2 * A_DAY);
        for (var site : world.sites()) {
            for (var i = 0; i < FORGETTING_A_NIGHT; i++) {
                world.agenda().in(chance.between(0, length), site.ifAlive(site::forget));
            }
        }
        if (chance.in(0.9)) {
            world.agenda().in(chance.between(0, AN_HOUR), users::concludeAll);
        }
        world.agenda().runUntil(world.agenda().now() + length);
        nightFalls = false;
        return length;
    }

    private void trouble() {
        var chance = world.chance();
        var site = chance.oneOf(world.sites());
        var time = world.troubleTime();
        nightFalls |= time >= A_DAY;
        var dice = chance.below(100);
        if (dice < 40) {
            world.network().cut(site.name(), chance.oneOf(world.sites()).name(), time);
        } else if (dice < 48) {
            isolate(site, time);
        } else if (dice < 73) {
            site.crash(time);
        } else if (dice < 77) {
            world.count(RarePath.ALL_SITES_CRASHED);
            world.sites().forEach(one -> one.crash(chance.between(100, time)));
        } else if (dice < 83) {
            site.crashDatabase(time);
        } else if (dice < 90) {
            site.pause(time);
        } else if (dice < 94) {
            loseDisk(chance.in(0.4) ? site : amongThoseInDoubt(site), time);
        } else if (dice < 97) {
            var timed = users.founder().disk().openBallot().isPresent() || chance.in(0.5);
            jumpClock(timed ? users.founder() : site);
        } else {
            site.forget();
        }
    }

    /** One at a time, since what one site alone knows decides; and the model that reads logs knows of none. */
    private void loseDisk(Site site, long time) {
        if (!world.isLogging() && world.sites().stream().noneMatch(Site::isRebuilding)) {
            site.loseDisk(time);
        }
    }

    /** One that has promised something, or is asked how that was decided. */
    private Site amongThoseInDoubt(Site otherwise) {
        var held = world.sites().stream()
                .flatMap(site -> site.disk().transactions().values().stream()
                        .filter(Transaction::isHold)
                        .flatMap(hold -> Stream.of(site, world.site(hold.id().coordinator()))))
                .toList();
        return held.isEmpty() ? otherwise : world.chance().oneOf(held);
    }

    private void jumpClock(Site site) {
        var chance = world.chance();
        site.jumpClock(chance.in(0.2) ? chance.between(-A_DAY - 1, A_DAY + 1) : chance.between(-20_000, 20_000));
        if (chance.in(0.8)) {
            site.crash(chance.between(100, 1_000)); // only a process that starts follows a clock back
        }
    }

    private void isolate(Site site, long time) {
        for (var other : site.peers()) {
            world.network().cut(site.name(), other, time);
            world.network().cut(other, site.name(), time);
        }
    }

    /** Everything ends in bound; what still arrives after that, from long ago, changes nothing. */
    private void comeToRest(String when) {
        var agenda = world.agenda();
        agenda.runUntil(agenda.now() + IN_BOUND);
        while (!isQuiet() && world.lastLateArrival() > agenda.now() - IN_BOUND) {
            agenda.runUntil(
                    world.lastLateArrival() + IN_BOUND); // what came just now from long ago has stirred somebody up
        }
        checkAtRest(when);
        agenda.runUntil(agenda.now() + 20 * A_DAY);
        checkAtRest(when + ", and after the last late message");
        Violation.unless(agenda.isEmpty(), "8: there is no end to it, %s", when);
    }

    private boolean isQuiet() {
        return world.sites().stream().allMatch(Site::isQuiet);
    }

    private void checkAtRest(String when) {
        for (var site : world.sites()) {
            Violation.unless(
                    site.isQuiet(),
                    "8: %s is not at rest %s: %s, %s",
                    site.name(),
                    when,
                    site.disk().event().phase(),
                    site.disk().errands(site.now()));
        }
        world.invariants().checkAtRest();
    }

    /** Consent is taken back after the publication, at one site or two, while others are away. */
    private void somebodyRegrets() {
        if (!world.isPublishedEverywhere() || !world.chance().in(0.7)) {
            return;
        }
        var chance = world.chance();
        for (var i = 0; i < 2; i++) {
            world.agenda()
                    .in(
                            chance.between(0, 3_000),
                            chance.in(0.5)
                                    ? () -> users.takeDown(chance.oneOf(world.sites()))
                                    : () -> users.erase(chance.oneOf(world.sites())));
            world.agenda().in(chance.between(0, 3_000), () -> chance.oneOf(world.sites())
                    .crash(chance.between(100, 20_000)));
        }
        if (chance.in(0.3)) {
            world.agenda().in(chance.between(0, 3_000), () -> loseDisk(chance.oneOf(world.sites()), 1_000));
        }
        comeToRest("after somebody's regret");
    }

    private void everybodyAccepts() {
        if (world.chance().in(0.5)) {
            users.everybodyVotes(800, 1);
            world.agenda().in(world.chance().between(0, 800), () -> users.contributors().stream()
                    .findAny()
                    .ifPresent(one -> users.upload(one, world.chance().oneOf(world.sites()))));
            comeToRest("after a photo has met a ballot");
        }
        var phase = users.founder().disk().event().phase();
        if (phase == Phase.OPEN && !users.contributors().isEmpty()) {
            users.everybodyVotesAtHome();
            comeToRest("after everybody has accepted");
            Violation.unless(
                    users.founder().disk().event().phase().isAfterPublication(),
                    "8: everybody has accepted, and nothing is published");
        }
    }
}
