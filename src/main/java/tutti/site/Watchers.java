package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tutti.event.EventId;
import tutti.journal.Looked;
import tutti.journal.Remembered;
import tutti.journal.ReplicaJournal;
import tutti.journal.StorageUnavailable;
import tutti.photo.ContributorId;

/**
 * Open pages that are told when there is something new to see. A change of an event that is on disk here, whoever made it
 * and at whatever site, is looked at once for all of them, and whoever sees something else than before gets the hint to look
 * again; the new montage, if there is one, is painted while they do. So nobody learns from a hint what is not theirs to know, not even that something has happened.
 *
 * <p>A hint is a convenience, never a promise: watchers are in this instance's memory only, and pages look by themselves
 * now and then. Another instance of this site that shares the database tells its own pages at their next look.
 */
@ApplicationScoped
public class Watchers {

    /** Each is an open connection; who comes later looks by itself, as pages did before there were hints. */
    static final int WATCHERS_MAX = 500;

    static final int WATCHERS_PER_USER_MAX = 8;

    /** Whoever comes without a cookie is a new user each time; nobody needs so many of one event. */
    static final int WATCHERS_PER_EVENT_MAX = 100;

    /** One open page. Its hint must return at once. */
    public interface Watcher {

        ContributorId who();

        void hint();
    }

    @Inject
    private ReplicaJournal journal;

    @Inject
    private EventViews views;

    @Inject
    private Presence presence;

    @Inject
    private PhotoDesk photos;

    @Inject
    private Together together;

    /** What each watcher of an event has seen last. */
    private final Map<EventId, Map<Watcher, EventView>> watched = new ConcurrentHashMap<>();

    private final Set<EventId> changed = ConcurrentHashMap.newKeySet();

    /** Whether the page is watched for from now on; not where there is nothing for it to see, or no room. */
    public boolean come(EventId event, Watcher watcher) {
        if (!hasRoomFor(event, watcher.who())) {
            return false;
        }
        var view = look(event).flatMap(looked -> seenBy(watcher, looked));
        view.ifPresent(seen -> watched.compute(event, (id, present) -> {
            var all = present == null ? new ConcurrentHashMap<Watcher, EventView>() : present;
            all.put(watcher, seen);
            return all;
        }));
        stillThere(event, watcher);
        return view.isPresent();
    }

    /** The page has shown a sign of life. */
    public void stillThere(EventId event, Watcher watcher) {
        Optional.ofNullable(watched.getOrDefault(event, Map.of()).get(watcher))
                .filter(seen -> seen.you().contributor())
                .ifPresent(seen -> presence.seen(event, watcher.who()));
    }

    public void go(EventId event, Watcher watcher) {
        watched.computeIfPresent(event, (id, present) -> {
            present.remove(watcher);
            return present.isEmpty() ? null : present;
        });
    }

    /** The events that somebody is looking at here. */
    Set<EventId> events() {
        return new TreeSet<>(watched.keySet());
    }

    private boolean hasRoomFor(EventId event, ContributorId who) {
        var all = watched.values().stream().mapToInt(Map::size).sum();
        var own = watched.values().stream()
                .flatMap(present -> present.keySet().stream())
                .filter(watcher -> watcher.who().equals(who))
                .count();
        var here = watched.getOrDefault(event, Map.of()).size();
        return all < WATCHERS_MAX && own < WATCHERS_PER_USER_MAX && here < WATCHERS_PER_EVENT_MAX;
    }

    /** Several changes in a row are looked at together. */
    void onRemembered(@Observes Remembered remembered) {
        if (remembered.changed()) {
            lookAgain(remembered.event());
        }
    }

    void lookAgain(EventId event) {
        if (watched.containsKey(event) && changed.add(event)) {
            together.later("hints about event " + event, () -> tell(event));
        }
    }

    private void tell(EventId event) {
        changed.remove(event); // before the look, so that what changes after it is looked at again
        var present = watched.get(event);
        if (present == null) {
            return; // the last page has gone meanwhile
        }
        look(event).ifPresent(looked -> {
            present.replaceAll((watcher, before) -> {
                var now = seenBy(watcher, looked).orElse(before);
                if (!now.equals(before)) {
                    watcher.hint();
                }
                return now;
            });
            var replica = looked.replica();
            if (present.keySet().stream()
                    .anyMatch(watcher -> replica.homeOf(watcher.who()).isPresent())) {
                photos.paintAhead(event, replica);
            }
        });
    }

    private Optional<EventView> seenBy(Watcher watcher, Looked looked) {
        return views.of(looked, watcher.who()).map(EventView::withoutClock);
    }

    private Optional<Looked> look(EventId event) {
        try {
            return journal.look(event).map(Looked::shown);
        } catch (StorageUnavailable e) {
            return Optional.empty(); // pages that look by themselves are told so
        }
    }
}
