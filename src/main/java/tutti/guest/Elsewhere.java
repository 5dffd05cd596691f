package tutti.guest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import tutti.site.EventDesk;
import tutti.site.SiteConfig;

/**
 * The same event at the sites of other hosts. A browser that is a stranger here may be known there, by a cookie that it shows
 * to that host alone.
 */
@Named
@RequestScoped
public class Elsewhere {

    /** The event's page at another site. */
    public record Door(String site, String url) {}

    @Inject
    EventDesk desk;

    @Inject
    SiteConfig config;

    @Inject
    HttpServletRequest request;

    /** Empty where all sites share one host, and so the cookie. */
    public List<Door> getDoors() {
        var event = PageAddress.eventIn(request).orElseThrow();
        var here = config.url(config.self()).getHost();
        return config.peers().stream()
                .filter(peer -> !config.url(peer).getHost().equals(here))
                .map(peer -> new Door(peer.name(), desk.urlAt(peer, event)))
                .toList();
    }
}
