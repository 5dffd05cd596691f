package tutti.cluster;

/** What a link does to what is sent over it. */
public enum Weather {
    CLEAR,
    /** Nothing passes, either way. */
    CUT,
    /** Requests pass, and answers do not. */
    ANSWERS_LOST,
    SLOW,
    /** Connections break at any moment. */
    LOSSY
}
