package tutti.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tutti.photo.ContributorId;

/**
 * Holds back whoever asks for more than people do. The address counts beside the user, since whoever comes without a cookie
 * is a new user each time; it may do more, since all guests of a wedding can share one.
 */
@ApplicationScoped
public class RateLimits {

    /** What a request asks for. */
    enum Kind {
        EVENT,
        UPLOAD,
        /** Anything else that changes something: votes, withdrawals, take-downs, erasures. */
        CHANGE
    }

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    private SiteConfig config;

    private Map<Kind, Throttle> users;
    private Map<Kind, Throttle> addresses;
    private AtOnce atOnce;

    @PostConstruct
    void begin() {
        begin(config.rates());
    }

    void begin(Rates rates) {
        users = Map.of(
                Kind.EVENT, Throttle.of(rates.eventsPerUserDay(), DAY),
                Kind.UPLOAD, Throttle.of(rates.uploadsPerUserMinute(), MINUTE),
                Kind.CHANGE, Throttle.of(rates.changesPerUserMinute(), MINUTE));
        addresses = Map.of(
                Kind.EVENT, Throttle.of(rates.eventsPerAddressHour(), HOUR),
                Kind.UPLOAD, Throttle.of(rates.uploadsPerAddressMinute(), MINUTE),
                Kind.CHANGE, Throttle.of(rates.changesPerAddressMinute(), MINUTE));
        atOnce = new AtOnce(rates.requestsPerAddressAtOnce());
    }

    /** Where requests of an address enter before they are answered, and leave afterwards. */
    AtOnce atOnce() {
        return atOnce;
    }

    /**
     * Empty if it may be done, which counts then; else how long to wait. What one user is refused does not count for the others
     * at the address.
     *
     * @param user nobody where the request is about who the user is to be
     */
    Optional<Duration> delay(Kind kind, Optional<ContributorId> user, String address) {
        return user.flatMap(one -> users.get(kind).delay(one.value()))
                .or(() -> addresses.get(kind).delay(address));
    }
}
