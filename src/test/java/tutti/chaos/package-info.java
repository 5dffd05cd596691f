/**
 * Four real sites, users at all of them, and everything that can happen to machines and networks: what was said to users, and
 * what the sites have in the end, must still be what the protocol promises.
 *
 * <p>Users ({@link tutti.chaos.Member}) act at random, and each request and answer goes into a {@link tutti.chaos.History};
 * {@link tutti.chaos.Misfortune} breaks things meanwhile; then all is mended, and {@link tutti.chaos.Checker} proves or refutes
 * each {@link tutti.chaos.Invariant} from the history and from the four databases and photo folders. After Jepsen (K.
 * Kingsbury).
 *
 * <p>One seed gives the same users, wishes and faults in the same order; when they meet is up to the machine, so a seed narrows
 * a failure down and does not repeat it. Time is the stopwatch of the machine that runs the test, and no site's clock.
 */
package tutti.chaos;
