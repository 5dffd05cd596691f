package tutti.event;

import java.time.Instant;
import java.util.Optional;
import tutti.montage.Style;

/**
 * What one site knows of one event, its photos, ballots and transactions apart.
 *
 * @param details empty while absent
 * @param lastEnded the highest ballot known here to have ended; never decreases
 * @param attempts how many transactions of this event this site has begun; never decreases
 * @param changes how many committed changes led to the montage of now
 * @param erasures whose data is gone from it, or is to go
 * @param frozen whether an operator has stopped it at this site, until further notice
 */
public record Event(
        EventId id,
        Phase phase,
        Optional<EventDetails> details,
        int lastEnded,
        long attempts,
        int changes,
        Optional<Instant> publishedAt,
        Erasures erasures,
        boolean frozen) {

    /** An event that this site has never heard of. */
    public static Event absent(EventId id) {
        return new Event(id, Phase.ABSENT, Optional.empty(), 0, 0, 0, Optional.empty(), Erasures.none(), false);
    }

    public Event creating(EventDetails laidDown) {
        return new Event(
                id, Phase.CREATING, Optional.of(laidDown), lastEnded, attempts, changes, publishedAt, erasures, frozen);
    }

    public Event opened(EventDetails laidDown) {
        return new Event(
                id, Phase.OPEN, Optional.of(laidDown), lastEnded, attempts, changes, publishedAt, erasures, frozen);
    }

    public Event in(Phase next) {
        return new Event(id, next, details, lastEnded, attempts, changes, publishedAt, erasures, frozen);
    }

    public Event withBallotEnded(int number) {
        return new Event(
                id, phase, details, Math.max(lastEnded, number), attempts, changes, publishedAt, erasures, frozen);
    }

    public Event withAttempt() {
        return new Event(id, phase, details, lastEnded, attempts + 1, changes, publishedAt, erasures, frozen);
    }

    /** Begins above a number that was used before. */
    public Event withAttemptsFrom(long used) {
        return new Event(
                id, phase, details, lastEnded, Math.max(attempts, used), changes, publishedAt, erasures, frozen);
    }

    public Event withChange() {
        return new Event(id, phase, details, lastEnded, attempts, changes + 1, publishedAt, erasures, frozen);
    }

    public Event published(Instant at) {
        return new Event(id, Phase.PUBLISHED, details, lastEnded, attempts, changes, Optional.of(at), erasures, frozen);
    }

    public Event with(Erasures known) {
        return new Event(id, phase, details, lastEnded, attempts, changes, publishedAt, known, frozen);
    }

    public Event frozen(boolean stopped) {
        return new Event(id, phase, details, lastEnded, attempts, changes, publishedAt, erasures, stopped);
    }

    /** How the montage looks; the plain style while absent, when there is nothing to look at. */
    public Style style() {
        return details.map(EventDetails::style).orElse(Style.PLAIN);
    }

    /** What the creator laid down; an event that is not absent always has it. */
    public EventDetails laidDown() {
        return details.orElseThrow(() -> new IllegalStateException("event " + id + " is " + phase));
    }
}
