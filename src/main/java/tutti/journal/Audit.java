package tutti.journal;

import java.time.Instant;

/**
 * One thing that somebody did at the console.
 *
 * @param at by the site's database
 * @param operator as they call themselves
 * @param address where the request came from
 * @param action what, in a word
 * @param detail to what, why, and how it ended; may be empty
 */
public record Audit(Instant at, String operator, String address, String action, String detail) {}
