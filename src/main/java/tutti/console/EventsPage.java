package tutti.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tutti.commit.SiteName;
import tutti.event.EventId;
import tutti.event.Phase;
import tutti.journal.Dossier;
import tutti.journal.Dossier.Outline;
import tutti.journal.Listed;
import tutti.journal.ReplicaJournal;
import tutti.journal.StorageUnavailable;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.site.SiteConfig;
import tutti.site.SiteReporter;

/**
 * The events of this site, found by id, link or title; and one event as each site has recorded it, side by side, with all that
 * has happened to it in the order of its happening.
 */
@Named
@RequestScoped
public class EventsPage {

    /** An id alone, or at the end of whatever address somebody has copied. */
    private static final Pattern ID = Pattern.compile("(?:.*[/=])?([A-Za-z0-9_-]{22})[/?#]?");

    private static final int WANTED_MOST = 300;
    private static final int LISTED_MOST = 100;

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    @Inject
    private SiteReporter reporter;

    @Inject
    private ReplicaJournal journal;

    @Inject
    private SiteConfig config;

    @Inject
    private HttpServletRequest request;

    private String wanted = "";
    private String subject = "";
    private Optional<EventId> event = Optional.empty();
    private Map<SiteName, Optional<Dossier>> sites = Map.of();
    private List<Listed> listed = List.of();
    private List<Person> people = List.of();
    private String notice = "";
    private Instant at;

    /** A line of the timeline. */
    public record Line(Instant at, SiteName site, String subject, String what) {

        /** As a parameter of an address. */
        public String subjectInAddress() {
            return URLEncoder.encode(subject, StandardCharsets.UTF_8);
        }

        /** Month and day, and the time of day in UTC to the millisecond. */
        public String when() {
            return WHEN.format(at);
        }
    }

    /** How the event stands at one site; empty where that does not answer, or has never heard of it. */
    public record Stand(SiteName site, boolean answers, Optional<Outline> outline) {}

    /** Whose photos are in; {@code name} is the latest one given, and may be empty. */
    public record Person(ContributorId id, String name, long photos) {}

    /** Looks at all sites; once more after something was done. */
    @PostConstruct
    public void look() {
        wanted = asked("find");
        subject = asked("of");
        var id = ID.matcher(wanted);
        event = id.matches() ? Optional.of(new EventId(id.group(1))) : Optional.empty();
        event.ifPresent(found -> sites = reporter.dossiers(found));
        try {
            if (isKnown()) {
                people = people(event.orElseThrow());
            } else {
                listed = journal.list(wanted, LISTED_MOST);
                notice = listed.isEmpty() && !wanted.isEmpty() ? "No site that answers knows such an event." : "";
            }
        } catch (StorageUnavailable e) {
            notice = "The database of this site is out of reach; at another site's console there is more to see.";
        }
        at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private String asked(String parameter) {
        var asked =
                Optional.ofNullable(request.getParameter(parameter)).orElse("").strip();
        return asked.substring(0, Math.min(asked.length(), WANTED_MOST));
    }

    /** The one transaction or ballot whose timeline is wanted; empty where all of the event is. */
    public String getSubject() {
        return subject;
    }

    public String getWanted() {
        return wanted;
    }

    public Instant getAt() {
        return at;
    }

    private List<Person> people(EventId id) {
        var looked = journal.look(id);
        if (looked.isEmpty()) {
            return List.of();
        }
        var replica = looked.get().replica();
        var photos = replica.photos().values().stream()
                .filter(photo -> !replica.event().erasures().concern(photo.contributor()))
                .sorted(Comparator.comparing(Photo::uploadedAt))
                .collect(Collectors.groupingBy(Photo::contributor, LinkedHashMap::new, Collectors.toList()));
        return photos.entrySet().stream()
                .map(person -> new Person(
                        person.getKey(),
                        person.getValue().get(person.getValue().size() - 1).name(),
                        person.getValue().size()))
                .toList();
    }

    /** What there is to say besides what is shown; empty where that is nothing. */
    public String getNotice() {
        return notice;
    }

    public List<Listed> getListed() {
        return listed;
    }

    public List<Person> getPeople() {
        return people;
    }

    public Optional<EventId> getEvent() {
        return event;
    }

    /** Whether its montage is public at this site. */
    public boolean isPublished() {
        return sites.getOrDefault(config.self(), Optional.empty())
                .flatMap(Dossier::outline)
                .filter(outline -> outline.phase().equals(Phase.PUBLISHED.name()))
                .isPresent();
    }

    /** Where an operator has stopped it, as far as sites answer. */
    public List<SiteName> getFrozenAt() {
        return sites.entrySet().stream()
                .filter(site -> site.getValue()
                        .flatMap(Dossier::outline)
                        .filter(Outline::frozen)
                        .isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether something could still happen in it that stopping it would prevent. */
    public boolean isUnderWay() {
        return sites.values().stream()
                .flatMap(Optional::stream)
                .flatMap(dossier -> dossier.outline().stream())
                .map(Outline::phase)
                .anyMatch(phase -> phase.equals(Phase.OPEN.name()) || phase.equals(Phase.VOTING.name()));
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

    /** Of the event, or of one transaction or ballot in it; the latest first, by the clocks of the sites. */
    public List<Line> getTimeline() {
        return sites.entrySet().stream()
                .flatMap(site -> site.getValue().stream()
                        .flatMap(dossier -> dossier.entries().stream())
                        .filter(entry -> subject.isEmpty() || entry.subject().equals(subject))
                        .map(entry -> new Line(entry.at(), site.getKey(), entry.subject(), entry.what())))
                .sorted(Comparator.comparing(Line::at).reversed())
                .toList();
    }
}
