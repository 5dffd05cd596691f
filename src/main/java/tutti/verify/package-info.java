/**
 * Are all sites equal? An operator's question, asked from outside: of databases and files, and not of what the sites say.
 *
 * <p>May use: JDBC and the digests of photos. Absent: the journal and the rules; a comparison that shared the sites' own view
 * of their state would share their mistakes. Reads only, and needs no running instance.
 */
package tutti.verify;
