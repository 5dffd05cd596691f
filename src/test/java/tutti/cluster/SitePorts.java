package tutti.cluster;

/** The three ports of one site. */
record SitePorts(int users, int peers, int database) {}
