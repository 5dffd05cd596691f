package tutti.journal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import tutti.commit.SiteName;
import tutti.event.Erasures;
import tutti.event.Event;
import tutti.event.EventDetails;
import tutti.event.EventId;
import tutti.event.Phase;
import tutti.montage.Background;
import tutti.montage.LayoutKind;
import tutti.montage.Style;
import tutti.photo.ContributorId;

/** An event at this site; its row is the lock of everything about it. */
@Entity
@Table(name = "event")
class EventRow {

    @Id
    private String id;

    private String phase;
    private String title;
    private String description;

    @Column(name = "max_contributors")
    private Integer maxContributors;

    @Column(name = "voting_seconds")
    private Integer votingSeconds;

    private String layout;
    private String background;

    @Column(name = "text_line")
    private String textLine;

    @Column(name = "held_on")
    private LocalDate heldOn;

    private String master;
    private String creator;

    @Column(name = "created_us")
    private Long createdAt;

    @Column(name = "published_us")
    private Long publishedAt;

    @Column(name = "last_ended")
    private int lastEnded;

    private long attempts;
    private int changes;
    private String erasing;
    private String erased;
    private boolean frozen;
    private long revision;

    @Column(name = "owed_since_us")
    private Long owedSince;

    @Column(name = "due_us")
    private Long due;

    protected EventRow() {}

    Event read() {
        return new Event(
                new EventId(id),
                Phase.valueOf(phase),
                readDetails(),
                lastEnded,
                attempts,
                changes,
                Columns.instant(publishedAt),
                new Erasures(Columns.contributors(erasing), Columns.contributors(erased)),
                frozen);
    }

    private Optional<EventDetails> readDetails() {
        return title == null
                ? Optional.empty()
                : Optional.of(new EventDetails(
                        title,
                        description,
                        maxContributors,
                        votingSeconds,
                        new Style(
                                LayoutKind.of(layout).orElseThrow(),
                                Background.of(background).orElseThrow(),
                                textLine,
                                Optional.ofNullable(heldOn)),
                        new SiteName(master),
                        new ContributorId(creator),
                        Columns.instant(createdAt.longValue())));
    }

    void write(Event event) {
        phase = event.phase().name();
        lastEnded = event.lastEnded();
        attempts = event.attempts();
        changes = event.changes();
        publishedAt = Columns.micros(event.publishedAt());
        erasing = Columns.list(event.erasures().wanted());
        erased = Columns.list(event.erasures().done());
        frozen = event.frozen();
        event.details().ifPresent(this::write);
    }

    private void write(EventDetails details) {
        title = details.title();
        description = details.description();
        maxContributors = details.maxContributors();
        votingSeconds = details.votingSeconds();
        layout = details.style().layout().code();
        background = details.style().background().code();
        textLine = details.style().textLine();
        heldOn = details.style().date().orElse(null);
        master = details.master().name();
        creator = details.creator().value();
        createdAt = Columns.micros(details.createdAt());
    }

    long revision() {
        return revision;
    }

    void changed() {
        revision++;
    }

    Optional<Instant> due() {
        return Columns.instant(due);
    }

    Optional<Instant> owedSince() {
        return Columns.instant(owedSince);
    }

    void owe(Optional<Instant> since, Optional<Instant> next) {
        owedSince = Columns.micros(since);
        due = Columns.micros(next);
    }
}
