package tutti.model;

/** One rule taken away, or one mistake put in. */
enum Mutation {
    /** A vote is taken although a hold may bring another photo. */
    HOLD_DOES_NOT_BLOCK_VOTE,
    /** An abort that overtakes its prepare leaves no record. */
    NO_TOMBSTONE_ON_ABORT,
    /** A site that rules a commit out leaves no record of it. */
    NO_TOMBSTONE_ON_RULING_OUT,
    /** A refused prepare leaves no record. */
    NO_TOMBSTONE_ON_NO,
    /** A NO to a publication does not end its ballot at that site. */
    NO_DOES_NOT_END_BALLOT,
    /** A participant in doubt aborts by itself. */
    GUESS_ABORT,
    /** A participant in doubt commits by itself. */
    GUESS_COMMIT,
    /** A coordinator drops the record of a commit. */
    COORDINATOR_FORGETS_COMMITTED,
    /** A participant drops the record of a commit. */
    PARTICIPANT_FORGETS_COMMITTED,
    /** A vote may name an older montage. */
    STALE_DIGEST_VOTE,
    /** A site promises a publication although an upload is held there. */
    PUB_YES_DESPITE_HOLD,
    /** A site refuses a publication for an upload held there, instead of asking to wait. */
    PUB_NO_INSTEAD_OF_NOT_READY,
    /** A site promises to publish another montage than its own. */
    PUB_ANY_DIGEST,
    /** A site promises a photo of an event that is itself only promised. */
    CREATING_YES,
    /** A site refuses a photo of an event that is only promised, instead of asking to wait. */
    CREATING_NO,
    /** A site promises a photo while it votes. */
    VOTING_DOES_NOT_REFUSE,
    /** A site promises a publication without the accepts of those at home there. */
    PUB_IGNORES_ACCEPTS,
    /** The master publishes before it has seen every accept. */
    MASTER_PUBLISHES_EARLY,
    /** A site says YES before its promise is durable. */
    YES_BEFORE_DURABLE,
    /** A coordinator tells a commit before its decision is durable. */
    TELL_BEFORE_DURABLE,
    /** Limits do not count what is held. */
    LIMIT_IGNORES_HOLDS,
    /** The abort of an old ballot reopens uploads in the next one. */
    LATE_ABORT_REOPENS,
    /** A site believes an old message that a ballot is open. */
    LATE_OPENED_ACCEPTED,
    /** A site takes votes of contributors whose home is elsewhere. */
    ANY_SITE_TAKES_VOTE,
    /** A site that votes aborts what it has promised before. */
    COMMIT_REFUSED_WHILE_VOTING,
    /** A coordinator does not prepare an upload at home. */
    NO_HOME_HOLD,
    /** A site promises a publication of a ballot that has ended there. */
    PUB_NO_ENDED_CHECK,
    /** A promised publication does not keep photos out. */
    PUB_HOLD_ALLOWS_ADD,
    /** A record of an abort is dropped at any time. */
    DROP_TOMBSTONE_ANY,
    /** A record of an abort is dropped once the coordinator has said so: allowed. */
    DROP_TOMBSTONE_SAFE,
    /** A coordinator's own transaction whose thread is gone is never aborted. */
    NO_SWEEP,
    /** A coordinator commits although one site has not said YES. */
    COMMIT_WITHOUT_ALL_YES,
    /** A commit of a photo does not carry the ballots that have ended. */
    CARRIES_NO_ENDED_BALLOT,
    /** A site tries an upload again while its first attempt is undecided. */
    SIDE_BY_SIDE_ATTEMPTS,
    /** A vote reads the event first, and is stored later. */
    VOTE_WITHOUT_LOCK,
    /** A coordinator releases its hold first, and adds the photo later. */
    HOLD_RELEASED_BEFORE_EFFECT,
    /** What a site has said before it lost its disk counts for ever. */
    OLD_LIFE_IS_HEARD,
    /** A rebuilding site is asked, and answers that it knows of nothing. */
    REBUILDING_SITE_ANSWERS,
    /** A rebuilding site promises what it is asked to prepare. */
    REBUILDING_SITE_PROMISES,
    /** A coordinator goes on with what a site has promised before it lost its disk. */
    OLD_YES_COUNTS,
    /** A site promises a removal while it votes. */
    REMOVAL_WHILE_VOTING,
    /** A site promises to remove what is not in there yet. */
    REMOVES_WHAT_IS_NOT_HERE,
    /** A site promises the same removal to two coordinators. */
    REMOVALS_SIDE_BY_SIDE,
    /** A site promises a photo again while its removal is undecided there. */
    REMOVAL_HOLD_ALLOWS_ADD,
    /** A vote is taken although a hold may take a photo out. */
    REMOVAL_HOLD_DOES_NOT_BLOCK_VOTE,
    /** A commit of a removal does not carry the ballots that have ended. */
    REMOVAL_CARRIES_NO_ENDED_BALLOT,
    /** A site promises to take down what is not published there yet. */
    HIDES_WHAT_IS_NOT_PUBLISHED,
    /** A site promises to erase somebody whose photo is in a montage that is not hidden. */
    ERASES_WHAT_IS_SHOWN,
    /** A site promises to erase somebody whose photo is on its way in or out there. */
    ERASES_WHAT_IS_MOVING,
    /** A site promises a photo of somebody whose erasure is undecided there. */
    ERASURE_HOLD_ALLOWS_ADD,
    /** A site promises a photo of somebody who is erased there. */
    ERASED_MAY_ADD,
    /** A rebuilt site takes its own transactions for aborted unless a peer knows them to be committed. */
    REBUILT_SITE_ABORTS_ALL_PREPARED,
    /** A rebuilt site commits its own transactions although one peer has never prepared them. */
    REBUILT_SITE_COMMITS_WITHOUT_ALL,
    /** A site serves again before it has heard all peers. */
    SERVES_BEFORE_ALL_YIELD,
    /** A rebuilt site uses numbers of attempts again that its peers remember. */
    REBUILT_SITE_REUSES_ATTEMPTS,
    /** A ballot goes on in which a lost site may have taken votes that nobody knows. */
    LOST_VOTES_MAY_BE_CAST_AGAIN,
    /** Only a ballot that is open at the master ends, not the next one, which may have been open at the lost site alone. */
    ONLY_OPEN_BALLOT_ENDS,
    /** A master takes votes before any other site knows that the ballot before is over. */
    MASTER_VOTES_AHEAD,
    /** What a rebuilt site commits after all does not carry the ballots that end with its disk. */
    REBUILT_COMMIT_CARRIES_NOTHING
}
