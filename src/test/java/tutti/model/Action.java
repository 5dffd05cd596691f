package tutti.model;

/** The kinds of steps, each one database transaction at one site. */
enum Action {
    BEGIN(Pace.WISH, "prepares at home"),
    YES(Pace.PROGRESS, "is asked to prepare: YES"),
    YES_AGAIN(Pace.FAULT, "is asked to prepare again: YES, with what has ended meanwhile"),
    NO(Pace.PROGRESS, "is asked to prepare: NO"),
    NO_AT_WILL(Pace.FAULT, "is asked to prepare: NO, for a reason of its own"),
    NOT_READY(Pace.PROGRESS, "is asked to prepare: not ready, but learns of ended ballots"),
    DECIDE_COMMIT(Pace.PROGRESS, "decides COMMITTED"),
    DECIDE_ABORT(Pace.TIMEOUT, "decides ABORTED"),
    TAKE_EFFECT(Pace.PROGRESS, "applies what it has decided"),
    TELL_EARLY(Pace.FAULT, "tells COMMITTED before that is on disk"),
    LEARN_COMMIT(Pace.PROGRESS, "learns COMMITTED"),
    LEARN_ABORT(Pace.PROGRESS, "learns ABORTED"),
    RULE_OUT(Pace.FAULT, "is asked by a site in doubt, and rules a commit out"),
    GUESS(Pace.FAULT, "is in doubt, and guesses"),
    FORGET(Pace.FAULT, "drops its record"),
    OPEN(Pace.PROGRESS, "opens the ballot on a report"),
    HEAR_OPENED(Pace.PROGRESS, "hears that the ballot is open"),
    END(Pace.TIMEOUT, "aborts the ballot"),
    READ(Pace.WISH, "reads the event for a vote"),
    VOTE(Pace.WISH, "stores a vote"),
    CRASH(Pace.FAULT, "dies and starts again"),
    LOSE(Pace.FAULT, "loses its disk"),
    REBUILD_AGAIN(Pace.FAULT, "dies in the middle of its rebuild, and begins it again"),
    YIELD(Pace.PROGRESS, "gives the rebuilding site all that it knows"),
    SERVE(Pace.PROGRESS, "is rebuilt, and serves again");

    /** What makes a step happen. */
    enum Pace {
        /** It is owed, and happens sooner or later. */
        PROGRESS,
        /** It happens when nothing else has for a while. */
        TIMEOUT,
        /** Somebody wants it. */
        WISH,
        /** Something goes wrong, or is told twice, or too late. */
        FAULT
    }

    private final Pace pace;
    private final String what;

    Action(Pace pace, String what) {
        this.pace = pace;
        this.what = what;
    }

    Pace pace() {
        return pace;
    }

    @Override
    public String toString() {
        return what;
    }
}
