/**
 * Two-phase commit with presumed abort, and nothing else: what a coordinator remembers ({@link tutti.commit.Coordination}),
 * what a participant remembers ({@link tutti.commit.Promise}), and what they say to each other.
 *
 * <p>May use: the JDK. Absent: photos, events, clocks, threads, HTTP, SQL – so that a simulator can run it and a reader
 * can lay the two classes beside the protocol, guard for guard.
 */
package tutti.commit;
