package tutti.cluster;

import java.util.Locale;

/** What of a site dies at a step. */
enum Victim {
    INSTANCE,
    DATABASE,
    BOTH;

    boolean isInstance() {
        return this != DATABASE;
    }

    boolean isDatabase() {
        return this != INSTANCE;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
