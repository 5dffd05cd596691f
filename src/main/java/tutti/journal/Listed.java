package tutti.journal;

import java.time.Instant;
import tutti.commit.SiteName;
import tutti.event.EventId;

/**
 * An event as this site has it, in a list.
 *
 * @param phase by its name
 * @param createdAt by the clock of its master
 */
public record Listed(EventId id, String title, String phase, SiteName master, Instant createdAt, int photos) {}
