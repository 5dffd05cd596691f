package tutti.simulation;

import java.util.List;
import tutti.event.Phase;

/** One history: a storm, then calm, then a ballot in which everybody says yes. */
final class Simulation {

    /** For sites to find each other again, learn what they missed, and close what is open. In milliseconds. */
    private static final long SETTLING = 3 * Site.PAUSE_MAX + 10_000;

    /** The longest voting period, the longest grace, and the longest jump of a clock. */
    private static final long LONGEST_BALLOT = 20_000 + 8_000 + 20_000;

    private final World world;
    private final Users users;

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

    private static Violation replayed(long seed, RuntimeException first) {
        var again = new Simulation(seed, true);
        try {
            again.live();
        } catch (RuntimeException e) {
            var same = e.toString().equals(first.toString()) ? "" : " (and not the same again: " + e + ")";
            return new Violation("seed %s%s: %s%n%s".formatted(seed, same, first.getMessage(), again.world.trace()), e);
        }
        return new Violation("seed %s fails only once: %s".formatted(seed, first.getMessage()), first);
    }

    private Counters live() {
        storm();
        world.calm();
        comeToRest("after the storm");
        everybodyAccepts();
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
        while (agenda.now() < end && !world.isPublishedEverywhere()) {
            agenda.runUntil(agenda.now() + (chance.in(0.5) ? chance.between(0, 60) : chance.between(0, hurry)));
            agenda.in(0, users::doSomething);
            if (chance.in(world.weather().trouble())) {
                agenda.in(0, this::trouble);
            }
        }
        agenda.runUntil(agenda.now());
    }

    private void trouble() {
        var chance = world.chance();
        var site = chance.oneOf(world.sites());
        var dice = chance.below(100);
        if (dice < 55) {
            var other = chance.oneOf(world.sites());
            world.network().cut(site.name(), other.name(), chance.between(500, 25_000));
        } else if (dice < 95) {
            site.crash(chance.between(100, 25_000));
        } else {
            site.jumpClock(chance.between(-20_000, 20_000));
        }
    }

    /** Everything ends in bound; what still arrives after that, from long ago, changes nothing. */
    private void comeToRest(String when) {
        var agenda = world.agenda();
        agenda.runUntil(agenda.now() + SETTLING + LONGEST_BALLOT);
        checkAtRest(when);
        agenda.runUntil(agenda.now() + 200_000);
        checkAtRest(when + ", and after the last late message");
        Violation.unless(agenda.isEmpty(), "8: there is no end to it, %s", when);
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
                    users.founder().disk().event().phase() == Phase.PUBLISHED,
                    "8: everybody has accepted, and nothing is published");
        }
    }
}
