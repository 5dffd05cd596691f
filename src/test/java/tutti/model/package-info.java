/**
 * The replication protocol as an explicit-state model: few sites, few photos, few ballots, and every order in which things
 * can happen. One step is one database transaction at one site. A message that was sent once may arrive at any later time,
 * any number of times, in any order, or never, so messages are facts that stay; a crash needs nothing beyond that, since
 * nothing decisive is volatile.
 *
 * <p>{@link tutti.model.Search} visits every state breadth first, so that a counterexample is shortest. The same transition
 * relation, {@link tutti.model.Model}, judges what real sites did: {@link tutti.model.Replay} explains each logged step of
 * each site by steps of the model.
 *
 * <p>It does what the code does, also where the code says more than the protocol's page: any hold beside it delays a
 * publication; a photo held in another attempt is refused, from whatever coordinator; a NO, or ruling out, ends the ballot of
 * its publication at that site; a publication ends its ballot too; a YES said again may carry a later ballot's end.
 *
 * <p>Absent: time (deadlines, preparing time and grace are "at any moment", which allows a publication to begin later than a
 * site ever would), bytes, withdrawals, user accounts, what a site shows (of a take-down and an erasure there is the
 * transaction alone); and every class of the application but the words for a promise's state and, in the replay, the text of a
 * turn: a model that shared the rules would share their mistakes.
 */
package tutti.model;
