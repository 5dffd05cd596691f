package tutti.montage;

import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tutti.photo.PhotoId;
import tutti.photo.Sha256;

/** Names one exact montage: SHA-256 over the layout's name and the sorted ids of the photos in it, 64 hex digits. */
public record Digest(String hex) implements Comparable<Digest> {

    /** Whatever changes how a montage looks changes this name, and with it every digest. */
    private static final String LAYOUT = "tutti montage 2";

    public Digest {
        hex = new Sha256(hex).hex();
    }

    /** The digest of a set of photos, in whatever order they came. */
    public static Digest of(Collection<PhotoId> photos) {
        return new Digest(new TreeSet<>(photos)
                .stream()
                        .map(PhotoId::value)
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining("\n", LAYOUT + "\n", ""),
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
