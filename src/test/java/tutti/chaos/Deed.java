package tutti.chaos;

/** What a user asks of a site. */
enum Deed {
    CREATE(true),
    UPLOAD(true),
    /** A contributor takes a photo back. */
    REMOVE(true),
    VOTE(true),
    /** A contributor takes back the consent to what is published. */
    TAKE_DOWN(true),
    /** A contributor, or somebody who wants to become one, looks at the event. */
    LOOK(false),
    /** Somebody who was never invited asks for the montage. */
    PEEK(false),
    /** A contributor asks for the original of another one's photo. */
    PRY(false);

    private final boolean changes;

    Deed(boolean changes) {
        this.changes = changes;
    }

    /** Whether its answer is a promise that must be kept. */
    boolean changes() {
        return changes;
    }
}
