package tutti.replica;

import java.util.List;

/**
 * One thing that a step has turned from one state to another: a promise, a ballot, a vote, an acknowledgement.
 *
 * @param what a transaction's id, {@code ballot:NUMBER} or {@code vote:NUMBER:CONTRIBUTOR}
 * @param from {@code NONE} for what was not there
 * @param to the same as {@code from} where peers have acknowledged an outcome
 * @param more what the protocol's rules look at beside that, as {@code key=value} pairs; may be empty
 */
public record Turn(String what, String from, String to, List<String> more) {

    @Override
    public String toString() {
        return what + " " + from + "->" + to + (more.isEmpty() ? "" : " " + String.join(" ", more));
    }
}
