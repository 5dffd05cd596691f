package tutti.chaos;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tutti.photo.PhotoId;

/**
 * One event that a group is at.
 *
 * @param begun milliseconds since the beginning
 * @param photos those that somebody has sent, whatever came of it
 */
record Party(String event, long begun, List<PhotoId> photos) {

    /** Whether people take photos back here: events where nobody does show that nothing goes by itself. */
    boolean isFickle() {
        return Math.floorMod(event.hashCode(), 3) == 0;
    }

    static Party at(String event, long begun) {
        return new Party(event, begun, new CopyOnWriteArrayList<>());
    }
}
