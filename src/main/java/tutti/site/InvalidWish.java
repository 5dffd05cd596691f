package tutti.site;

import java.util.List;

/** A form that cannot be accepted as it is: every field that has to be changed, and how. */
public final class InvalidWish extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One thing to change. */
    public record Violation(String field, String message) {}

    private final transient List<Violation> violations;

    public InvalidWish(List<Violation> violations) {
        super("invalid: " + violations);
        this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
        return violations;
    }
}
