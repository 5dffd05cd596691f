package tutti.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tutti.commit.SiteName;
import tutti.site.Comparison;
import tutti.site.Comparison.Progress;
import tutti.site.Maintenance;
import tutti.site.SiteConfig;
import tutti.site.SiteReporter;
import tutti.site.SiteReporter.Heard;
import tutti.site.Standing;

/** All sites at one look, as they say of themselves at this moment. */
@Named
@RequestScoped
public class SitesPage {

    @Inject
    private SiteReporter reporter;

    @Inject
    private SiteConfig config;

    @Inject
    private Maintenance maintenance;

    @Inject
    private Comparison comparison;

    @Inject
    private Standing standing;

    private Map<SiteName, Optional<Heard>> sites;
    private Optional<Progress> compared;
    private Instant at;

    /** @param paused whether nothing is delivered to it from here */
    public record Peer(SiteName site, boolean paused) {}

    @PostConstruct
    void ask() {
        sites = reporter.all();
        compared = comparison.latest();
        at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    public Verdict getVerdict() {
        return Verdict.of(sites);
    }

    public List<SiteCard> getCards() {
        return sites.entrySet().stream()
                .map(site -> new SiteCard(site.getKey(), config.url(site.getKey()), site.getValue()))
                .toList();
    }

    public List<Doubt> getDoubts() {
        return Doubt.joined(sites.values().stream().flatMap(Optional::stream).toList());
    }

    /** What this site has promised to others, and does not know or has not adopted the outcome of. */
    public List<Doubt> getDoubtsHere() {
        return getDoubts().stream()
                .filter(doubt -> doubt.holders().contains(config.self())
                        && !doubt.id().coordinator().equals(config.self()))
                .toList();
    }

    /** Those of them for which an operator has forced an outcome here. */
    public List<Doubt> getForcedHere() {
        return getDoubtsHere().stream()
                .filter(doubt -> doubt.forced().containsKey(config.self()))
                .toList();
    }

    /** Whether the site of this console has lost its disk, and waits for somebody who has it made again. */
    public boolean isDisowned() {
        return standing.isDisowned();
    }

    /** Whether the site of this console takes nothing new. */
    public boolean isDrained() {
        return maintenance.isDrained();
    }

    public List<Peer> getPeers() {
        return config.peers().stream()
                .map(peer -> new Peer(peer, maintenance.isPaused(peer)))
                .toList();
    }

    /** The latest comparison of all sites that was begun at this one. */
    public Optional<Progress> getComparison() {
        return compared;
    }

    /** Such as {@code west, east and asia}. */
    public String listed(Collection<SiteName> names) {
        return Names.of(names);
    }

    /** To the second, in UTC. */
    public String second(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .replace('T', ' ')
                .replace("Z", " UTC");
    }

    public Instant getAt() {
        return at;
    }
}
