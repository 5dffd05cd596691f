package tutti.chaos;

/** How long a user thinks before the next deed. */
enum Pace {
    /** A vote is on, and its time runs. */
    VOTING(1_000),
    ADDING(2_500),
    /** Others have to do something now. */
    WAITING(4_000),
    /** A site is away, or has too much to do: nobody goes on as if nothing were, and makes it worse. */
    HELD_UP(12_000);

    private final int millisMost;

    Pace(int millisMost) {
        this.millisMost = millisMost;
    }

    int millisMost() {
        return millisMost;
    }
}
