package tutti.simulation;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import tutti.commit.SiteName;

/** The lines between the sites. A call gets one answer or none; what happened at the other end is another matter. */
final class Network {

    private final Agenda agenda;
    private final Chance chance;
    private final SortedMap<SiteName, Site> sites;
    private final SortedSet<String> cut = new TreeSet<>();
    private final long patience;
    private Weather weather;

    /** Every caller waits up to {@code patience} milliseconds for an answer. */
    Network(Agenda agenda, Chance chance, SortedMap<SiteName, Site> sites, Weather weather, long patience) {
        this.agenda = agenda;
        this.chance = chance;
        this.sites = sites;
        this.weather = weather;
        this.patience = patience;
    }

    void calm() {
        weather = Weather.CALM;
        cut.clear();
    }

    /** Nothing goes from the one to the other for a while; the other way is not touched. */
    void cut(SiteName from, SiteName to, long millis) {
        cut.add(from + ">" + to);
        agenda.in(millis, () -> cut.remove(from + ">" + to));
    }

    /** Asks one site; {@code done} hears of it once, unless the caller dies before. */
    <A> void ask(Site from, SiteName to, Function<Site, A> question, Consumer<Optional<A>> done) {
        var peer = sites.get(to);
        var call = new Call<>(from, done);
        if (chance.in(weather.loss() / 2)) {
            agenda.in(1, () -> call.finish(Optional.empty())); // the line is known to be bad, and not even tried
            return;
        }
        for (var copies = chance.in(weather.twice()) ? 2 : 1; copies > 0; copies--) {
            if (!chance.in(weather.loss())) {
                agenda.in(delay(), () -> deliver(call, peer, () -> question.apply(peer)));
            }
        }
        agenda.in(patience, () -> call.finish(Optional.empty()));
    }

    /** Asks several sites side by side; {@code done} gets the answers that came, once no more is waited for. */
    <A> void askAll(
            Site from, SortedSet<SiteName> to, Function<Site, A> question, Consumer<SortedMap<SiteName, A>> done) {
        var answers = new TreeMap<SiteName, A>();
        var open = new TreeSet<>(to);
        for (var peer : to) {
            ask(from, peer, question, answer -> {
                answer.ifPresent(value -> answers.put(peer, value));
                open.remove(peer);
                if (open.isEmpty()) {
                    done.accept(answers);
                }
            });
        }
    }

    private <A> void deliver(Call<A> call, Site to, Supplier<A> question) {
        if (cut.contains(call.from.name() + ">" + to.name())) {
            return;
        }
        if (!to.isUp()) {
            call.finish(Optional.empty()); // connection refused
            return;
        }
        var answer = question.get();
        if (!chance.in(weather.loss()) && !cut.contains(to.name() + ">" + call.from.name())) {
            agenda.in(delay(), () -> call.finish(Optional.of(answer)));
        }
    }

    private long delay() {
        if (chance.in(weather.late())) {
            return chance.between(5_000, 150_000);
        }
        return chance.in(weather.slow()) ? chance.between(100, 6_000) : chance.between(1, 60);
    }

    private static final class Call<A> {

        private final Site from;
        private final int life;
        private final Consumer<Optional<A>> done;
        private boolean finished;

        Call(Site from, Consumer<Optional<A>> done) {
            this.from = from;
            this.life = from.life();
            this.done = done;
        }

        void finish(Optional<A> answer) {
            if (finished) {
                return;
            }
            finished = true;
            if (from.isUp() && from.life() == life) {
                done.accept(answer);
            }
        }
    }
}
