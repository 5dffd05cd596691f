package tutti.site;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import tutti.photo.ContributorId;

/**
 * What makes a browser a user: 256 random bits in base64url. Whoever has it is that user, so only the user's own browsers
 * are told: in their cookie, in the personal link that the user asks for, and sealed on the way to the user's home. No site
 * keeps it, and it never stands in an address that is sent or in a log.
 */
public record UserSecret(String value) {

    private static final int RANDOM_BYTES = 32;

    /** 256 bits in base64url without padding. */
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

    public UserSecret {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a user's secret");
        }
    }

    static UserSecret random(SecureRandom random) {
        var bits = new byte[RANDOM_BYTES];
        random.nextBytes(bits);
        return new UserSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** Empty where the text has another form. */
    public static Optional<UserSecret> read(String text) {
        return Optional.of(text).filter(given -> SHAPE.matcher(given).matches()).map(UserSecret::new);
    }

    /** Who it is, to the sites. */
    public ContributorId id() {
        return ContributorId.ofCookie(value);
    }

    /** Fit for a log: tells nothing. */
    @Override
    public String toString() {
        return "a user's secret";
    }
}
