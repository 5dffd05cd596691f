package tutti.simulation;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import tutti.commit.SiteName;
import tutti.photo.Sha256;

/** The lines between the sites. A call gets one answer or none; what happened at the other end is another matter. */
final class Network {

    private final World world;
    private final SortedSet<String> cut = new TreeSet<>();
    private final long patience;

    /** Every caller waits up to {@code patience} milliseconds for an answer. */
    Network(World world, long patience) {
        this.world = world;
        this.patience = patience;
    }

    void calm() {
        cut.clear();
    }

    /** Nothing goes from the one to the other for a while; the other way is not touched. */
    void cut(SiteName from, SiteName to, long millis) {
        world.trace("network", () -> "nothing from " + from + " to " + to + " for " + millis + " ms");
        cut.add(line(from, to));
        world.agenda().in(millis, () -> {
            cut.remove(line(from, to));
            world.hasten();
        });
    }

    private boolean isCut(Site from, Site to) {
        return cut.contains(line(from.name(), to.name()));
    }

    private static String line(SiteName from, SiteName to) {
        return from + ">" + to;
    }

    /** Asks one site; {@code done} hears of it once, rarely twice, and never if the caller dies before. */
    <A> void ask(Site from, SiteName to, Function<Site, A> question, Consumer<Optional<A>> done) {
        var peer = world.site(to);
        var database = from.database();
        var meant = from.databaseOf(to);
        ask(from, peer, site -> site.hear(from.name(), database, meant, question), done);
    }

    private <A> void ask(Site from, Site peer, Function<Site, A> question, Consumer<Optional<A>> done) {
        var call = new Call<A>(from, done);
        if (world.chance().in(weather().requestLoss() / 2)) {
            world.agenda().in(1, call::giveUp); // the line is known to be bad, and not even tried
            return;
        }
        send(call, peer, question);
        if (world.chance().in(weather().requestTwice())) {
            world.count(RarePath.REQUEST_TWICE);
            send(call, peer, question);
        }
        world.agenda().in(patience, call::giveUp);
    }

    /** Sends a photo's bytes to all others; {@code done} gets those that have not confirmed them. */
    void distribute(Site from, Sha256 bytes, Consumer<SortedSet<SiteName>> done) {
        askAll(from, from.peers(), peer -> world.door(peer).takeBytes(bytes), answers -> {
            SortedSet<SiteName> missing = new TreeSet<>(from.peers());
            missing.removeAll(answers.keySet());
            done.accept(missing);
        });
    }

    /** Asks several sites side by side; {@code done} gets the answers that came, once no more is waited for. */
    <A> void askAll(
            Site from, SortedSet<SiteName> to, Function<Site, A> question, Consumer<SortedMap<SiteName, A>> done) {
        askAll(to, (peer, then) -> ask(from, peer, question, then), done);
    }

    /** The same, of sites that need not know the database of the asking one. */
    <A> void askAllAnew(
            Site from, SortedSet<SiteName> to, Function<Site, A> question, Consumer<SortedMap<SiteName, A>> done) {
        askAll(to, (peer, then) -> ask(from, world.site(peer), question, then), done);
    }

    private static <A> void askAll(
            SortedSet<SiteName> to,
            BiConsumer<SiteName, Consumer<Optional<A>>> one,
            Consumer<SortedMap<SiteName, A>> done) {
        var answers = new TreeMap<SiteName, A>();
        var open = new TreeSet<>(to);
        for (var peer : to) {
            one.accept(peer, answer -> {
                if (open.remove(peer)) {
                    answer.ifPresent(value -> answers.put(peer, value));
                    if (open.isEmpty()) {
                        done.accept(answers);
                    }
                }
            });
        }
    }

    private <A> void send(Call<A> call, Site to, Function<Site, A> question) {
        if (world.chance().in(weather().requestLoss())) {
            world.count(RarePath.REQUEST_LOST);
        } else {
            world.agenda().in(delay(), () -> arrive(call, to, question));
        }
    }

    private <A> void arrive(Call<A> call, Site to, Function<Site, A> question) {
        if (isCut(call.from, to)) {
            return;
        }
        to.whenAwake(() -> {
            if (to.isUp()) {
                world.countIf(call.isGivenUp(), RarePath.REQUEST_AFTER_TIMEOUT);
                sendBack(call, to, answer(to, question));
            } else {
                call.giveUp(); // connection refused
            }
        });
    }

    /** Empty for a connection that breaks, or a site that cannot say. */
    private static <A> Optional<A> answer(Site site, Function<Site, A> question) {
        try {
            return Optional.of(question.apply(site));
        } catch (Interrupted e) {
            return Optional.empty();
        }
    }

    private <A> void sendBack(Call<A> call, Site from, Optional<A> answer) {
        if (isCut(from, call.from)) {
            world.countIf(!isCut(call.from, from), RarePath.ONE_WAY_PARTITION);
        } else if (world.chance().in(weather().answerLoss())) {
            world.count(RarePath.ANSWER_LOST);
        } else {
            world.agenda().in(delay(), () -> call.answered(answer));
            if (world.chance().in(weather().answerTwice())) {
                world.agenda().in(delay(), () -> call.answered(answer));
            }
        }
    }

    private long delay() {
        if (world.chance().in(weather().late())) {
            return world.veryLate();
        }
        return world.chance().in(weather().slow())
                ? world.chance().between(100, 6_000)
                : world.chance().between(1, 60);
    }

    private Weather weather() {
        return world.weather();
    }

    /** One caller, waiting for one answer. */
    private final class Call<A> {

        private final Site from;
        private final int life;
        private final Consumer<Optional<A>> done;
        private boolean givenUp;
        private boolean answered;

        Call(Site from, Consumer<Optional<A>> done) {
            this.from = from;
            this.life = from.life();
            this.done = done;
        }

        boolean isGivenUp() {
            return givenUp;
        }

        void giveUp() {
            if (!answered && !givenUp) {
                givenUp = true;
                from.goOn(life, () -> done.accept(Optional.empty()));
            }
        }

        void answered(Optional<A> answer) {
            if (givenUp) {
                return;
            }
            world.countIf(answered, RarePath.ANSWER_TWICE);
            answered = true;
            if (world.chance().in(weather().late())) {
                // The thread that has it gets no processor for long.
                world.agenda().in(world.veryLate(), () -> from.goOn(life, () -> done.accept(answer)));
            } else {
                from.goOn(life, () -> done.accept(answer));
            }
        }
    }
}
