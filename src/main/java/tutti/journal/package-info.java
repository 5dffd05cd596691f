/**
 * What this site remembers: the replicas of all events, as rows of its own database.
 *
 * <p>{@link tutti.journal.ReplicaJournal#update} is the one way to change an event: it locks the event's row, loads the
 * live part of the replica, runs one pure step, writes what the step changed, and commits, all in one database
 * transaction; whoever calls it is told what is new to do only after that.
 *
 * <p>It also knows which database it is ({@link tutti.journal.Incarnations}). A database is named at random when its schema is
 * made, messages name their sender's and their receiver's, and a step that rests on a peer's word makes sure, under its own
 * lock, that the peer has not lost its disk since. So transaction ids need not carry that name, as the protocol has it: a
 * rebuilt site begins above every attempt that its peers remember, and whatever they do not remember they have heard only
 * from a life to which they are deaf by then.
 *
 * <p>May use: the rule rooms, JPA and JDBC. Absent: the network, and every rule. The rows ({@code …Row}) mirror the
 * records of the rule rooms, since JPA does not map records; it is the one mirror we accept.
 */
package tutti.journal;
