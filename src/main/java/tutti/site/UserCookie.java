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
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tutti.photo.ContributorId;

/**
 * Knows a browser again, without an account: whoever comes without the cookie gets one of 256 random bits. Only its hash
 * goes on into the house, as a request attribute; {@link CurrentUser} offers it.
 *
 * <p>Requests of other sites, and those for files that everybody may cache, are left alone. It stands first in web.xml,
 * before whatever forwards a request.
 */
public class UserCookie extends HttpFilter {

    static final String ATTRIBUTE = UserCookie.class.getName();

    private static final String NAME = "tutti_user";
    private static final int RANDOM_BYTES = 32;
    private static final Duration LIFE = Duration.ofDays(365);

    /** 256 bits in base64url without padding. */
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final long serialVersionUID = 1L;

    private final transient SecureRandom random = new SecureRandom();

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (concernsAUser(request)) {
            var cookie = shownBy(request).orElseGet(() -> given(request, response));
            request.setAttribute(ATTRIBUTE, ContributorId.ofCookie(cookie));
        }
        chain.doFilter(request, response);
    }

    private static boolean concernsAUser(HttpServletRequest request) {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        return !path.startsWith("/internal/") && !path.startsWith("/jakarta.faces.resource/");
    }

    private static Optional<String> shownBy(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Stream::of)
                .filter(cookie -> cookie.getName().equals(NAME))
                .map(Cookie::getValue)
                .filter(value -> SHAPE.matcher(value).matches())
                .findFirst();
    }

    /** Whom these {@code Cookie} headers show, where no filter can see the request. */
    public static Optional<ContributorId> in(List<String> headers) {
        return headers.stream()
                .flatMap(header -> Stream.of(header.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(NAME + "="))
                .map(pair -> pair.substring(NAME.length() + 1))
                .filter(value -> SHAPE.matcher(value).matches())
                .findFirst()
                .map(ContributorId::ofCookie);
    }

    private String given(HttpServletRequest request, HttpServletResponse response) {
        var bits = new byte[RANDOM_BYTES];
        random.nextBytes(bits);
        var cookie = new Cookie(NAME, Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
        cookie.setHttpOnly(true);
        cookie.setSecure(isHttps(request));
        cookie.setPath("/");
        cookie.setMaxAge((int) LIFE.toSeconds());
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
        return cookie.getValue();
    }

    /** Also where a proxy in front of this site ended the encryption. */
    private static boolean isHttps(HttpServletRequest request) {
        return request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    }
}
