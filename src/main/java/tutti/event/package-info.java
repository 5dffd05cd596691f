/**
 * The gathering: what an event is, what can change it, and why a wish is refused.
 *
 * <p>May use: {@code ballot}, {@code montage}, {@code photo}, {@code commit} and the JDK. Absent: what happens when; that
 * is {@code replica}'s.
 */
package tutti.event;
