package tutti.site;

import java.util.Optional;
import tutti.event.Refusal;

/** What a user asked to see, or why it is not shown. */
public final class Shown<T> {

    private final T value;
    private final Refusal refusal;

    private Shown(T value, Refusal refusal) {
        this.value = value;
        this.refusal = refusal;
    }

    static <T> Shown<T> of(T value) {
        return new Shown<>(value, null);
    }

    static <T> Shown<T> no(Refusal why) {
        return new Shown<>(null, why);
    }

    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** @throws IllegalStateException where it was refused */
    public T value() {
        if (refusal != null) {
            throw new IllegalStateException("refused: " + refusal);
        }
        return value;
    }
}
