package tutti.journal;

import java.io.Serializable;
import java.util.Objects;

/** The key of a row that belongs to an event and has a textual id of its own. */
public class InEvent implements Serializable {

    private static final long serialVersionUID = 1L;

    private String eventId;
    private String id;

    public InEvent() {}

    InEvent(String eventId, String id) {
        this.eventId = eventId;
        this.id = id;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InEvent that && eventId.equals(that.eventId) && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return Objects.hash(eventId, id);
    }
}
