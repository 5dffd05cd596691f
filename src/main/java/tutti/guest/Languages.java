package tutti.guest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The languages of the pages, of which there is a bundle each. A browser says which ones its user reads; whoever wants another
 * one says so at the foot of a page, and a cookie remembers it.
 */
@Named
@RequestScoped
public class Languages {

    static final String PARAMETER = "language";

    private static final String COOKIE = "tutti_language";
    private static final Duration REMEMBERED = Duration.ofDays(365);
    private static final List<Locale> ALL =
            Stream.of("en", "de", "es", "fr").map(Locale::forLanguageTag).toList();

    @Inject
    HttpServletRequest request;

    private Locale chosen;

    /** What a request wishes to switch to; empty where it wishes nothing that there is. */
    static Optional<Cookie> wishedBy(HttpServletRequest request) {
        return named(request.getParameter(PARAMETER)).map(language -> {
            var cookie = new Cookie(COOKIE, language.toLanguageTag());
            cookie.setPath("/");
            cookie.setMaxAge((int) REMEMBERED.toSeconds());
            cookie.setAttribute("SameSite", "Lax");
            return cookie;
        });
    }

    private static Optional<Locale> named(String tag) {
        return ALL.stream()
                .filter(language -> language.toLanguageTag().equals(tag))
                .findFirst();
    }

    public Locale getChosen() {
        if (chosen == null) {
            chosen = Stream.ofNullable(request.getCookies())
                    .flatMap(Stream::of)
                    .filter(cookie -> cookie.getName().equals(COOKIE))
                    .flatMap(cookie -> named(cookie.getValue()).stream())
                    .findFirst()
                    .orElseGet(Languages::ofTheBrowser);
        }
        return chosen;
    }

    private static Locale ofTheBrowser() {
        var faces = FacesContext.getCurrentInstance();
        return faces.getApplication().getViewHandler().calculateLocale(faces);
    }

    public List<Locale> getAll() {
        return new ArrayList<>(ALL);
    }

    public String getParameter() {
        return PARAMETER;
    }
}
