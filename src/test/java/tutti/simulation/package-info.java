/**
 * Whole clusters in one thread: three or four sites with clocks of their own, a network that loses, repeats, delays and
 * reorders, sites that die at any commit, and users who do not wait for each other. One seed is one history; the same
 * seed is the same history again, so that whatever goes wrong can be watched.
 *
 * <p>The rules under test are the very ones that run in production. What runs them here stands in for the journal, the
 * sweep and the lines between the sites. Absent: bytes, SQL, HTTP, threads, the wall clock.
 */
package tutti.simulation;
