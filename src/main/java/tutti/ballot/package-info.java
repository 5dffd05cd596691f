/**
 * The votes of one voting period, and what a site tells the master of them.
 *
 * <p>May use: {@code montage}, {@code photo}, {@code commit} and the JDK. Absent: who may vote when; that depends on the
 * event's photos and holds, and is {@code replica}'s.
 */
package tutti.ballot;
