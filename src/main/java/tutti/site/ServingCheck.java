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
import tutti.journal.StorageUnavailable;

/**
 * Lets users in only while this site may serve, and with something new only while it takes such; else it says why, as a page
 * or as problem+json. Peers have a check of their own.
 */
public class ServingCheck extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String PAGE = "/not-serving.xhtml";
    private static final String REBUILDING = "rebuilding";
    private static final String DRAINED = "drained";

    /** For peers, for operators, and the styles of the page that says why. */
    private static final List<String> ALWAYS_OPEN =
            List.of("/internal/", "/admin", "/health", "/metrics", "/openapi", "/jakarta.faces.resource/");

    /** Where events and photos come in. */
    private static final Pattern NEW_WORK = Pattern.compile("/|/api/v1/events(?:/[^/]*/photos)?/?");

    private static final int RETRY_AFTER_SECONDS = 10;

    @Inject
    private transient Standing standing;

    @Inject
    private transient Maintenance maintenance;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        if (ALWAYS_OPEN.stream().noneMatch(path::startsWith) && !mayServe()) {
            refuse(
                    request,
                    response,
                    REBUILDING,
                    "This site is being made again",
                    standing.trouble().orElse("Please try again in a moment."));
        } else if (maintenance.isDrained()
                && request.getMethod().equals("POST")
                && NEW_WORK.matcher(path).matches()) {
            refuse(
                    request,
                    response,
                    DRAINED,
                    "This site takes nothing new",
                    "It is about to be maintained. Please use another site, or try again in a while.");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, String code, String title, String detail)
            throws IOException, ServletException {
        response.setIntHeader("Retry-After", RETRY_AFTER_SECONDS);
        if (request.getRequestURI().startsWith(request.getContextPath() + "/api/")) {
            ProblemAnswer.send(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, code, title, detail);
        } else {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            request.setAttribute("notServing", code);
            Bodiless.show(PAGE, request, response);
        }
    }

    /** Where the database is away, whoever needs it says so better. */
    private boolean mayServe() {
        try {
            return standing.serves();
        } catch (StorageUnavailable e) {
            return true;
        }
    }
}
