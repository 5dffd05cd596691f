package tutti.guest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import java.util.Optional;
import tutti.event.EventId;
import tutti.site.EventDesk;
import tutti.site.SiteConfig;
import tutti.site.UserCookie;
import tutti.site.UserSecret;

/**
 * Who this browser is, and how another one becomes the same person. Its forms are plain ones, each a POST that is answered
 * with the page itself: the question in {@link Exchange} is asked by the page of a hand-over, too.
 */
@Named
@RequestScoped
public class MePage {

    @Inject
    EventDesk desk;

    @Inject
    SiteConfig config;

    @Inject
    Exchange exchange;

    @Inject
    HttpServletRequest request;

    private Optional<UserSecret> who = Optional.empty();
    private Person person;
    private boolean linkShown;
    private boolean keyWrong;
    private boolean samePerson;

    /** Does what a form has asked for. */
    public void answer() {
        who = UserCookie.shownBy(request);
        if (request.getMethod().equals("POST")) {
            switch (given("wish")) {
                case "show" -> linkShown = who.isPresent();
                case "look" -> meant().ifPresent(this::look);
                case "become" -> meant().ifPresent(this::become);
                default -> {}
            }
        }
    }

    private Optional<UserSecret> meant() {
        var meant = RecoveryLink.whoIsMeantBy(given("key"));
        keyWrong = meant.isEmpty();
        return meant;
    }

    private void look(UserSecret wanted) {
        samePerson = who.filter(wanted::equals).isPresent();
        if (!samePerson) {
            exchange.ask(wanted, Optional.empty());
        }
    }

    private void become(UserSecret wanted) {
        var outside = FacesContext.getCurrentInstance().getExternalContext();
        UserCookie.give(request, (HttpServletResponse) outside.getResponse(), wanted);
        var event = given("event");
        PageAddress.leadsTo(EventId.isEventId(event) ? "/e/" + event : RecoveryLink.PATH);
    }

    private String given(String parameter) {
        return Objects.requireNonNullElse(request.getParameter(parameter), "");
    }

    public Person getPerson() {
        if (person == null) {
            person = who.map(secret -> Person.of(secret.id(), desk)).orElse(Person.NOBODY);
        }
        return person;
    }

    /** Who is nobody yet has no use for a link. */
    public boolean isLinkThere() {
        return getPerson().isInvolved() && !linkShown;
    }

    public boolean isLinkShown() {
        return linkShown;
    }

    public String getLink() {
        return new RecoveryLink(config.url(config.self()), who.orElseThrow()).text();
    }

    public QrCode getQrCode() {
        return QrCode.of(getLink());
    }

    public boolean isKeyWrong() {
        return keyWrong;
    }

    /** The link is this very browser's. */
    public boolean isSamePerson() {
        return samePerson;
    }
}
