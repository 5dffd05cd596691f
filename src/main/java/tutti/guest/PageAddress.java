package tutti.guest;

import jakarta.faces.context.FacesContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tutti.event.EventId;
import tutti.journal.StorageUnavailable;

/**
 * Gives the pages their short addresses: {@code /e/ID} is {@code event.xhtml}, and so on. The views themselves have no
 * address, so that there is one way to each page.
 */
public class PageAddress extends HttpFilter {

    private static final String EVENT = PageAddress.class.getName() + ".event";
    private static final String ME = "/me.xhtml";
    private static final String DEPARTURE = "/departure.xhtml";
    private static final String ARRIVAL = "/arrival.xhtml";
    private static final Map<String, String> PLAIN = Map.of(
            "/", "/home.xhtml", "/gallery", "/gallery.xhtml", RecoveryLink.PATH, ME, DeparturePage.ARRIVAL, ARRIVAL);
    private static final Map<String, String> OF_EVENT =
            Map.of("e", "/event.xhtml", "p", "/published.xhtml", "wall", "/wall.xhtml", DeparturePage.NAME, DEPARTURE);
    private static final Set<String> WITH_SECRETS = Set.of(ME, DEPARTURE, ARRIVAL);
    private static final String WITHOUT_STORAGE = "/storage-unavailable.xhtml";
    private static final int RETRY_AFTER_SECONDS = 2;
    private static final Set<String> VIEWS = Set.of(
            "/home.xhtml",
            "/gallery.xhtml",
            "/event.xhtml",
            "/published.xhtml",
            "/wall.xhtml",
            ME,
            DEPARTURE,
            ARRIVAL,
            "/not-found.xhtml",
            "/failed.xhtml",
            "/not-serving.xhtml",
            "/busy.xhtml",
            WITHOUT_STORAGE);
    private static final Pattern WITH_EVENT = Pattern.compile("/(e|p|wall|home)/([A-Za-z0-9_-]{22})");

    private static final long serialVersionUID = 1L;

    /** The event that the address of the page names; empty where it names none. */
    static Optional<EventId> eventIn(HttpServletRequest request) {
        return Optional.ofNullable((EventId) request.getAttribute(EVENT));
    }

    /** Ends the request of a page in the page for the lost. */
    static void leadsNowhere() throws IOException {
        var faces = FacesContext.getCurrentInstance();
        faces.getExternalContext().responseSendError(HttpServletResponse.SC_NOT_FOUND, "");
        faces.responseComplete();
    }

    /** Ends the request of a page elsewhere, to be looked at with a GET. @param path below the application's root */
    static void leadsTo(String path) {
        var faces = FacesContext.getCurrentInstance();
        var outside = faces.getExternalContext();
        outside.setResponseStatus(HttpServletResponse.SC_SEE_OTHER);
        outside.setResponseHeader("Location", outside.getRequestContextPath() + path);
        faces.responseComplete();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        var named = WITH_EVENT.matcher(path);
        if (VIEWS.contains(path)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (PLAIN.containsKey(path)) {
            show(PLAIN.get(path), request, response);
        } else if (named.matches()) {
            request.setAttribute(EVENT, new EventId(named.group(2)));
            show(OF_EVENT.get(named.group(1)), request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void show(String view, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        // What a page says is for one user and this moment; its address is an invitation that must not travel on.
        response.setHeader("Cache-Control", WITH_SECRETS.contains(view) ? "no-store" : "private, no-cache");
        response.setHeader("Referrer-Policy", "same-origin");
        var language = Languages.wishedBy(request);
        if (language.isPresent()) {
            response.addCookie(language.get());
            response.sendRedirect(request.getRequestURI());
            return;
        }
        try {
            request.getRequestDispatcher(view).forward(request, response);
        } catch (ServletException | RuntimeException e) {
            if (!isStorageTrouble(e) || response.isCommitted()) {
                throw e;
            }
            response.resetBuffer();
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setIntHeader("Retry-After", RETRY_AFTER_SECONDS);
            request.getRequestDispatcher(WITHOUT_STORAGE).forward(request, response);
        }
    }

    /** Faces and CDI wrap what the page beans throw. */
    private static boolean isStorageTrouble(Throwable trouble) {
        return Stream.iterate(trouble, Objects::nonNull, Throwable::getCause)
                .anyMatch(StorageUnavailable.class::isInstance);
    }
}
