package tutti.journal;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import tutti.commit.SiteName;
import tutti.event.EventId;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.PhotoId;
import tutti.photo.Picture;
import tutti.photo.Sha256;

/** What a committed photo and a waiting upload have in common. */
@MappedSuperclass
abstract class PhotoColumns {

    @Id
    @Column(name = "event_id")
    private String eventId;

    @Id
    private String id;

    private String contributor;
    private String name;
    private String caption;
    private String site;

    @Column(name = "uploaded_us")
    private long uploadedAt;

    private String type;
    private int width;
    private int height;
    private long bytes;
    private String sha256;

    protected PhotoColumns() {}

    PhotoColumns(EventId event, PhotoId photo) {
        eventId = event.value();
        id = photo.value();
    }

    String eventId() {
        return eventId;
    }

    Photo readPhoto() {
        return new Photo(
                new PhotoId(id),
                new ContributorId(contributor),
                name,
                caption,
                new SiteName(site),
                Columns.instant(uploadedAt),
                new Picture(type, width, height, bytes, new Sha256(sha256)));
    }

    void write(Photo photo) {
        contributor = photo.contributor().value();
        name = photo.name();
        caption = photo.caption();
        site = photo.site().name();
        uploadedAt = Columns.micros(photo.uploadedAt());
        type = photo.picture().type();
        width = photo.picture().width();
        height = photo.picture().height();
        bytes = photo.picture().bytes();
        sha256 = photo.picture().sha256().hex();
    }
}
