package tutti.montage;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tutti.photo.PhotoId;
import tutti.photo.Sha256;

/**
 * Names one exact montage: SHA-256 over how it looks and the sorted ids of the photos in it, 64 hex digits.
 */
public record Digest(String hex) implements Comparable<Digest> {

    /** Whatever changes how a montage looks changes these names, and with them every digest. */
    private static final String PLAIN = "tutti montage 2";

    private static final String STYLED = "tutti montage 3";

    public Digest {
        hex = new Sha256(hex).hex();
    }

    /** The digest of a set of photos in this style, in whatever order they came. */
    public static Digest of(Style style, Collection<PhotoId> photos) {
        return of(style.look(), photos);
    }

    /** As {@link #of(Style, Collection)}, for one who knows of a style no more than its {@link Style#look}. */
    public static Digest of(Optional<Sha256> look, Collection<PhotoId> photos) {
        // A site that has not heard of the event yet knows no style, and has to agree that there is nothing to see.
        var heading = look.filter(styled -> !photos.isEmpty())
                .map(styled -> STYLED + "\n" + styled)
                .orElse(PLAIN);
        return new Digest(new TreeSet<>(photos)
                .stream()
                        .map(PhotoId::value)
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining("\n", heading + "\n", ""),
                                text -> Sha256.of(text).hex())));
    }

    @Override
    public int compareTo(Digest other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
