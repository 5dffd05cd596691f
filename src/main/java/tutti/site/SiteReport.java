package tutti.site;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import tutti.commit.SiteName;
import tutti.journal.Backlog;

/**
 * What a site says of itself to an operator.
 *
 * @param at by its own clock
 * @param startedAt when its JVM began
 * @param trouble why it does not serve, as a sentence; empty while it does
 * @param silent the peers that did not answer when it last asked them
 * @param drainedSince when an operator has asked it to take nothing new; empty while it does
 * @param paused the peers to which it delivers nothing, as an operator has asked
 * @param backlog empty where its database is out of reach
 * @param diskFree bytes that its photos' disk has left
 * @param diskSize of all bytes of that disk
 * @param photoBytes that its photos take
 * @param measures its limits, times and rates by their keys
 */
public record SiteReport(
        SiteName site,
        Instant at,
        Instant startedAt,
        Optional<String> trouble,
        SortedMap<SiteName, Silence> silent,
        Optional<Instant> drainedSince,
        SortedSet<SiteName> paused,
        Optional<Backlog> backlog,
        long diskFree,
        long diskSize,
        long photoBytes,
        SortedMap<String, String> measures) {}
