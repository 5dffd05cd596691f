package tutti.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tutti.commit.SiteName;
import tutti.event.EventId;
import tutti.journal.Dossier;
import tutti.journal.Dossier.Outline;
import tutti.site.SiteReporter;

/** One event as each site has recorded it, side by side, and all that has happened to it in the order of its happening. */
@Named
@RequestScoped
public class EventsPage {

    /** An id alone, or at the end of whatever address somebody has copied. */
    private static final Pattern ID = Pattern.compile("(?:.*[/=])?([A-Za-z0-9_-]{22})[/?#]?");

    private static final int WANTED_MOST = 300;

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    @Inject
    private SiteReporter reporter;

    @Inject
    private HttpServletRequest request;

    private String wanted = "";
    private Optional<EventId> event = Optional.empty();
    private Map<SiteName, Optional<Dossier>> sites = Map.of();
    private Instant at;

    /** A line of the timeline. */
    public record Line(Instant at, SiteName site, String subject, String what) {

        /** Month and day, and the time of day in UTC to the millisecond. */
        public String when() {
            return WHEN.format(at);
        }
    }

    /** How the event stands at one site; empty where that does not answer, or has never heard of it. */
    public record Stand(SiteName site, boolean answers, Optional<Outline> outline) {}

    @PostConstruct
    void look() {
        var asked = Optional.ofNullable(request.getParameter("find")).orElse("").strip();
        wanted = asked.substring(0, Math.min(asked.length(), WANTED_MOST));
        var id = ID.matcher(wanted);
        event = id.matches() ? Optional.of(new EventId(id.group(1))) : Optional.empty();
        event.ifPresent(found -> sites = reporter.dossiers(found));
        at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    public String getWanted() {
        return wanted;
    }

    public Instant getAt() {
        return at;
    }

    /** What to say before anything is shown; empty where something is. */
    public String getNotice() {
        if (wanted.isEmpty() || isKnown()) {
            return "";
        }
        return event.isEmpty()
                ? "That is neither the id of an event (22 letters and digits) nor a link to one."
                : "No site that answers has ever heard of this event.";
    }

    public boolean isKnown() {
        return sites.values().stream().flatMap(Optional::stream).anyMatch(dossier -> dossier.outline()
                .isPresent());
    }

    public String getTitle() {
        return sites.values().stream()
                .flatMap(Optional::stream)
                .flatMap(dossier -> dossier.outline().stream())
                .map(Outline::title)
                .filter(title -> !title.isEmpty())
                .findFirst()
                .orElse("An event without a title yet");
    }

    public List<Stand> getStands() {
        return sites.entrySet().stream()
                .map(site -> new Stand(
                        site.getKey(),
                        site.getValue().isPresent(),
                        site.getValue().flatMap(Dossier::outline)))
                .toList();
    }

    /** The latest first, by the clocks of the sites. */
    public List<Line> getTimeline() {
        return sites.entrySet().stream()
                .flatMap(site -> site.getValue().stream()
                        .flatMap(dossier -> dossier.entries().stream())
                        .map(entry -> new Line(entry.at(), site.getKey(), entry.subject(), entry.what())))
                .sorted(Comparator.comparing(Line::at).reversed())
                .toList();
    }
}
