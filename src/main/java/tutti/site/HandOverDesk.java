package tutti.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tutti.commit.SiteName;
import tutti.event.EventId;

/**
 * Sends users to their home site and receives those who are sent here, so that a browser, which knows them by a cookie for
 * each host, is the same person at both. The sites do not talk about it: the browser carries a sealed token from one to the
 * other, so it works whenever both can be reached from there.
 */
@ApplicationScoped
public class HandOverDesk {

    private static final int NONCE_BYTES = 16;

    @Inject
    private EventDesk events;

    @Inject
    private SiteConfig config;

    private final SecureRandom random = new SecureRandom();
    private List<HandOverSeal> seals;
    private HandOverGate gate;

    /**
     * What the browser needs for its way.
     *
     * @param url where the home is, without a slash at the end
     */
    public record Departure(SiteName home, URI url, String token) {}

    @PostConstruct
    void prepare() {
        seals = config.clusterSecrets().stream().map(HandOverSeal::new).toList();
        gate = new HandOverGate(config.self());
    }

    /** Empty where this user's vote in this event is taken here, or nowhere. */
    public Optional<Departure> departure(EventId event, UserSecret who) {
        return events.view(event, who.id())
                .flatMap(view -> view.you().home())
                .filter(home -> !home.equals(config.self()))
                .map(home -> new Departure(home, config.url(home), seals.get(0).seal(handOver(event, who, home))));
    }

    private HandOver handOver(EventId event, UserSecret who, SiteName home) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return new HandOver(
                who,
                event,
                config.self(),
                home,
                Instant.now(),
                Base64.getUrlEncoder().withoutPadding().encodeToString(nonce));
    }

    /** What this token says; empty where no site of this cluster has sealed it. Whether to believe it, says {@link #admits}. */
    public Optional<HandOver> open(String token) {
        return seals.stream().flatMap(seal -> seal.open(token).stream()).findFirst();
    }

    /** Whether it is for this site, and good, and comes for the first time: asking uses it up. */
    public boolean admits(HandOver handOver) {
        return gate.admits(handOver, Instant.now());
    }
}
