package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import tutti.commit.SiteName;
import tutti.event.EventId;
import tutti.journal.Incarnations;
import tutti.journal.ReplicaJournal;
import tutti.journal.StorageUnavailable;

/**
 * Whether all sites have the same: events are compared by their digests, some at a time, while the sites serve. What differs is
 * looked at again, since what is decided at one site may still be on its way to another.
 */
@ApplicationScoped
public class Comparison {

    private static final int TRIES = 3;
    private static final int EVENTS_AT_ONCE = 200;
    private static final int LOOKS_MOST = 4;
    private static final int SHOWN_MOST = 100;
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(3);

    @Inject
    private ReplicaJournal journal;

    @Inject
    private Incarnations incarnations;

    @Inject
    private PeerLine line;

    @Inject
    private Together together;

    @Inject
    private SiteConfig config;

    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Optional<Progress> latest = Optional.empty();

    /**
     * How far one has come.
     *
     * @param ended empty while it goes on
     * @param whole whether it has come to its end; false while it goes on, and where it broke off
     * @param sites those that have answered all along, and are compared
     * @param silent those that have not
     * @param events how many have been compared so far
     * @param different how many of them are not the same everywhere, as far as that is known
     * @param shown the first of these
     */
    public record Progress(
            Instant begun,
            Optional<Instant> ended,
            boolean whole,
            SortedSet<SiteName> sites,
            SortedSet<SiteName> silent,
            int events,
            int different,
            List<Difference> shown) {}

    /** An event that is not the same everywhere. @param alike the sites that have the same of it stand together */
    public record Difference(EventId event, List<List<SiteName>> alike) {}

    /** Empty where none was begun since this site has started. */
    public Optional<Progress> latest() {
        return latest;
    }

    /** Begins one, unless one is going on. */
    public boolean begin() {
        if (running.get()) {
            return false;
        }
        together.later("a comparison of the sites", this::compare);
        return true;
    }

    private void compare() {
        if (running.compareAndSet(false, true)) {
            try {
                new Run().compare();
            } finally {
                running.set(false);
            }
        }
    }

    private final class Run {
        private final Instant begun = Instant.now();
        private final SortedSet<SiteName> sites = new TreeSet<>(config.sites());
        private SortedMap<String, Difference> different = new TreeMap<>();
        private int events;

        void compare() {
            var whole = false;
            try {
                tell(Optional.empty(), false);
                for (Optional<String> after = Optional.of(""); after.isPresent(); ) {
                    after = comparePage(after.get());
                    tell(Optional.empty(), false);
                }
                for (var look = 1; look < LOOKS_MOST && !different.isEmpty(); look++) {
                    LockSupport.parkNanos(ON_ITS_WAY.toNanos());
                    lookAgain();
                }
                whole = true;
            } finally {
                tell(Optional.of(Instant.now()), whole);
            }
        }

        /** Returns the last event of the page; empty where none comes after it. */
        private Optional<String> comparePage(String after) {
            var pages = asked(site -> eventsAt(site, after));
            var full = pages.values().stream()
                    .filter(page -> page.size() == EVENTS_AT_ONCE)
                    .map(page -> page.get(page.size() - 1).value())
                    .min(String::compareTo);
            var ids = new TreeSet<String>();
            pages.values().forEach(page -> page.forEach(id -> ids.add(id.value())));
            var here = full.map(last -> ids.headSet(last, true)).orElse(ids);
            events += here.size();
            different.putAll(differences(here));
            return full;
        }

        private void lookAgain() {
            var before = new ArrayList<>(different.keySet());
            var still = new TreeMap<String, Difference>();
            for (var from = 0; from < before.size(); from += EVENTS_AT_ONCE) {
                still.putAll(differences(before.subList(from, Math.min(from + EVENTS_AT_ONCE, before.size()))));
            }
            different = still;
        }

        private Map<String, Difference> differences(Collection<String> ids) {
            if (ids.isEmpty()) {
                return Map.of();
            }
            var wanted = ids.stream().map(EventId::new).toList();
            var digests = asked(site -> digestsAt(site, wanted));
            var found = new TreeMap<String, Difference>();
            for (var id : wanted) {
                var alike = new LinkedHashMap<String, List<SiteName>>();
                digests.forEach((site, known) -> alike.computeIfAbsent(
                                known.getOrDefault(id.value(), ""), any -> new ArrayList<>())
                        .add(site));
                if (alike.size() > 1) {
                    found.put(id.value(), new Difference(id, List.copyOf(alike.values())));
                }
            }
            return found;
        }

        /** A site that does not answer, a few times, is left out from then on: what it has is not known to be anything. */
        private <T> SortedMap<SiteName, T> asked(Function<SiteName, T> question) {
            var answers = together.ask(sites, question);
            for (var tries = 1; tries < TRIES && answers.size() < sites.size(); tries++) {
                ErrandRunner.pause();
                var missing = new TreeSet<>(sites);
                missing.removeAll(answers.keySet());
                answers.putAll(together.ask(missing, question));
            }
            sites.retainAll(answers.keySet());
            return answers;
        }

        private void tell(Optional<Instant> ended, boolean whole) {
            var silent = new TreeSet<>(config.sites());
            silent.removeAll(sites);
            latest = Optional.of(new Progress(
                    begun,
                    ended,
                    whole,
                    new TreeSet<>(sites),
                    silent,
                    events,
                    different.size(),
                    different.values().stream().limit(SHOWN_MOST).toList()));
        }
    }

    private List<EventId> eventsAt(SiteName site, String after) {
        return site.equals(config.self())
                ? here(() -> incarnations.eventsAfter(after, EVENTS_AT_ONCE))
                : line.events(site, after, EVENTS_AT_ONCE);
    }

    private Map<String, String> digestsAt(SiteName site, List<EventId> events) {
        return site.equals(config.self()) ? here(() -> journal.digests(events)) : line.digests(site, events);
    }

    /** This site is one that does not answer, too, while its database is away. */
    private <T> T here(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (StorageUnavailable e) {
            throw new PeerUnavailable(config.self(), e);
        }
    }
}
