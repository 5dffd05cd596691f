package tutti.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;

/**
 * Refuses a Content-Type that is none, or that leaves open what is sent. A servlet filter, because JAX-RS answers the first
 * with a page of its own before any of its filters is asked, and takes the second for whatever would fit.
 */
public class BodyType extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getContentType() == null || isOneType(request.getContentType())) {
            chain.doFilter(request, response);
            return;
        }
        var problem = Problem.saying(ProblemKind.UNSUPPORTED_TYPE, "Say in Content-Type what it is that you send.")
                .response();
        response.setStatus(problem.getStatus());
        response.setContentType(Problem.TYPE.toString());
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(problem.getEntity().toString());
    }

    private static boolean isOneType(String contentType) {
        try {
            var type = MediaType.valueOf(contentType);
            return !type.isWildcardType() && !type.isWildcardSubtype();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
