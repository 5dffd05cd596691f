package tutti.site;

/** How fast one user, and all users of one address together, may ask a site to change something. Each site counts for itself. */
public record Rates(
        int eventsPerUserDay,
        int eventsPerAddressHour,
        int uploadsPerUserMinute,
        int uploadsPerAddressMinute,
        int changesPerUserMinute,
        int changesPerAddressMinute) {

    static Rates read(Settings settings) {
        return new Rates(
                settings.whole("tutti.rate.events-per-user-day", 50),
                settings.whole("tutti.rate.events-per-address-hour", 600),
                settings.whole("tutti.rate.uploads-per-user-minute", 60),
                settings.whole("tutti.rate.uploads-per-address-minute", 600),
                settings.whole("tutti.rate.changes-per-user-minute", 60),
                settings.whole("tutti.rate.changes-per-address-minute", 600));
    }
}
