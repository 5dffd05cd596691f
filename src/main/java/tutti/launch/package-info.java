/**
 * What makes the runtime of a site ready before the first start.
 *
 * <p>May use: jar files. Absent: everything else of Tutti; this runs before anything has been built.
 */
package tutti.launch;
