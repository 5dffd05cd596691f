package tutti.site;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Refuses what has come to the wrong door, addresses that could be read in two ways, and methods and forms that nothing here
 * knows. The container's own answer would tell which one it is, in which version, and Faces fails at forms in parts that do not
 * say where a part ends.
 *
 * <p>Forms come by POST alone: that is where {@link OriginCheck} and {@link RateCheck} look. Faces itself would carry out one
 * that comes in the query of a link, too, with the cookie of whoever follows it.
 */
public class RequestCheck extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final List<String> OF_PAGES = List.of("GET", "HEAD", "POST", "OPTIONS");
    private static final List<String> OF_APIS = List.of("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE");
    private static final String API = "/api/";
    private static final String INTERNAL = "/internal/";
    private static final String FORM = "application/x-www-form-urlencoded";

    /** What makes a request the answer to a form, for Faces. */
    private static final String FORM_STATE = "jakarta.faces.ViewState";

    private static final Pattern FOR_MONITORS = Pattern.compile("/(?:health|metrics)(?:/[a-z]{1,20}){0,3}");

    /** All that addresses here are written with; the rest would be another address to the container than to these checks. */
    private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9._~/-]*");

    @Inject
    private transient SiteConfig config;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        var isOfApi = path.startsWith(API) || path.startsWith(INTERNAL);
        var known = isOfApi ? OF_APIS : OF_PAGES;
        if (isAtTheWrongDoor(request.getLocalPort(), path)) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        } else if (!isPlain(path)) {
            isNowhere(path, response);
        } else if (!known.contains(request.getMethod())) {
            refuse(path, response, known);
        } else if (!isOfApi && !request.getMethod().equals("POST") && request.getParameter(FORM_STATE) != null) {
            response.sendRedirect(request.getRequestURI());
        } else if (!isOfApi && request.getMethod().equals("POST") && !isForm(request)) {
            response.setStatus(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isPlain(String path) {
        return PLAIN.matcher(path).matches() && !path.contains("//") && !path.contains("/.");
    }

    private static void isNowhere(String path, HttpServletResponse response) throws IOException {
        if (path.startsWith(API)) {
            ProblemAnswer.send(
                    response,
                    HttpServletResponse.SC_NOT_FOUND,
                    "not-found",
                    "Not found",
                    "There is nothing at this address. Check the link you were given.");
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    /** Where the sites have a door of their own, they use that one, and nobody else does. */
    private boolean isAtTheWrongDoor(int port, String path) {
        var users = config.userPorts();
        var sites = config.internalUrl(config.self()).getPort();
        return !users.contains(sites)
                && (path.startsWith(INTERNAL) ? users.contains(port) : port == sites && !isForMonitors(path));
    }

    /** What programs ask for that watch over the site: exactly these, since a page may be called much the same. */
    static boolean isForMonitors(String path) {
        return FOR_MONITORS.matcher(path).matches();
    }

    private static boolean isForm(HttpServletRequest request) {
        return request.getContentType() == null || request.getContentType().startsWith(FORM);
    }

    private static void refuse(String path, HttpServletResponse response, List<String> known) throws IOException {
        response.setHeader("Allow", String.join(", ", known));
        if (path.startsWith(API)) {
            ProblemAnswer.send(
                    response,
                    HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                    "method-not-allowed",
                    "Not possible here",
                    "This address does not support that kind of request.");
        } else {
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }
}
