package tutti.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.EventId;
import tutti.replica.Forced;

/**
 * What this site has, and what it has not settled with its peers yet.
 *
 * @param events about how many this site remembers
 * @param photos about how many of them are in
 * @param owing in how many events something is owed to a peer
 * @param owedSince since when, at the longest
 * @param undelivered decisions of this site that a peer has not acknowledged, by peer
 * @param inDoubt what is promised here and not decided as far as this site knows, the oldest first; bounded
 * @param waiting photos that wait here for all sites to be there
 * @param openBallots ballots that are open as far as this site knows
 */
public record Backlog(
        long events,
        long photos,
        int owing,
        Optional<Instant> owedSince,
        SortedMap<SiteName, Integer> undelivered,
        List<InDoubt> inDoubt,
        int waiting,
        int openBallots) {

    /**
     * A promise whose outcome this site does not know, or has not adopted.
     *
     * @param since when it was made, by this site's database
     * @param forced what an operator has this site show of it
     */
    public record InDoubt(EventId event, TransactionId id, Instant since, Optional<Forced> forced) {

        /** Whether it is decided, and this site shows the other outcome. */
        public boolean isMixed() {
            return forced.filter(Forced::mixed).isPresent();
        }
    }
}
