package tutti.event;

import java.util.regex.Pattern;

/** Names an event and invites to it: 22 characters of base64url, 128 random bits, so that nobody can guess one. */
public record EventId(String value) implements Comparable<EventId> {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{22}");

    public EventId {
        if (!isEventId(value)) {
            throw new IllegalArgumentException("not an event's id");
        }
    }

    public static boolean isEventId(String text) {
        return SHAPE.matcher(text).matches();
    }

    @Override
    public int compareTo(EventId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
