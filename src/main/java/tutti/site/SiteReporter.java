package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tutti.commit.SiteName;
import tutti.event.EventId;
import tutti.journal.Backlog;
import tutti.journal.Dossier;
import tutti.journal.ReplicaJournal;
import tutti.journal.StorageUnavailable;
import tutti.pictures.PhotoFiles;

/** What the sites say of themselves, asked at all of them at once. */
@ApplicationScoped
public class SiteReporter {

    /** More than anybody reads; what is older is shown, as it is what holds others up. */
    private static final int PROMISES_MOST = 100;

    @Inject
    private ReplicaJournal journal;

    @Inject
    private PeerStates peers;

    @Inject
    private PeerLine line;

    @Inject
    private Together together;

    @Inject
    private Standing standing;

    @Inject
    private Maintenance maintenance;

    @Inject
    private Rebuild rebuild;

    @Inject
    private PhotoFiles files;

    @Inject
    private SiteConfig config;

    /**
     * A report, and how it came.
     *
     * @param took from the question to the answer
     * @param ahead how far the site's clock is ahead of this site's, give or take half of that; negative where it is behind
     */
    public record Heard(SiteReport report, Duration took, Duration ahead) {}

    public SiteReport own() {
        try {
            var disk = Files.getFileStore(config.photosDir());
            return new SiteReport(
                    config.self(),
                    Instant.now(),
                    Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
                    trouble(),
                    peers.silences(),
                    maintenance.drainedSince(),
                    maintenance.paused(),
                    backlog(),
                    disk.getUsableSpace(),
                    disk.getTotalSpace(),
                    files.bytesKept(),
                    config.measures());
        } catch (IOException e) {
            throw new UncheckedIOException("the disk of the photos cannot be looked at", e);
        }
    }

    private Optional<String> trouble() {
        try {
            var soFar = rebuild.eventsSoFar().map(events -> " Events that are here again: " + events + ".");
            return standing.trouble().map(why -> why + soFar.orElse(""));
        } catch (StorageUnavailable e) {
            return Optional.empty(); // the report speaks of no database then
        }
    }

    private Optional<Backlog> backlog() {
        try {
            return Optional.of(journal.backlog(PROMISES_MOST));
        } catch (StorageUnavailable e) {
            return Optional.empty();
        }
    }

    /**
     * All sites in the configured order; empty for one that does not answer. This site speaks last, when it has met whatever
     * the others are silent by.
     */
    public Map<SiteName, Optional<Heard>> all() {
        var heard = together.ask(config.peers(), this::heard);
        heard.putAll(together.ask(List.of(config.self()), this::heard));
        var all = new LinkedHashMap<SiteName, Optional<Heard>>();
        config.sites().forEach(site -> all.put(site, Optional.ofNullable(heard.get(site))));
        return all;
    }

    /** What each site has recorded of an event; empty for one that does not answer, or whose database does not. */
    public Map<SiteName, Optional<Dossier>> dossiers(EventId event) {
        var said = together.ask(config.sites(), site -> dossier(site, event));
        var all = new LinkedHashMap<SiteName, Optional<Dossier>>();
        config.sites().forEach(site -> all.put(site, said.getOrDefault(site, Optional.empty())));
        return all;
    }

    private Optional<Dossier> dossier(SiteName site, EventId event) {
        try {
            return Optional.of(site.equals(config.self()) ? journal.dossier(event) : line.dossierOf(site, event));
        } catch (StorageUnavailable e) {
            return Optional.empty();
        }
    }

    private Heard heard(SiteName site) {
        var asked = Instant.now();
        var from = System.nanoTime();
        var report = site.equals(config.self()) ? own() : line.reportOf(site);
        var took = Duration.ofNanos(System.nanoTime() - from);
        return new Heard(report, took, Duration.between(asked.plus(took.dividedBy(2)), report.at()));
    }
}
