package tutti.site;

/**
 * How fast one user, and all users of one address together, may ask a site to change something, and how many requests of an
 * address it answers at once. Each site counts for itself.
 */
public record Rates(
        int eventsPerUserDay,
        int eventsPerAddressHour,
        int uploadsPerUserMinute,
        int uploadsPerAddressMinute,
        int changesPerUserMinute,
        int changesPerAddressMinute,
        int requestsPerAddressAtOnce) {

    static Rates read(Settings settings) {
        return new Rates(
                settings.whole("tutti.rate.events-per-user-day", 50),
                settings.whole("tutti.rate.events-per-address-hour", 600),
                settings.whole("tutti.rate.uploads-per-user-minute", 60),
                settings.whole("tutti.rate.uploads-per-address-minute", 600),
                settings.whole("tutti.rate.changes-per-user-minute", 60),
                settings.whole("tutti.rate.changes-per-address-minute", 600),
                settings.whole("tutti.rate.requests-per-address-at-once", 100));
    }
}
