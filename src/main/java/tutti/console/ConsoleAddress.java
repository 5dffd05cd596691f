package tutti.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** Gives the console's pages their addresses; the views themselves have none. */
public class ConsoleAddress extends HttpFilter {
    static final String SITES = "/admin";
    static final String EVENTS = "/admin/events";
    static final String AUDIT = "/admin/audit";
    static final String LOGIN = "/admin/login";
    private static final String ACTIVITY = "/admin/activity";
    private static final String BUNDLE = "/admin/bundle";

    private static final Map<String, String> VIEWS = Map.of(
            SITES, "/WEB-INF/console/sites.xhtml",
            EVENTS, "/WEB-INF/console/events.xhtml",
            ACTIVITY, "/WEB-INF/console/activity.xhtml",
            AUDIT, "/WEB-INF/console/audit.xhtml",
            LOGIN, "/WEB-INF/console/login.xhtml");

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        var view = VIEWS.get(path.equals(SITES + "/") ? SITES : path);
        if (path.equals(BUNDLE)) {
            response.setHeader("Cache-Control", "no-store");
            chain.doFilter(request, response);
            return;
        }
        if (view == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        request.getRequestDispatcher(view).forward(request, response);
    }
}
