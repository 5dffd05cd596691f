package tutti.cluster;

/** The two processes of one site, by pid. */
record SiteProcesses(long instance, long database) {}
