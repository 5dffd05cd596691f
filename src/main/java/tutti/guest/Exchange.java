package tutti.guest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import tutti.event.EventId;
import tutti.site.EventDesk;
import tutti.site.UserCookie;
import tutti.site.UserSecret;

/**
 * The question whether a browser shall be somebody else from now on. Nothing changes before it is answered: a link can come
 * from anybody, and whoever became its owner unknowingly would add photos and votes in that one's name.
 */
@Named
@RequestScoped
public class Exchange {

    @Inject
    EventDesk desk;

    @Inject
    HttpServletRequest request;

    private Optional<UserSecret> wanted = Optional.empty();
    private Optional<EventId> event = Optional.empty();
    private Person coming;
    private Person going;

    /** @param event where the user is on the way to; empty where it is to no event */
    void ask(UserSecret wanted, Optional<EventId> event) {
        this.wanted = Optional.of(wanted);
        this.event = event;
        coming = Person.of(wanted.id(), desk);
        going = UserCookie.shownBy(request)
                .map(secret -> Person.of(secret.id(), desk))
                .orElse(Person.NOBODY);
    }

    public boolean isAsked() {
        return wanted.isPresent();
    }

    public String getKey() {
        return wanted.orElseThrow().value();
    }

    public String getEvent() {
        return event.map(EventId::value).orElse("");
    }

    /** Whether it is a link that wants it, and not another site. */
    public boolean isByLink() {
        return event.isEmpty();
    }

    public Person getComing() {
        return coming;
    }

    public Person getGoing() {
        return going;
    }
}
