package tutti.photo;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Who a user is to the sites: the SHA-256 of the user's cookie, base64url. The cookie itself is never stored, and no site
 * sends it to another one but sealed, in its user's hands; so a stolen database lets nobody vote.
 */
public record ContributorId(String value) implements Comparable<ContributorId> {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

    public ContributorId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a contributor's id");
        }
    }

    /** The user who shows this cookie. */
    public static ContributorId ofCookie(String cookie) {
        return new ContributorId(Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Sha256.of(cookie).bytes()));
    }

    @Override
    public int compareTo(ContributorId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
