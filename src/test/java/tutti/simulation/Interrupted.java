package tutti.simulation;

/** A step came to nothing, or its caller does not know what it came to: the site died, or its database failed. */
final class Interrupted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean alive;

    private Interrupted(String why, boolean alive) {
        super(why, null, false, false);
        this.alive = alive;
    }

    static Interrupted byDeath() {
        return new Interrupted("the site died", false);
    }

    static Interrupted byDatabase() {
        return new Interrupted("the database failed", true);
    }

    /** What was said comes from another database of the sender, or was meant for another one of this site. */
    static Interrupted byDeafness() {
        return new Interrupted("it is not heard", false);
    }

    /** Whether there is somebody left who may try again. */
    boolean isAlive() {
        return alive;
    }
}
