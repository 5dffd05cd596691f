package tutti.replica;

import tutti.commit.Outcome;

/**
 * A heuristic outcome: what an operator has one site show of a transaction that it has promised and cannot learn the decision
 * of. It is no decision. Nobody is told of it, the promise stays, and what the coordinator decides is adopted in the end.
 *
 * @param mixed whether the coordinator's decision has come, and is the other one; it waits here for an operator to conclude
 */
public record Forced(Outcome outcome, boolean mixed) {

    boolean isAgainst(Outcome decided) {
        return outcome != decided;
    }
}
