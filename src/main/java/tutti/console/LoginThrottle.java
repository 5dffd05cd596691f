package tutti.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import tutti.site.Throttle;

/**
 * How often a password may be tried: five times at once from one address and then once a minute, and from everywhere together
 * a hundred times an hour. What the many may not guess together, a botnet cannot either.
 */
@ApplicationScoped
public class LoginThrottle {
    private final Throttle addresses = new Throttle(5, 1, Duration.ofMinutes(1));
    private final Throttle all = new Throttle(100, 100, Duration.ofHours(1));

    /** Whether this address may try now; that it does counts. */
    public boolean admits(String address) {
        return addresses.delay(address).isEmpty() && all.delay("").isEmpty();
    }
}
