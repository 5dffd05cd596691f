package tutti.model;

/**
 * One transaction of a {@link Scenario}: one attempt at one change.
 *
 * @param name how counterexamples call it
 * @param coordinator the site that runs it
 * @param photo the photo that an upload adds, counted from 0
 * @param contributor whose photo that is, or who is erased, counted from 0
 * @param uploadedAt orders photos; the earliest one makes its site its contributor's home
 * @param ballot the ballot that a publication publishes, counted from 1
 * @param previous the coordinator's attempt at the same subject before this one, or -1
 * @param removes the upload whose photo a removal takes out again, or -1
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
        int removes,
        boolean old) {

    /** What a transaction changes. */
    enum Kind {
        CREATION,
        UPLOAD,
        REMOVAL,
        PUBLICATION,
        TAKE_DOWN,
        ERASURE
    }

    static Transaction creation(int attempt, int previous) {
        return new Transaction(Kind.CREATION, "creation #" + attempt, 0, 0, 0, 0, 0, previous, -1, false);
    }

    static Transaction upload(String name, int photo, int contributor, int coordinator, int uploadedAt) {
        return new Transaction(Kind.UPLOAD, name, coordinator, photo, contributor, uploadedAt, 0, -1, -1, false);
    }

    /** What an upload has added, goes again; {@code upload} is its place in the scenario. */
    static Transaction removal(Transaction added, int upload, int coordinator) {
        return new Transaction(
                Kind.REMOVAL,
                "removal of " + added.name,
                coordinator,
                added.photo,
                added.contributor,
                added.uploadedAt,
                0,
                -1,
                upload,
                false);
    }

    static Transaction publication(int ballot) {
        return new Transaction(Kind.PUBLICATION, "publication of ballot " + ballot, 0, 0, 0, 0, ballot, -1, -1, false);
    }

    static Transaction takeDown(String name, int coordinator) {
        return new Transaction(Kind.TAKE_DOWN, name, coordinator, 0, 0, 0, 0, -1, -1, false);
    }

    static Transaction erasure(String name, int contributor, int coordinator) {
        return new Transaction(Kind.ERASURE, name, coordinator, 0, contributor, 0, 0, -1, -1, false);
    }

    /** The same, committed everywhere before the first step. */
    Transaction before() {
        return new Transaction(
                kind, name, coordinator, photo, contributor, uploadedAt, ballot, previous, removes, true);
    }

    /** The same, begun only once another attempt is aborted, or what it has added is removed. */
    Transaction after(int attempt) {
        return new Transaction(kind, name, coordinator, photo, contributor, uploadedAt, ballot, attempt, removes, old);
    }

    boolean isUpload() {
        return kind == Kind.UPLOAD;
    }

    boolean isRemoval() {
        return kind == Kind.REMOVAL;
    }

    /** Whether it changes the montage: its YES carries the ballots that are over. */
    boolean isOfPhoto() {
        return isUpload() || isRemoval();
    }

    boolean isErasureOf(int who) {
        return kind == Kind.ERASURE && contributor == who;
    }

    boolean isPublication() {
        return kind == Kind.PUBLICATION;
    }
}
