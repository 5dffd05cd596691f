package tutti.site;

import static tutti.site.Settings.require;

import tutti.pictures.Room;

/**
 * How much a user may ask of the sites; {@code api.md} names the defaults. All sites must agree, so they belong
 * into {@code cluster.properties}.
 */
public record Limits(
        int titleMax,
        int descriptionMax,
        int textLineMax,
        int contributorsMax,
        int votingSecondsMin,
        int votingSecondsMax,
        int votingSecondsDefault,
        int photosPerEventMax,
        int photosPerContributorMax,
        long photoBytesMax,
        long photoPixelsMax,
        long cacheBytesMax,
        Room room) {

    /** For the console, which says what it means when less is left. */
    public static final String DISK_FREE_MIN = "tutti.limit.disk-free-min";

    /** For the console, which says what it means when there are so many. */
    public static final String SITE_BYTES_MAX = "tutti.limit.site-bytes-max";

    private static final long PETABYTE = 1L << 50;

    private static final String VOTING_DEFAULT = "tutti.limit.voting-seconds-default";

    public Limits {
        require(
                votingSecondsMin <= votingSecondsDefault,
                VOTING_DEFAULT,
                votingSecondsDefault,
                "must not be below",
                "tutti.limit.voting-seconds-min",
                votingSecondsMin);
        require(
                votingSecondsDefault <= votingSecondsMax,
                VOTING_DEFAULT,
                votingSecondsDefault,
                "must not be above",
                "tutti.limit.voting-seconds-max",
                votingSecondsMax);
        require(
                photosPerContributorMax <= photosPerEventMax,
                "tutti.limit.photos-per-contributor-max",
                photosPerContributorMax,
                "must not be above",
                "tutti.limit.photos-per-event-max",
                photosPerEventMax);
    }

    static Limits read(Settings settings) {
        return new Limits(
                settings.whole("tutti.limit.title-max", 120),
                settings.whole("tutti.limit.description-max", 2000),
                settings.whole("tutti.limit.text-line-max", 80),
                settings.whole("tutti.limit.contributors-max", 10),
                settings.whole("tutti.limit.voting-seconds-min", 5),
                settings.whole("tutti.limit.voting-seconds-max", 600),
                settings.whole(VOTING_DEFAULT, 90),
                settings.whole("tutti.limit.photos-per-event-max", 60),
                settings.whole("tutti.limit.photos-per-contributor-max", 20),
                settings.whole("tutti.limit.photo-bytes-max", 25L << 20, 1L << 30),
                settings.whole("tutti.limit.photo-pixels-max", 100_000_000L, 1_000_000_000L),
                settings.whole("tutti.limit.cache-bytes-max", 2L << 30, PETABYTE),
                new Room(
                        settings.whole(SITE_BYTES_MAX, PETABYTE, PETABYTE),
                        settings.whole(DISK_FREE_MIN, 512L << 20, PETABYTE)));
    }
}
