package tutti.model;

/**
 * One transaction of a {@link Scenario}: one attempt at one change.
 *
 * @param name how counterexamples call it
 * @param coordinator the site that runs it
 * @param photo the photo that an upload adds, counted from 0
 * @param contributor whose photo that is, counted from 0
 * @param uploadedAt orders photos; the earliest one makes its site its contributor's home
 * @param ballot the ballot that a publication publishes, counted from 1
 * @param previous the coordinator's attempt at the same subject before this one, or -1
 * @param old whether it is committed everywhere before the first step
 */
record Transaction(
        Kind kind,
        String name,
        int coordinator,
        int photo,
        int contributor,
        int uploadedAt,
        int ballot,
        int previous,
        boolean old) {

    /** What a transaction changes. */
    enum Kind {
        CREATION,
        UPLOAD,
        PUBLICATION
    }

    static Transaction creation(int attempt, int previous) {
        return new Transaction(Kind.CREATION, "creation #" + attempt, 0, 0, 0, 0, 0, previous, false);
    }

    static Transaction upload(String name, int photo, int contributor, int coordinator, int uploadedAt) {
        return new Transaction(Kind.UPLOAD, name, coordinator, photo, contributor, uploadedAt, 0, -1, false);
    }

    static Transaction publication(int ballot) {
        return new Transaction(Kind.PUBLICATION, "publication of ballot " + ballot, 0, 0, 0, 0, ballot, -1, false);
    }

    /** The same, committed everywhere before the first step. */
    Transaction before() {
        return new Transaction(kind, name, coordinator, photo, contributor, uploadedAt, ballot, previous, true);
    }

    /** The same, begun only once another attempt is aborted. */
    Transaction after(int attempt) {
        return new Transaction(kind, name, coordinator, photo, contributor, uploadedAt, ballot, attempt, old);
    }

    boolean isUpload() {
        return kind == Kind.UPLOAD;
    }

    boolean isPublication() {
        return kind == Kind.PUBLICATION;
    }
}
