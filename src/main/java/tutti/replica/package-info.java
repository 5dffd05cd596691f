/**
 * One site's copy of one event: every input that can come, every rule that answers it. Each input is one step of a
 * single-threaded state machine, {@link tutti.replica.EventReplica}; whoever runs it makes each step one database
 * transaction under the lock of the event's row.
 *
 * <p>What is owed to other sites is never queued: it is computed from the state ({@code errands}), so that first send,
 * retry and recovery after a crash are one path, and nothing can be said that is not on disk.
 *
 * <p>Here the replica is changed in place, and the caller works on a copy that it drops when the step fails. Handing new
 * replicas around, as first planned, made every rule carry three results at once and hid the rule.
 *
 * <p>May use: {@code event}, {@code ballot}, {@code montage}, {@code photo}, {@code commit} and the JDK. Absent: clocks,
 * chance, threads, databases, HTTP: {@code now}, and whether bytes are here, come in as arguments.
 */
package tutti.replica;
