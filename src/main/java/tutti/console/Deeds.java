package tutti.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import tutti.event.EventId;
import tutti.event.Refusal;
import tutti.journal.AuditLog;
import tutti.journal.ReplicaJournal;
import tutti.journal.StorageUnavailable;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.site.ClientAddress;
import tutti.site.EventDesk;
import tutti.site.Shown;

/** What an operator can do at this site; each deed is in the audit log before it is done. */
@Named
@RequestScoped
public class Deeds {

    private static final int REASON_LENGTH_MAX = 500;

    @Inject
    private AuditLog audit;

    @Inject
    private ReplicaJournal journal;

    @Inject
    private EventDesk events;

    @Inject
    private EventsPage page;

    @Inject
    private ClientAddress addresses;

    @Inject
    private HttpServletRequest request;

    private String notice = "";

    /** Tries at once whatever this site owes, instead of after the pauses that have grown. */
    public void retry() {
        doing("retry now", "everything that this site owes", () -> {
            journal.hasten();
            return "All that this site owes is tried again now.";
        });
    }

    /** Hides the published montage of an event, as any of its contributors could. */
    public void takeDown() {
        var event = new EventId(field("event"));
        doing("take down", event + reason(), () -> {
            var contributor = journal.look(event).stream()
                    .flatMap(looked -> looked.replica().photos().values().stream())
                    .map(Photo::contributor)
                    .findFirst();
            return contributor.isEmpty()
                    ? "Nobody has a photo in this event, so there is nothing to take down."
                    : told(events.takeDown(event, contributor.get()), "The montage is taken down, at all sites.");
        });
        page.look();
    }

    /** Erases the data of one person in an event, as this one could. */
    public void erase() {
        var event = new EventId(field("event"));
        var person = new ContributorId(field("person"));
        doing(
                "erase a person",
                event + " " + person + reason(),
                () -> told(events.erase(event, person), "The person's photos and name are erased, at all sites."));
        page.look();
    }

    /** @param done whether every site has done it */
    private static String told(Shown<Boolean> done, String sentence) {
        return done.refusal()
                .map(refusal -> refusal == Refusal.VOTING_IN_PROGRESS
                        ? "A vote is on. It ends by itself within minutes: try again then."
                        : "That was refused: " + refusal.code() + ".")
                .orElseGet(() -> done.value()
                        ? sentence
                        : "It is done here, and goes on by itself where a site is out of reach.");
    }

    private String reason() {
        var reason = field("reason");
        return ": " + reason.substring(0, Math.min(reason.length(), REASON_LENGTH_MAX));
    }

    private String field(String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("").strip();
    }

    private interface Deed {
        String done();
    }

    private void doing(String action, String detail, Deed deed) {
        try {
            audit.add(request.getRemoteUser(), addresses.of(request), action, detail);
            notice = deed.done();
        } catch (StorageUnavailable e) {
            notice = "The database of this site is out of reach: nothing can be done from here now.";
        }
    }

    public String getNotice() {
        return notice;
    }
}
