package tutti.journal;

import tutti.commit.SiteName;

/**
 * A database that a site has or had.
 *
 * @param name made at random when the database was
 * @param newest whether it is the one that counts
 */
public record Incarnation(SiteName site, String name, boolean newest) {}
