package tutti.commit;

/** A participant's answer to a prepare. */
public sealed interface Vote {

    /**
     * The promise is durable: this site will commit if told to.
     *
     * @param carried a number that the participant wants every site to know when this commits; the greatest one wins
     */
    record Yes(int carried) implements Vote {}

    /** Refused, and recorded as aborted: this site can never say yes to this id again. */
    record No(Reason reason) implements Vote {}

    /** Neither: not ready, out of reach, out of time. The participant may or may not have prepared. */
    record CannotSay(String why) implements Vote {}
}
