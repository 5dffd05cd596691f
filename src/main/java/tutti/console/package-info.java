/**
 * Pages for operators, at {@code /admin} on every site: what the cluster is doing, and why something waits.
 *
 * <p>May use: the desks of {@code site}, and Jakarta Security. Absent: the protocol's rules; whoever looks after a machine
 * asks for what the sites do themselves, and decides nothing in their place.
 */
package tutti.console;
