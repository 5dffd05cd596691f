package tutti.cluster;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The four sites of the default cluster. */
public enum Site {
    WEST,
    EAST,
    EUROPE,
    ASIA;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where browsers find it: one of the sites is on another host, so that they keep another cookie for it. */
    public String host() {
        return this == ASIA ? "127.0.0.1" : "localhost";
    }

    /** All sites but these. */
    public static Set<Site> allBut(Site first, Site... more) {
        return EnumSet.complementOf(EnumSet.of(first, more));
    }

    @Override
    public String toString() {
        return id();
    }
}
