package tutti.guest;

import java.util.List;
import java.util.stream.Collectors;
import tutti.photo.ContributorId;
import tutti.site.EventDesk;
import tutti.site.EventView;

/**
 * Somebody as they know themselves: by the names that they have given, and the events that they have a part in.
 *
 * @param names with commas between them; empty where none was given
 * @param events the newest first
 */
public record Person(String names, List<EventView> events) {

    static final Person NOBODY = new Person("", List.of());

    static Person of(ContributorId who, EventDesk desk) {
        var events = desk.eventsOf(who);
        var names = events.stream()
                .flatMap(event -> event.contributors().stream())
                .filter(EventView.Contributor::you)
                .map(EventView.Contributor::name)
                .filter(name -> !name.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        return new Person(names, events);
    }

    /** Whether there is anything that this person could lose. */
    public boolean isInvolved() {
        return !events.isEmpty();
    }

    public boolean isNamed() {
        return !names.isEmpty();
    }
}
