package tutti.site;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static tutti.site.Settings.require;

import java.time.Duration;

/**
 * How long the sites wait for one another; {@code protocol.md} names the defaults.
 *
 * <p>Some only work in relation to others, and such a mistake would show as a rare abort under load. So the relations
 * are checked at the start.
 */
public record Times(
        Duration preparingTime,
        Duration inDoubtAfter,
        Duration pauseMin,
        Duration pauseMax,
        Duration holdWait,
        Duration lastReports,
        Duration grace,
        Duration peerConnectTimeout,
        Duration peerCallTimeout,
        Duration bytesTimeout) {

    /** By how much two sites may disagree about what time it is, before they refuse what the other one says of it. */
    public static final Duration CLOCKS_APART_MAX = ofMinutes(5);

    private static final String PREPARING = "tutti.time.preparing";
    private static final String IN_DOUBT = "tutti.time.in-doubt-after";
    private static final String PAUSE_MIN = "tutti.time.pause-min";
    private static final String PAUSE_MAX = "tutti.time.pause-max";
    private static final String LAST_REPORTS = "tutti.time.last-reports";
    private static final String GRACE = "tutti.time.grace";
    private static final String CONNECT = "tutti.time.peer-connect-timeout";
    private static final String CALL = "tutti.time.peer-call-timeout";
    private static final String BYTES = "tutti.time.bytes-timeout";

    public Times {
        notLonger(peerConnectTimeout, CONNECT, peerCallTimeout, CALL);
        notLonger(peerCallTimeout, CALL, bytesTimeout, BYTES);
        notLonger(peerCallTimeout, CALL, preparingTime, PREPARING);
        notLonger(inDoubtAfter, IN_DOUBT, preparingTime, PREPARING);
        notLonger(pauseMin, PAUSE_MIN, pauseMax, PAUSE_MAX);
        require(
                lastReports.compareTo(grace) < 0,
                LAST_REPORTS,
                said(lastReports),
                "must be shorter than",
                GRACE,
                said(grace));
    }

    static Times read(Settings settings) {
        return new Times(
                settings.duration(PREPARING, ofSeconds(5)),
                settings.duration(IN_DOUBT, ofSeconds(3)),
                settings.duration(PAUSE_MIN, ofMillis(200)),
                settings.duration(PAUSE_MAX, ofSeconds(30)),
                settings.duration("tutti.time.hold-wait", ofSeconds(2)),
                settings.duration(LAST_REPORTS, ofSeconds(2)),
                settings.duration(GRACE, ofSeconds(10)),
                settings.duration(CONNECT, ofSeconds(1)),
                settings.duration(CALL, ofSeconds(2)),
                settings.duration(BYTES, ofSeconds(20)));
    }

    private static void notLonger(Duration shorter, String key, Duration longer, String otherKey) {
        require(shorter.compareTo(longer) <= 0, key, said(shorter), "must not be longer than", otherKey, said(longer));
    }

    private static String said(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
