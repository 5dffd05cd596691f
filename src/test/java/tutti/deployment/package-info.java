/** Deployment tests: one site, alone in its cluster, in a real Payara Micro on a real MariaDB. */
package tutti.deployment;
