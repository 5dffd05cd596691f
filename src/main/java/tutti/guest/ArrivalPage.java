package tutti.guest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import java.util.Optional;
import tutti.site.EventDesk;
import tutti.site.HandOver;
import tutti.site.HandOverDesk;
import tutti.site.OriginCheck;
import tutti.site.SiteConfig;
import tutti.site.UserCookie;
import tutti.site.UserSecret;

/**
 * Receives a user whom another site has sent home, and ends at the event. A browser that comes from a page of another host
 * does not show who it is here so far, so it is told to send the same again, from a page of this site. One that has been
 * somebody else here is asked.
 */
@Named
@RequestScoped
public class ArrivalPage {

    @Inject
    HandOverDesk desk;

    @Inject
    EventDesk events;

    @Inject
    SiteConfig config;

    @Inject
    Exchange exchange;

    @Inject
    HttpServletRequest request;

    private Optional<HandOver> handOver = Optional.empty();
    private boolean onTheWay;

    public void arrive() {
        if (!request.getMethod().equals("POST")) {
            PageAddress.leadsTo("/");
            return;
        }
        handOver = desk.open(getToken());
        handOver.ifPresent(this::receive);
    }

    private void receive(HandOver sent) {
        var here = UserCookie.shownBy(request);
        if (here.isEmpty() && OriginCheck.isFromAnotherHost(request, config.url(config.self()))) {
            onTheWay = true;
        } else if (here.filter(sent.who()::equals).isPresent()) {
            end(sent);
        } else {
            // Before the token is used up: the database may be away.
            var someoneElse = here.filter(this::isInvolved).isPresent();
            if (desk.admits(sent)) {
                take(sent, someoneElse);
            }
        }
    }

    private void take(HandOver sent, boolean someoneElse) {
        if (someoneElse) {
            exchange.ask(sent.who(), Optional.of(sent.event()));
            return;
        }
        var outside = FacesContext.getCurrentInstance().getExternalContext();
        UserCookie.give(request, (HttpServletResponse) outside.getResponse(), sent.who());
        end(sent);
    }

    private boolean isInvolved(UserSecret who) {
        return !events.eventsOf(who.id()).isEmpty();
    }

    private static void end(HandOver sent) {
        PageAddress.leadsTo("/e/" + sent.event());
    }

    /** The browser has to send it once more. */
    public boolean isOnTheWay() {
        return onTheWay;
    }

    public String getToken() {
        return Objects.requireNonNullElse(request.getParameter("token"), "");
    }

    public String getSelf() {
        return config.self().name();
    }

    public String getUrl() {
        return request.getContextPath() + DeparturePage.ARRIVAL;
    }

    /** Whether it is known where the user comes from. */
    public boolean isWayBackKnown() {
        return handOver.map(HandOver::from).filter(config.sites()::contains).isPresent();
    }

    public String getFrom() {
        return handOver.orElseThrow().from().name();
    }

    public String getWayBack() {
        var sent = handOver.orElseThrow();
        return events.urlAt(sent.from(), sent.event());
    }
}
