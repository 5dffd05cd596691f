package tutti.simulation;

/** Something happened that must never happen. */
final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Violation(String message) {
        super(message);
    }

    Violation(String message, Throwable cause) {
        super(message, cause);
    }

    static void unless(boolean holds, String message, Object... what) {
        if (!holds) {
            throw new Violation(message.formatted(what));
        }
    }
}
