package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tutti.event.EventId;
import tutti.photo.ContributorId;

/**
 * Who is looking at an event right now, at this site or at another one. A hint for people, who would like to know whether a
 * vote has a chance; no rule asks for it. So it lives in memory, it is forgotten after a moment, a restart forgets it all,
 * and the database never hears of it.
 */
@ApplicationScoped
public class Presence {

    /** Longer than the pause between two looks of an open page, with room for a slow line. */
    private static final Duration REMEMBERED = Duration.ofSeconds(45);

    private static final int EVENTS_MAX = 2_000;

    private final Map<EventId, Map<ContributorId, Long>> here = new ConcurrentHashMap<>();
    private final Map<EventId, Set<ContributorId>> elsewhere = new ConcurrentHashMap<>();
    private final Map<EventId, Set<ContributorId>> shown = new ConcurrentHashMap<>();

    /** A contributor's page has shown a sign of life. */
    void seen(EventId event, ContributorId who) {
        if (here.size() < EVENTS_MAX || here.containsKey(event)) {
            here.computeIfAbsent(event, fresh -> new ConcurrentHashMap<>()).put(who, System.nanoTime());
        }
    }

    /** Empty where the other sites have not been asked yet. */
    Optional<Boolean> isLooking(EventId event, ContributorId who) {
        return Optional.ofNullable(elsewhere.get(event))
                .map(there -> there.contains(who) || here(event).contains(who));
    }

    /** Those who look at these events here; what a peer is told. */
    public Map<EventId, Set<ContributorId>> here(Collection<EventId> events) {
        return events.stream().collect(Collectors.toMap(event -> event, this::here, (one, same) -> one, TreeMap::new));
    }

    private Set<ContributorId> here(EventId event) {
        var oldest = System.nanoTime() - REMEMBERED.toNanos();
        return here.getOrDefault(event, Map.of()).entrySet().stream()
                .filter(sign -> sign.getValue() - oldest > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Replaces what the other sites have said of these events before, and names those where others look now than before. */
    Set<EventId> heard(Map<EventId, Set<ContributorId>> said) {
        elsewhere.keySet().retainAll(said.keySet());
        elsewhere.putAll(said);
        here.keySet().removeIf(event -> here(event).isEmpty());
        shown.keySet().retainAll(said.keySet());
        return said.keySet().stream()
                .filter(event -> !looking(event).equals(shown.put(event, looking(event))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<ContributorId> looking(EventId event) {
        var all = new TreeSet<>(here(event));
        all.addAll(elsewhere.getOrDefault(event, Set.of()));
        return all;
    }
}
