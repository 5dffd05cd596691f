package tutti.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tutti.commit.SiteName;
import tutti.site.SiteConfig;
import tutti.site.SiteReporter;
import tutti.site.SiteReporter.Heard;

/** All sites at one look, as they say of themselves at this moment. */
@Named
@RequestScoped
public class SitesPage {

    @Inject
    private SiteReporter reporter;

    @Inject
    private SiteConfig config;

    @Inject
    private HttpServletRequest request;

    private Map<SiteName, Optional<Heard>> sites;
    private Instant at;

    @PostConstruct
    void ask() {
        sites = reporter.all();
        at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    public String getSelf() {
        return config.self().name();
    }

    public Verdict getVerdict() {
        return Verdict.of(sites);
    }

    public List<SiteCard> getCards() {
        return sites.entrySet().stream()
                .map(site -> new SiteCard(site.getKey(), config.url(site.getKey()), site.getValue()))
                .toList();
    }

    public List<Doubt> getDoubts() {
        return Doubt.joined(sites.values().stream().flatMap(Optional::stream).toList());
    }

    public Instant getAt() {
        return at;
    }

    public String getOperator() {
        return request.getRemoteUser();
    }

    public void leave() throws IOException, ServletException {
        request.logout();
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        FacesContext.getCurrentInstance()
                .getExternalContext()
                .redirect(request.getContextPath() + ConsoleAddress.LOGIN);
    }
}
