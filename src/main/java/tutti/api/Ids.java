package tutti.api;

import java.util.function.Function;
import tutti.event.EventId;
import tutti.photo.PhotoId;

/** Ids in addresses: one that cannot be an id names nothing. */
final class Ids {

    private Ids() {}

    static EventId event(String text) {
        return read(text, EventId::new);
    }

    static PhotoId photo(String text) {
        return read(text, PhotoId::new);
    }

    private static <T> T read(String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemKind.NOT_FOUND);
        }
    }
}
