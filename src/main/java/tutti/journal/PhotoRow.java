package tutti.journal;

import jakarta.persistence.Entity;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import tutti.event.EventId;
import tutti.photo.PhotoId;

/** A committed photo. */
@Entity
@Table(name = "photo")
@IdClass(InEvent.class)
class PhotoRow extends PhotoColumns {

    protected PhotoRow() {}

    PhotoRow(EventId event, PhotoId photo) {
        super(event, photo);
    }
}
