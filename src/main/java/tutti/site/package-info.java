/**
 * The running site: what users and peers ask goes through here to the journal, and what is owed to peers goes out from
 * here. The order never changes: remember, then speak.
 *
 * <p>{@link tutti.site.EventDesk} and {@link tutti.site.PhotoDesk} take users' wishes; {@link tutti.site.ErrandRunner} is
 * the one class that uses both the journal and the line to the peers; {@link tutti.site.Sweep} and {@link
 * tutti.site.VotingDeadline} wake it.
 *
 * <p>May use: {@code journal}, {@code pictures}, the rule rooms, CDI, EJB timers, MicroProfile Config and Health. Absent:
 * rules, SQL, and how peers are reached ({@code peers} implements {@link tutti.site.PeerLine}).
 */
package tutti.site;
