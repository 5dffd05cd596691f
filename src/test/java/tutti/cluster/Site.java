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

    /** All sites but these. */
    public static Set<Site> allBut(Site first, Site... more) {
        return EnumSet.complementOf(EnumSet.of(first, more));
    }

    @Override
    public String toString() {
        return id();
    }
}
