package tutti.site;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells whoever asks for too much in too short a time to wait, before anything of the request is read. Looking is free, but
 * nobody may have all threads look at once, or wait for bodies that do not come. Stands behind {@link UserCookie}, and is not
 * for peers; operators' logins have a check of their own.
 */
public class RateCheck extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String BUSY = "/busy.xhtml";

    /** What the page is told: how long to wait. */
    private static final String MINUTES = "tutti.minutes";

    private static final String API = "/api/";
    private static final int TOO_MANY_REQUESTS = 429;

    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** The form on the first page, and its counterpart. */
    private static final Set<String> EVENTS = Set.of("", "/api/v1/events");

    private static final Pattern PHOTOS = Pattern.compile("/api/v1/events/[^/]+/photos");

    @Inject
    private transient RateLimits limits;

    @Inject
    private transient ClientAddress addresses;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var path = request.getRequestURI()
                .substring(request.getContextPath().length())
                .replaceAll("/+$", "");
        if (path.startsWith("/internal/") || RequestCheck.isForMonitors(path)) {
            chain.doFilter(request, response);
            return;
        }
        var address = addresses.of(request);
        if (!limits.atOnce().enter(address)) {
            refuse(request, response, path, Duration.ZERO);
            return;
        }
        try {
            var delay = delay(request, path, address);
            if (delay.isEmpty()) {
                chain.doFilter(request, response);
            } else {
                refuse(request, response, path, delay.get());
            }
        } finally {
            limits.atOnce().leave(address);
        }
    }

    private Optional<Duration> delay(HttpServletRequest request, String path, String address) {
        return !path.startsWith("/admin") && CHANGING.contains(request.getMethod())
                ? limits.delay(kind(request.getMethod(), path), CurrentUser.of(request), address)
                : Optional.empty();
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, String path, Duration delay)
            throws IOException, ServletException {
        var seconds = 1 + delay.toSeconds();
        response.setHeader("Retry-After", Long.toString(seconds));
        if (path.startsWith(API)) {
            ProblemAnswer.send(
                    response,
                    TOO_MANY_REQUESTS,
                    "too-many-requests",
                    "Too many requests",
                    "That was a lot in a short time. Please try again in " + words(seconds) + ".");
        } else {
            response.setStatus(TOO_MANY_REQUESTS);
            request.setAttribute(MINUTES, minutes(seconds));
            Bodiless.show(BUSY, request, response);
        }
    }

    private static RateLimits.Kind kind(String method, String path) {
        if (method.equals("POST") && EVENTS.contains(path)) {
            return RateLimits.Kind.EVENT;
        }
        return method.equals("POST") && PHOTOS.matcher(path).matches()
                ? RateLimits.Kind.UPLOAD
                : RateLimits.Kind.CHANGE;
    }

    private static String words(long seconds) {
        return seconds < 120 ? seconds + " s" : minutes(seconds) + " min";
    }

    private static long minutes(long seconds) {
        return (seconds + 59) / 60;
    }
}
