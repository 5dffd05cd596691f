/**
 * The real thing: four sites, each with its own instance and its own MariaDB, started once and then used, voted at, killed
 * and started again, through nothing but the public API, {@code run-cluster.sh} and a look into the databases and logs.
 *
 * <p>The crash matrix alone names the application's methods: they are the places where a process dies.
 *
 * <p>Absent: anything from the application's rooms beyond values such as a digest; a test that shared the code's own view of
 * the protocol would share its mistakes.
 */
package tutti.cluster;
