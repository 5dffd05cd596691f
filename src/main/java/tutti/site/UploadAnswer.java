package tutti.site;

import tutti.event.Refusal;
import tutti.site.EventView.PhotoView;

/** What became of an upload. */
public sealed interface UploadAnswer {

    /** Decided and durable at every site. */
    record Added(PhotoView photo) implements UploadAnswer {}

    /** The very photo was in before. */
    record AlreadyThere(PhotoView photo) implements UploadAnswer {}

    /** Durable here; it gets in by itself as soon as all sites can be reached. */
    record Waiting(PhotoView photo) implements UploadAnswer {}

    record Refused(Refusal why) implements UploadAnswer {}
}
