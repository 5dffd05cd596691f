package tutti.model;

/** What must hold, always; the numbers are those of the protocol's list. */
enum Invariant {
    /** 1: no two sites record different outcomes, and no outcome meets a site that cannot take it. */
    ONE_OUTCOME,
    /** 2: once all is delivered, every site has the same photos, ballots' ends and publication, and no holds. */
    ALL_OR_NOTHING,
    /** 3: no photo is decided, in or out, between the first accept of a ballot and that ballot's end. */
    FROZEN_WHILE_VOTING,
    /** 4: a montage is published only if everybody in it has accepted exactly it, and nobody has rejected. */
    UNANIMOUS,
    /** 5: votes name the montage of now; one digest a ballot; one vote a contributor, over all sites. */
    NOTHING_SUPERSEDED,
    /** 6: a stored vote never changes, and a published event takes no photo. */
    NO_SECOND_THOUGHTS,
    /** 8: all that has begun ends. */
    IT_ENDS,
    /** 8: a publication that everybody has accepted is never refused. */
    NEVER_REFUSED,
    /** No limit is passed. */
    LIMITS,
    /** One photo is committed once. */
    COMMITTED_ONCE,
    /** Photos come to events that are there. */
    EVENT_FIRST,
    /** Photos go from where they are. */
    PHOTO_FIRST,
    /** Only what was published is taken down. */
    PUBLICATION_FIRST,
    /** What is shown is not erased: it goes first, or is hidden. */
    HIDDEN_FIRST,
    /** Nothing comes in, or moves, of somebody who is erased. */
    ERASED_FOR_GOOD
}
