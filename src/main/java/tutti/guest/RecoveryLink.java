package tutti.guest;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import tutti.site.UserSecret;

/**
 * The link that makes another browser the same user. The secret stands behind the {@code #}, which browsers keep to
 * themselves: it is sent to no server and in no referrer, and is in no log. A script of the page sends it in a body.
 */
record RecoveryLink(URI site, UserSecret who) {

    /** The page that shows the link, and to which it leads. */
    static final String PATH = "/me";

    private static final String FRAGMENT = "#key=";

    private static final Pattern TYPED = Pattern.compile("(?:\\S*" + FRAGMENT + ")?(\\S+)");

    /** Whom somebody means who has pasted a link, or only the code in it; empty where it is no whole one. */
    static Optional<UserSecret> whoIsMeantBy(String typed) {
        var parts = TYPED.matcher(typed.strip());
        return parts.matches() ? UserSecret.read(parts.group(1)) : Optional.empty();
    }

    String text() {
        return site + PATH + FRAGMENT + who.value();
    }

    /** Fit for a log. */
    @Override
    public String toString() {
        return site + PATH;
    }
}
