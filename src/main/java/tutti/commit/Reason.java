package tutti.commit;

import java.util.Objects;

/**
 * Why a transaction was refused or aborted.
 *
 * @param code a word that people and programs can act on, such as {@code photo-limit}
 * @param again whether the cause may pass, so that another attempt makes sense
 */
public record Reason(String code, boolean again) {

    /** Some participant could not be reached, or could not say, within the preparing time. */
    public static final Reason OUT_OF_TIME = new Reason("out-of-time", true);

    /** An earlier abort is repeated; why it came about is no longer known. */
    public static final Reason ABORTED_BEFORE = new Reason("aborted-before", true);

    /** A participant in doubt asked a site that had not prepared, and that site then ruled a commit out. */
    public static final Reason RULED_OUT = new Reason("ruled-out", true);

    /** Whoever asked for the change took it back before it was decided. */
    public static final Reason WITHDRAWN = new Reason("withdrawn", false);

    public Reason {
        Objects.requireNonNull(code);
    }

    /** A refusal that no other attempt will change. */
    public static Reason lasting(String code) {
        return new Reason(code, false);
    }

    /** A refusal whose cause may pass. */
    public static Reason passing(String code) {
        return new Reason(code, true);
    }
}
