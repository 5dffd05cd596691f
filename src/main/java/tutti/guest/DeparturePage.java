package tutti.guest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tutti.event.EventId;
import tutti.site.AnswerHeaders;
import tutti.site.HandOverDesk;
import tutti.site.HandOverDesk.Departure;
import tutti.site.UserCookie;

/**
 * Leads a user from the event at this site to the same event at their home: a form with a sealed token that goes there by
 * itself. Whose vote is taken here, or nowhere, ends at the event again.
 */
@Named
@RequestScoped
public class DeparturePage {

    /** What its address begins with; the event's id follows. */
    static final String NAME = "home";

    /** The page at the home site to which the form is sent. */
    static final String ARRIVAL = "/hand-over";

    @Inject
    HandOverDesk desk;

    @Inject
    HttpServletRequest request;

    private Departure departure;

    /** A token is made for a tap alone, not for whoever loads an address. */
    public void leave() {
        var event = PageAddress.eventIn(request).orElseThrow();
        var way = UserCookie.shownBy(request)
                .filter(who -> request.getMethod().equals("POST"))
                .flatMap(who -> desk.departure(event, who));
        way.ifPresentOrElse(this::begin, () -> stay(event));
    }

    private void begin(Departure way) {
        departure = way;
        var outside = FacesContext.getCurrentInstance().getExternalContext();
        AnswerHeaders.letFormsGoTo(way.url(), (HttpServletResponse) outside.getResponse());
    }

    private static void stay(EventId event) {
        PageAddress.leadsTo("/e/" + event);
    }

    public boolean isLeaving() {
        return departure != null;
    }

    public String getHome() {
        return departure.home().name();
    }

    public String getUrl() {
        return departure.url() + ARRIVAL;
    }

    public String getToken() {
        return departure.token();
    }
}
