/**
 * What this site remembers: the replicas of all events, as rows of its own database.
 *
 * <p>{@link tutti.journal.ReplicaJournal#update} is the one way to change an event: it locks the event's row, loads the
 * live part of the replica, runs one pure step, writes what the step changed, and commits, all in one database
 * transaction; whoever calls it is told what is new to do only after that.
 *
 * <p>May use: the rule rooms, JPA and JDBC. Absent: the network, and every rule. The rows ({@code …Row}) mirror the
 * records of the rule rooms, since JPA does not map records; it is the one mirror we accept.
 */
package tutti.journal;
