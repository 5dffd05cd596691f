package tutti.journal;

import tutti.commit.SiteName;

/** What a site has said before it lost its disk, or what was said to another database than this one; nothing is changed. */
public final class Outdated extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Outdated(SiteName site, String incarnation) {
        super("database " + incarnation + " of " + site + " is not the one that counts");
    }
}
