package tutti.event;

import java.time.Duration;
import java.time.Instant;
import tutti.commit.SiteName;
import tutti.montage.Style;
import tutti.photo.ContributorId;

/**
 * What the creator of an event has laid down. It never changes.
 *
 * @param description may be empty
 * @param master the site where it was created; it coordinates the event's ballots
 */
public record EventDetails(
        String title,
        String description,
        int maxContributors,
        int votingSeconds,
        Style style,
        SiteName master,
        ContributorId creator,
        Instant createdAt) {

    public Duration votingPeriod() {
        return Duration.ofSeconds(votingSeconds);
    }
}
