package tutti.guest;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import tutti.site.CurrentUser;
import tutti.site.EventDesk;
import tutti.site.EventView;
import tutti.site.EventView.Status;

/**
 * What stands on a screen in the room: how to get in, how many are, how long the vote still runs, and in the end the
 * montage. Before that it shows the montage only where the browser behind the screen is a contributor's.
 */
@Named
@RequestScoped
public class WallPage {

    @Inject
    EventDesk desk;

    @Inject
    CurrentUser user;

    @Inject
    HttpServletRequest request;

    private Optional<EventView> event = Optional.empty();
    private Optional<Duration> timeLeft = Optional.empty();

    @PostConstruct
    void read() {
        event = PageAddress.eventIn(request)
                .flatMap(id -> desk.view(id, user.id()))
                .filter(view -> view.status() != Status.CANCELLED && view.status() != Status.TAKEN_DOWN);
        timeLeft = event.filter(view -> view.status() == Status.VOTING).flatMap(view -> desk.timeLeft(view.id()));
    }

    /** Ends in the page for the lost where there is no such event. */
    public void require() throws IOException {
        if (event.isEmpty()) {
            PageAddress.leadsNowhere();
        }
    }

    public boolean isFound() {
        return event.isPresent();
    }

    public EventView getEvent() {
        return event.orElseThrow();
    }

    public String getStatus() {
        return getEvent().status().code();
    }

    public boolean isOpen() {
        return getEvent().status() == Status.OPEN;
    }

    public boolean isVoting() {
        return getEvent().status() == Status.VOTING;
    }

    public boolean isPublished() {
        return getEvent().status() == Status.PUBLISHED;
    }

    public boolean isCountingDown() {
        return timeLeft.isPresent();
    }

    /** A second that has begun counts. */
    public long getSecondsLeft() {
        return timeLeft.map(left -> left.plusMillis(999).toSeconds()).orElse(0L);
    }

    public boolean isMontageVisible() {
        return getEvent().montage().isPresent();
    }

    public String getMontageUrl() {
        return request.getContextPath() + "/api/v1/events/" + getEvent().id() + "/montage?v="
                + getEvent().version().digest();
    }

    /** Where people in the room are led: into the event, or, when all is done, to what they can take home. */
    public String getLink() {
        var url = getEvent().url();
        return isPublished() ? url.replaceFirst("/e/(?=[^/]*$)", "/p/") : url;
    }

    public QrCode getQrCode() {
        return QrCode.of(getLink());
    }
}
