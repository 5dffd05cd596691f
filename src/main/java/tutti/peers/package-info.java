/**
 * The line to the other sites, both directions: one JAX-RS interface ({@link tutti.peers.PeerApi}) that this site answers
 * and calls. Every message is signed with the cluster's secret; an unsigned one is refused before its body is read. So is every
 * answer, and an unsigned one is none.
 *
 * <p>May use: {@code site}, {@code journal}, {@code pictures}, the rule rooms, JAX-RS, MicroProfile Rest Client and Fault
 * Tolerance. Absent: rules; a message is one step of the replica it names.
 */
package tutti.peers;
