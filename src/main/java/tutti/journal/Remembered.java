package tutti.journal;

import java.util.List;
import java.util.Optional;
import tutti.event.EventId;
import tutti.replica.Countdown;
import tutti.replica.Errand;
import tutti.replica.Turns;

/**
 * Fired after each step that is on disk: now it may be spoken of.
 *
 * @param changed whether anything but bookkeeping of sends has changed
 * @param turns what it has turned, for the log
 * @param fresh what is owed to other sites now and was not before
 * @param countdown of the ballot that is open here, where this site is its master
 * @param givesUpBytes whether bytes were given up that may have to be removed
 */
public record Remembered(
        EventId event,
        boolean changed,
        Turns turns,
        List<Errand> fresh,
        Optional<Countdown> countdown,
        boolean givesUpBytes) {}
