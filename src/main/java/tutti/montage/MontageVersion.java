package tutti.montage;

/**
 * One state of an event's montage.
 *
 * @param number how many changes led to it
 * @param digest what is on it
 */
public record MontageVersion(int number, Digest digest) {}
