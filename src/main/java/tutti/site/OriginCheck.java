package tutti.site;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;

/**
 * Refuses requests that change something and come from a page of another website. A browser says so with {@code Origin};
 * the cookie's SameSite alone would let the sites of one domain at each other.
 */
public class OriginCheck extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Inject
    private transient SiteConfig config;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var origin = request.getHeader("Origin");
        if (origin == null || isLooking(request) || isOurs(origin, request)) {
            chain.doFilter(request, response);
            return;
        }
        ProblemAnswer.send(
                response,
                HttpServletResponse.SC_FORBIDDEN,
                "foreign-origin",
                "Not from here",
                "This request came from another website and was not carried out.");
    }

    /** A WebSocket begins as a GET, but what comes over it is for our own pages only. */
    private static boolean isLooking(HttpServletRequest request) {
        return LOOKING.contains(request.getMethod()) && request.getHeader("Upgrade") == null;
    }

    /** A page of this very site, under whatever name it was opened, or of another site of the cluster. */
    private boolean isOurs(String origin, HttpServletRequest request) {
        return isThisHost(origin, request)
                || config.sites().stream().anyMatch(site -> origin.equals(origin(config.url(site))));
    }

    private static boolean isThisHost(String origin, HttpServletRequest request) {
        var host = request.getHeader("Host");
        return origin.equals("http://" + host) || origin.equals("https://" + host);
    }

    /**
     * Whether the page of another host has sent this request, so that the browser may have kept its cookies back.
     *
     * @param self where browsers reach this site
     */
    public static boolean isFromAnotherHost(HttpServletRequest request, URI self) {
        var origin = request.getHeader("Origin");
        return origin != null && !isThisHost(origin, request) && !origin.equals(origin(self));
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
