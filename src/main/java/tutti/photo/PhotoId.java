package tutti.photo;

import java.util.Base64;
import java.util.regex.Pattern;

/** Derived from event, contributor and bytes, so that an upload sent twice is one photo. 43 characters, base64url. */
public record PhotoId(String value) implements Comparable<PhotoId> {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

    public PhotoId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a photo's id");
        }
    }

    /** The one id of these bytes, sent by this contributor to the event of this id. */
    public static PhotoId of(String event, ContributorId contributor, Sha256 sha256) {
        var hash = Sha256.of(event + "/" + contributor + "/" + sha256);
        return new PhotoId(Base64.getUrlEncoder().withoutPadding().encodeToString(hash.bytes()));
    }

    @Override
    public int compareTo(PhotoId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
