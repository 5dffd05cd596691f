package tutti.journal;

/**
 * What this site's database is.
 *
 * @param incarnation its name, made at random when it was made
 * @param rebuiltTo the last event that is here again, in the order of their ids; empty where there is none yet
 */
public record ThisDatabase(String incarnation, State state, String rebuiltTo) {

    /** Whether it holds what the site has promised. */
    public enum State {
        SERVING,
        /** It is new, and being filled from the peers. */
        REBUILDING,
        /** It is a copy of an older one, and nothing has been done with it yet. */
        RESTORED
    }

    public boolean serves() {
        return state == State.SERVING;
    }
}
