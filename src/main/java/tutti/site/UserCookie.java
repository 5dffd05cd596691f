package tutti.site;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tutti.photo.ContributorId;

/**
 * Knows a browser again, without an account: whoever comes without the cookie gets one with a secret of its own. Only the
 * secret's hash goes on into the house, as a request attribute; {@link CurrentUser} offers it.
 *
 * <p>Requests of other sites, and those for files that everybody may cache, are left alone; so are those that are about who
 * the user is to be. A browser does not show the cookie where a page of another host has sent the request, and a new one
 * would take the place of the one that it has. This filter stands first in web.xml, before whatever forwards a request.
 */
public class UserCookie extends HttpFilter {

    static final String ATTRIBUTE = UserCookie.class.getName();

    private static final String NAME = "tutti_user";
    private static final Duration LIFE = Duration.ofDays(365);

    /** Where pages ask for {@link #shownBy} and {@link #give} themselves. */
    private static final Set<String> ABOUT_WHO_IT_IS = Set.of("/me", "/hand-over");

    private static final long serialVersionUID = 1L;

    private final transient SecureRandom random = new SecureRandom();

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (concernsAUser(request)) {
            var secret = shownBy(request).orElseGet(() -> given(request, response));
            request.setAttribute(ATTRIBUTE, secret.id());
        }
        chain.doFilter(request, response);
    }

    private static boolean concernsAUser(HttpServletRequest request) {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        return !path.startsWith("/internal/")
                && !path.startsWith("/admin")
                && !path.startsWith("/jakarta.faces.resource/")
                && !ABOUT_WHO_IT_IS.contains(path);
    }

    /** Who this browser is so far; empty where it shows no cookie, or none of ours. */
    public static Optional<UserSecret> shownBy(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Stream::of)
                .filter(cookie -> cookie.getName().equals(NAME))
                .flatMap(cookie -> UserSecret.read(cookie.getValue()).stream())
                .findFirst();
    }

    /** Whom these {@code Cookie} headers show, where no filter can see the request. */
    public static Optional<ContributorId> in(List<String> headers) {
        return headers.stream()
                .flatMap(header -> Stream.of(header.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(NAME + "="))
                .flatMap(pair -> UserSecret.read(pair.substring(NAME.length() + 1)).stream())
                .findFirst()
                .map(UserSecret::id);
    }

    private UserSecret given(HttpServletRequest request, HttpServletResponse response) {
        var secret = UserSecret.random(random);
        give(request, response, secret);
        return secret;
    }

    /** Makes the browser this user from now on, whoever it was. */
    public static void give(HttpServletRequest request, HttpServletResponse response, UserSecret secret) {
        var cookie = new Cookie(NAME, secret.value());
        cookie.setHttpOnly(true);
        cookie.setSecure(isHttps(request));
        cookie.setPath("/");
        cookie.setMaxAge((int) LIFE.toSeconds());
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
    }

    /** Also where a proxy in front of this site ended the encryption. */
    static boolean isHttps(HttpServletRequest request) {
        return request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    }
}
