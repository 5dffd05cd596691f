package tutti.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import tutti.commit.Outcome;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.EventId;
import tutti.event.Refusal;
import tutti.journal.AuditLog;
import tutti.journal.Backlog.InDoubt;
import tutti.journal.ReplicaJournal;
import tutti.journal.StorageUnavailable;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.site.ClientAddress;
import tutti.site.Comparison;
import tutti.site.EventDesk;
import tutti.site.ForcedOutcomes;
import tutti.site.Maintenance;
import tutti.site.Rebuild;
import tutti.site.Shown;
import tutti.site.SiteConfig;
import tutti.site.Standing;

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
    private Maintenance maintenance;

    @Inject
    private Comparison comparison;

    @Inject
    private ForcedOutcomes forcedOutcomes;

    @Inject
    private Standing standing;

    @Inject
    private Rebuild rebuild;

    @Inject
    private SiteConfig config;

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

    /** Looks whether all sites have the same. */
    public void compare() {
        doing(
                "compare",
                "all sites",
                () -> comparison.begin()
                        ? "The sites are being compared. What comes of it is shown below."
                        : "The sites are being compared already.");
    }

    /** Makes this site again from the others, after the loss of its disk. */
    public void rebuild() {
        if (standing.isDisowned()) {
            doing(
                    "rebuild",
                    config.self() + reason(),
                    () -> rebuild.beginIfEmpty()
                            ? config.self()
                                    + " is being made again. How far it has come is shown below; it serves when it is done."
                            : "The database of " + config.self() + " is not empty. Stop the site, and use"
                                    + " \"run-cluster.sh rebuild " + config.self() + "\", which gives it a new one.");
        } else {
            notice = "The database of " + config.self()
                    + " is the one that the others know, or it is being made again already.";
        }
    }

    /** Takes nothing new here any more, so that the site can be stopped when what is under way has ended. */
    public void drain() {
        doing("drain", "take nothing new", () -> {
            maintenance.drain();
            return "Nothing new begins here from now on. Below it says when the site can be stopped.";
        });
    }

    public void takeNewWork() {
        doing("drain", "end of it", () -> {
            maintenance.takeNewWork();
            return "New events, photos and votes are taken again.";
        });
    }

    /** Leaves a peer alone. */
    public void pause() {
        field("peer", this::peer)
                .ifPresent(peer -> doing("pause deliveries", "to " + peer, () -> {
                    maintenance.pause(peer);
                    return "Nothing is delivered to " + peer
                            + " from here until you resume it, or this site starts again.";
                }));
    }

    public void resume() {
        field("peer", this::peer)
                .ifPresent(peer -> doing("resume deliveries", "to " + peer, () -> {
                    maintenance.resume(peer);
                    journal.hasten();
                    return "What " + peer + " is owed is delivered now.";
                }));
    }

    private SiteName peer(String name) {
        return config.peers().stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a peer: " + name));
    }

    /** Has this site show an outcome of a transaction in doubt of which nobody can tell the decision. */
    public void force() {
        var typed = field("transaction");
        var promise = promised(typed);
        if (promise.isEmpty()) {
            notice = "Nothing with that id is in doubt at " + config.self()
                    + ". Copy the whole id from the table of those in doubt.";
        } else if (field("reason").isEmpty()) {
            notice = "Say why: the reason goes into the audit log.";
        } else {
            field("outcome", Outcome::valueOf).ifPresent(outcome -> {
                var event = promise.get().event();
                var detail = outcome + " " + event + " " + typed + reason();
                doing(
                        "force an outcome",
                        detail,
                        () -> told(
                                forcedOutcomes.force(event, promise.get().id(), outcome),
                                promise.get().id(),
                                outcome));
            });
        }
    }

    private String told(ForcedOutcomes.Answer answer, TransactionId id, Outcome outcome) {
        return switch (answer) {
            case FORCED ->
                config.self() + " shows it as " + Doubt.word(outcome)
                        + " from now on. Its promise stays: the decision of "
                        + id.coordinator() + " is adopted when it comes, or, if it is the other one, waits for you to"
                        + " conclude it.";
            case DECIDED -> "Its decision has come just now, and is adopted. Nothing was forced.";
            case COORDINATOR_ANSWERS ->
                id.coordinator() + ", which decides it, answers: the decision comes by itself. Nothing was forced.";
            case DELIVERIES_PAUSED ->
                "Deliveries to "
                        + Names.of(config.peers().stream()
                                .filter(maintenance::isPaused)
                                .toList())
                        + " are paused here, and the decision may be known there. Resume them first.";
            case NOT_FORCIBLE ->
                "That cannot be forced. A new photo or one taken out can be shown either way, and a publication only as"
                        + " aborted, since nothing is made public that somebody may have rejected; anything else goes on by"
                        + " itself until all sites have it.";
        };
    }

    /** Ends what was forced, and adopts the coordinator's decision. */
    public void conclude() {
        promised(field("transaction"))
                .ifPresent(promise -> doing(
                        "conclude a forced outcome",
                        promise.event() + " " + promise.id(),
                        () -> forcedOutcomes.conclude(promise.event(), promise.id())
                                ? "Concluded: the decision of " + promise.id().coordinator() + " is adopted."
                                : "Nothing is forced any more. The decision of "
                                        + promise.id().coordinator() + " is adopted as soon as it can be had."));
    }

    private Optional<InDoubt> promised(String id) {
        try {
            return forcedOutcomes.promised().stream()
                    .filter(promise -> promise.id().toString().equals(id))
                    .findFirst();
        } catch (StorageUnavailable e) {
            return Optional.empty();
        }
    }

    /** Hides the published montage of an event, as any of its contributors could. */
    public void takeDown() {
        field("event", EventId::new)
                .ifPresent(event -> doing("take down", event + reason(), () -> {
                    var contributor = journal.look(event).stream()
                            .flatMap(looked -> looked.replica().photos().values().stream())
                            .map(Photo::contributor)
                            .findFirst();
                    return contributor.isEmpty()
                            ? "Nobody has a photo in this event, so there is nothing to take down."
                            : told(
                                    events.takeDown(event, contributor.get()),
                                    "The montage is taken down, at all sites.");
                }));
        page.look();
    }

    /** Stops an event, at all sites that can be reached. */
    public void freeze() {
        freezing("freeze", true);
    }

    /** Lets a stopped event go on. */
    public void letGoOn() {
        freezing("let go on", false);
    }

    private void freezing(String action, boolean stopped) {
        field("event", EventId::new)
                .ifPresent(event -> doing(action, event + reason(), () -> {
                    var silent = new TreeSet<>(config.sites());
                    silent.removeAll(events.freeze(event, stopped).keySet());
                    if (!silent.isEmpty()) {
                        return "No answer from " + Names.of(silent)
                                + (stopped
                                        ? ". Nothing can change in the event all the same: each change needs all sites."
                                        : ". As long as the event is stopped there, nothing can change in it. Try again when it answers.");
                    }
                    return stopped
                            ? "The event is stopped, at all sites. A vote that was on has ended."
                            : "The event goes on, at all sites.";
                }));
        page.look();
    }

    /** Erases the data of one person in an event, as this one could. */
    public void erase() {
        field("event", EventId::new).ifPresent(event -> field("person", ContributorId::new)
                .ifPresent(person -> doing(
                        "erase a person",
                        event + " " + person + reason(),
                        () -> told(
                                events.erase(event, person),
                                "The person's photos and name are erased, at all sites."))));
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

    /** Empty, and said so, where a form does not say what this console has written into it. */
    private <T> Optional<T> field(String name, Function<String, T> reading) {
        try {
            return Optional.of(reading.apply(field(name)));
        } catch (IllegalArgumentException e) {
            notice = "That form is not one of this console as it is now. Open the page again, and try once more.";
            return Optional.empty();
        }
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
