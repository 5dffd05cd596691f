package tutti.guest;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import tutti.event.EventId;
import tutti.site.CurrentUser;
import tutti.site.EventDesk;
import tutti.site.EventView;

/** All that was ever published, newest first. */
@Named
@RequestScoped
public class GalleryPage {

    private static final int EVENTS_A_PAGE = 24;

    @Inject
    EventDesk desk;

    @Inject
    CurrentUser user;

    @Inject
    HttpServletRequest request;

    private List<EventView> found;

    @PostConstruct
    void read() {
        var before = Optional.ofNullable(request.getParameter("before"))
                .filter(EventId::isEventId)
                .map(EventId::new);
        // One more than is shown tells whether there are older ones.
        found = desk.published(before, EVENTS_A_PAGE + 1, user.id());
    }

    public List<EventView> getEvents() {
        return found.subList(0, Math.min(found.size(), EVENTS_A_PAGE));
    }

    public boolean isMore() {
        return found.size() > EVENTS_A_PAGE;
    }

    public String getOlder() {
        return "?before=" + found.get(EVENTS_A_PAGE - 1).id();
    }

    public boolean isFirst() {
        return request.getParameter("before") == null;
    }
}
