package tutti.journal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.Optional;
import tutti.event.EventId;
import tutti.event.Refusal;
import tutti.photo.PhotoId;
import tutti.replica.Upload;

/** A photo that waits at this site, or was refused after it had waited. */
@Entity
@Table(name = "upload")
@IdClass(InEvent.class)
class UploadRow extends PhotoColumns {

    private String refusal;

    @Column(name = "waiting_for")
    private String waitingFor;

    protected UploadRow() {}

    UploadRow(EventId event, PhotoId photo) {
        super(event, photo);
    }

    Upload read() {
        return new Upload(readPhoto(), Optional.ofNullable(refusal).map(Refusal::valueOf), Columns.sites(waitingFor));
    }

    void write(Upload upload) {
        write(upload.photo());
        refusal = upload.refusal().map(Refusal::name).orElse(null);
        waitingFor = Columns.list(upload.waitingFor());
    }
}
