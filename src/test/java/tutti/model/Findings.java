package tutti.model;

import java.util.Optional;

/**
 * What a search came to.
 *
 * @param states how many different states were reached
 * @param steps how many steps were taken
 * @param complete whether every state that can be reached was
 */
record Findings(int states, long steps, boolean complete, Optional<Counterexample> broken) {}
