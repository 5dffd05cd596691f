package tutti.journal;

import java.io.Serializable;
import java.util.Objects;

/** The key of a row that belongs to an event and has a number in it. */
public class NumberedInEvent implements Serializable {

    private static final long serialVersionUID = 1L;

    private String eventId;
    private int number;

    public NumberedInEvent() {}

    NumberedInEvent(String eventId, int number) {
        this.eventId = eventId;
        this.number = number;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberedInEvent that && eventId.equals(that.eventId) && number == that.number;
    }

    @Override
    public int hashCode() {
        return Objects.hash(eventId, number);
    }
}
