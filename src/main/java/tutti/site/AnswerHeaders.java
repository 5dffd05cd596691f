package tutti.site;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;

/**
 * Tells browsers to trust nothing but this site: no scripts, styles or frames from elsewhere, no guessing of types, no event's
 * address in the referrer of a link that leads away, and, once they have come by HTTPS, never to come without.
 */
public class AnswerHeaders extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String POLICY_HEADER = "Content-Security-Policy";
    private static final String REFERRER_HEADER = "Referrer-Policy";

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                    + " connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader(POLICY_HEADER, POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(REFERRER_HEADER, "same-origin");
        response.setHeader("X-Frame-Options", "DENY");
        if (UserCookie.isHttps(request)) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        chain.doFilter(request, response);
    }

    /**
     * Lets the forms of this one page be sent to another site, too, which learns from what host they come and no more.
     * Without that it would hear of no origin at all, and had to refuse them.
     */
    public static void letFormsGoTo(URI site, HttpServletResponse response) {
        response.setHeader(POLICY_HEADER, POLICY + " " + site);
        response.setHeader(REFERRER_HEADER, "strict-origin");
    }
}
