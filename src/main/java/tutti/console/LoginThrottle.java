package tutti.console;

import io.github.bucket4j.Bucket;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often a password may be tried: five times at once from one address and then once a minute, and from everywhere together
 * a hundred times an hour. What the many may not guess together, a botnet cannot either.
 */
@ApplicationScoped
public class LoginThrottle {
    private static final int ADDRESSES_MOST = 10_000;

    private final Bucket all = Bucket.builder()
            .addLimit(limit -> limit.capacity(100).refillGreedy(100, Duration.ofHours(1)))
            .build();

    /** Those that have not tried for longest are forgotten first. */
    private final Map<String, Bucket> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > ADDRESSES_MOST;
        }
    };

    /** Whether this address may try now; that it does counts. */
    public synchronized boolean admits(String address) {
        return byAddress.computeIfAbsent(address, unknown -> perAddress()).tryConsume(1) && all.tryConsume(1);
    }

    private static Bucket perAddress() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(5).refillGreedy(1, Duration.ofMinutes(1)))
                .build();
    }
}
