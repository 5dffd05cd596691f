package tutti.replica;

import java.util.Optional;
import tutti.event.Refusal;

/** What became of a contributor's vote. */
public sealed interface VoteAnswer {

    /** It is on disk, for good. */
    record Stored() implements VoteAnswer {}

    /** The same vote was stored before. */
    record Repeated() implements VoteAnswer {}

    record Refused(Refusal why) implements VoteAnswer {}

    /** Why it was not stored, or empty where it is. */
    default Optional<Refusal> refusal() {
        return this instanceof Refused refused ? Optional.of(refused.why()) : Optional.empty();
    }
}
