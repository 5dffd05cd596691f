package tutti.cluster;

import java.util.Locale;

/** What a site is in a transaction or a ballot. */
enum CrashRole {
    COORDINATOR,
    PARTICIPANT,
    /** Of the contributor who votes. */
    HOME,
    MASTER,
    /** None of these; what it is for, its plot says. */
    OTHER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
