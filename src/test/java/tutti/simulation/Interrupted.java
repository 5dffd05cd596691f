package tutti.simulation;

/** A step came to nothing, or its caller does not know what it came to: the site died, or its database failed. */
final class Interrupted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Interrupted(String why) {
        super(why, null, false, false);
    }
}
