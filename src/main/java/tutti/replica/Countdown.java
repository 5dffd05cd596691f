package tutti.replica;

import java.time.Duration;

/**
 * What is left of a ballot at its master: after this, its timer has run out.
 *
 * @param left never negative and never more than the voting period, whatever the clock did
 */
public record Countdown(int ballot, Duration left) {}
