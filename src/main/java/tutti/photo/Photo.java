package tutti.photo;

import java.time.Instant;
import java.util.Comparator;
import tutti.commit.SiteName;

/**
 * One photo in an event.
 *
 * @param name the contributor's display name, as given with this photo
 * @param caption may be empty
 * @param site where it was uploaded: the coordinator of its transaction
 * @param uploadedAt by that site's clock; it only orders photos, the same way everywhere
 */
public record Photo(
        PhotoId id,
        ContributorId contributor,
        String name,
        String caption,
        SiteName site,
        Instant uploadedAt,
        Picture picture) {

    /** Oldest first; equal times are ordered by id, so that all sites agree. */
    public static final Comparator<Photo> BY_AGE =
            Comparator.comparing(Photo::uploadedAt).thenComparing(Photo::id);

    /** The same place in the montage, without anything that its contributor has given to it. */
    public Photo erased() {
        return new Photo(id, contributor, "", "", site, uploadedAt, Picture.ERASED);
    }

    public boolean isErased() {
        return picture.equals(Picture.ERASED);
    }
}
