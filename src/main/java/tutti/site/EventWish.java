package tutti.site;

import java.util.Optional;

/** What somebody who creates an event has filled in, unchecked. */
public record EventWish(
        String title, String description, Optional<Integer> maxContributors, Optional<Integer> votingSeconds) {}
