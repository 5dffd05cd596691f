package tutti.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import tutti.site.Throttle;

/**
 * How often a password may be tried: five times at once from one address and then once a minute, and from everywhere together
 * a hundred times an hour. What the many may not guess together, a botnet cannot either. Whoever is at the machine itself does
 * not count among them: two addresses that keep trying use up the hundred, and an operator has to get in just then.
 */
@ApplicationScoped
public class LoginThrottle {
    private final Throttle addresses = new Throttle(5, 1, Duration.ofMinutes(1));
    private final Throttle all = new Throttle(100, 100, Duration.ofHours(1));
    private final Throttle thisMachine = new Throttle(5, 1, Duration.ofMinutes(1));

    /** Whether this address may try now; that it does counts. */
    public boolean admits(String address) {
        return addresses.delay(address).isEmpty() && all.delay("").isEmpty();
    }

    /** The same for whoever is at the machine that the site runs on. */
    public boolean admitsThisMachine() {
        return thisMachine.delay("").isEmpty();
    }
}
