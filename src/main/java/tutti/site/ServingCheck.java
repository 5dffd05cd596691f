package tutti.site;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import tutti.journal.StorageUnavailable;

/** Lets users in only while this site may serve; else it says why, as a page or as problem+json. Peers have a check of their own. */
public class ServingCheck extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String REBUILDING = "/rebuilding.xhtml";

    /** For peers, for operators, and the styles of the page that says why. */
    private static final List<String> ALWAYS_OPEN =
            List.of("/internal/", "/admin", "/health", "/metrics", "/openapi", "/jakarta.faces.resource/");

    private static final int RETRY_AFTER_SECONDS = 10;

    @Inject
    private transient Standing standing;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        if (ALWAYS_OPEN.stream().anyMatch(path::startsWith) || mayServe()) {
            chain.doFilter(request, response);
            return;
        }
        response.setIntHeader("Retry-After", RETRY_AFTER_SECONDS);
        if (path.startsWith("/api/")) {
            ProblemAnswer.send(
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "rebuilding",
                    "This site is being made again",
                    standing.trouble().orElse("Please try again in a moment."));
        } else {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            request.getRequestDispatcher(REBUILDING).forward(request, response);
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
