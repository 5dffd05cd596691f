package tutti.bench;

import java.util.Optional;

/** Some people at one event after the other: all add their photos, all vote, and then the next event begins. */
final class Group {

    /** So many that there is somebody at each site. */
    static final int MEMBERS = 5;

    private final int photosEach;
    private String event = "";
    private boolean beginning;

    Group(int photosEach) {
        this.photosEach = photosEach;
    }

    int photosEach() {
        return photosEach;
    }

    int photosWanted() {
        return MEMBERS * photosEach;
    }

    /** Empty where somebody has to begin one. */
    synchronized Optional<String> event() {
        return event.isEmpty() ? Optional.empty() : Optional.of(event);
    }

    /** To one of all that ask while there is no event. That one has to tell how it went. */
    synchronized boolean isYoursToBegin() {
        var yours = event.isEmpty() && !beginning;
        beginning |= yours;
        return yours;
    }

    synchronized void hasBegun(Optional<String> created) {
        event = created.orElse("");
        beginning = false;
    }

    synchronized void isOver(String over) {
        if (event.equals(over)) {
            event = "";
        }
    }
}
