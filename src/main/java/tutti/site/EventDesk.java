package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.ballot.BallotReport;
import tutti.ballot.Choice;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.Change;
import tutti.event.EventId;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.journal.Focus;
import tutti.journal.Looked;
import tutti.journal.ReplicaJournal;
import tutti.montage.Digest;
import tutti.photo.ContributorId;
import tutti.replica.Transaction;
import tutti.replica.VoteAnswer;

/** Where users' wishes about events and ballots are taken, by pages and API alike. Photos go to {@link PhotoDesk}. */
@ApplicationScoped
public class EventDesk {
    private static final Logger LOG = Logger.getLogger(EventDesk.class.getName());

    private static final int EVENTS_SHOWN_MAX = 50;
    private static final int ID_BYTES = 16;

    @Inject
    private ReplicaJournal journal;

    @Inject
    private ErrandRunner errands;

    @Inject
    private Decisions decisions;

    @Inject
    private EventViews views;

    @Inject
    private Presence presence;

    @Inject
    private Maintenance maintenance;

    @Inject
    private Together together;

    @Inject
    private PeerLine line;

    @Inject
    private SiteConfig config;

    private final SecureRandom random = new SecureRandom();

    /**
     * Creates an event here, which makes this site its master. Returns when it is decided, or when the preparing time is
     * over: then its status is {@code creating}, and it goes on by itself.
     *
     * @throws InvalidWish naming every field that is wrong
     */
    public EventView create(ContributorId who, EventWish wish) {
        var id = newId();
        var begun = journal.update(id, Focus.live(), (replica, now) -> {
            replica.create(EventForm.laidDown(wish, config.limits(), config.self(), who, now), now);
            return ownAttempt(replica.transactions().values());
        });
        begun.answer()
                .ifPresent(own ->
                        decisions.await(own, config.times().preparingTime().plusSeconds(1)));
        return view(id, who).orElseThrow(() -> new IllegalStateException("event " + id + " was just created"));
    }

    private static Optional<TransactionId> ownAttempt(Iterable<Transaction> transactions) {
        for (var transaction : transactions) {
            if (transaction.isRunningHere()) {
                return Optional.of(transaction.id());
            }
        }
        return Optional.empty();
    }

    private EventId newId() {
        var bits = new byte[ID_BYTES];
        random.nextBytes(bits);
        return new EventId(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** The event as this user may see it; empty where there is none, or none that is this user's to know of. */
    public Optional<EventView> view(EventId id, ContributorId who) {
        var view = glance(id, who);
        if (view.filter(seen -> seen.you().contributor()).isPresent()) {
            presence.seen(id, who);
        }
        return view;
    }

    /** In passing, which is not being there. */
    private Optional<EventView> glance(EventId id, ContributorId who) {
        return shown(id).flatMap(looked -> views.of(looked, who));
    }

    /** How long the vote of now still runs, which everybody may know; empty where there is none. */
    public Optional<Duration> timeLeft(EventId id) {
        return shown(id).flatMap(looked -> looked.replica()
                .openBallot()
                .map(open -> open.timeLeft(
                        looked.now(), looked.replica().event().laidDown().votingPeriod())));
    }

    /** The event's replica for looking; a site that has promised the event asks how that was decided first. */
    Optional<Looked> look(EventId id) {
        var looked = journal.look(id);
        var promised = looked.filter(seen -> seen.replica().event().phase() == Phase.ABSENT)
                .flatMap(seen -> seen.replica().transactions().values().stream()
                        .filter(held -> held.isHold()
                                && held.change()
                                        .filter(Change.CreateEvent.class::isInstance)
                                        .isPresent())
                        .findFirst());
        if (promised.isEmpty()) {
            return looked;
        }
        errands.ask(id, promised.get().id());
        return journal.look(id);
    }

    /** The same as people are to see it. */
    private Optional<Looked> shown(EventId id) {
        return look(id).map(Looked::shown);
    }

    /** Takes a creation back; empty where that is done. */
    public Optional<Refusal> cancel(EventId id, ContributorId who) {
        if (view(id, who).isEmpty()) {
            return Optional.of(Refusal.NOT_FOUND);
        }
        return journal.update(id, Focus.live(), (replica, now) -> replica.cancel(who, now))
                .answer();
    }

    /**
     * Hides a published montage here at once, and at all other sites as soon as they can be reached.
     *
     * @return a refusal, or whether every site hides it
     */
    public Shown<Boolean> takeDown(EventId id, ContributorId who) {
        if (view(id, who).isEmpty()) {
            return Shown.no(Refusal.NOT_FOUND);
        }
        var refusal = journal.update(id, Focus.live(), (replica, now) -> replica.takeDown(who, now))
                .answer();
        if (refusal.isPresent()) {
            return Shown.no(refusal.get());
        }
        journal.look(id)
                .flatMap(looked -> ownAttempt(looked.replica().transactions().values()))
                .ifPresent(own ->
                        decisions.await(own, config.times().preparingTime().plusSeconds(1)));
        return Shown.of(journal.look(id).orElseThrow().replica().event().phase() == Phase.TAKEN_DOWN);
    }

    /**
     * Erases this user's data in an event, at all sites. Whatever it takes (photos are removed first, or a published montage is
     * taken down) goes on by itself from here on.
     *
     * @return a refusal, or whether it is done at every site
     */
    public Shown<Boolean> erase(EventId id, ContributorId who) {
        if (look(id).isEmpty()) {
            return Shown.no(Refusal.NOT_FOUND);
        }
        var refusal = journal.update(id, Focus.onEverything(), (replica, now) -> replica.erase(who, now))
                .answer();
        if (refusal.isPresent()) {
            // What is not this user's to know of looks like what is not there.
            return Shown.no(glance(id, who).isEmpty() ? Refusal.NOT_FOUND : refusal.get());
        }
        var until = System.nanoTime()
                + config.times().preparingTime().plusSeconds(1).toNanos();
        while (!isErased(id, who) && System.nanoTime() - until < 0) {
            ErrandRunner.pause();
        }
        return Shown.of(isErased(id, who));
    }

    /**
     * Stops an event at all sites, or lets it go on: no photo comes in, and nothing is voted on or published, as long as a single
     * site has it stopped.
     *
     * @return where that is stored now; false at a site that does not know the event, and nothing of one that does not answer
     */
    public SortedMap<SiteName, Boolean> freeze(EventId id, boolean stopped) {
        var here = journal.update(id, Focus.live(), (replica, now) -> replica.freeze(stopped, now))
                .answer();
        var stored = together.ask(config.peers(), peer -> line.freeze(peer, id, stopped));
        stored.put(config.self(), here);
        return stored;
    }

    /** Whether there is anything to erase: also of one whose photos are all out again. */
    public boolean remembers(EventId id, ContributorId who) {
        return journal.remembersPhotosOf(id, who);
    }

    private boolean isErased(EventId id, ContributorId who) {
        return journal.look(id)
                .orElseThrow()
                .replica()
                .event()
                .erasures()
                .done()
                .contains(who);
    }

    /** Stores a vote at its contributor's home. Waits a little for an upload to be decided, and asks the master about a
     * ballot that is news here, before it refuses for these. */
    public VoteAnswer vote(EventId id, ContributorId who, Choice choice, int ballot, Digest digest) {
        if (view(id, who).isEmpty()) {
            return new VoteAnswer.Refused(Refusal.NOT_FOUND);
        }
        if (maintenance.isDrained() && timeLeft(id).isEmpty()) {
            return new VoteAnswer.Refused(Refusal.DRAINED); // it would open a ballot
        }
        var until = System.nanoTime() + config.times().holdWait().toNanos();
        var asked = false;
        while (true) {
            var answer = journal.update(
                            id, Focus.on(ballot), (replica, now) -> replica.castVote(who, choice, ballot, digest, now))
                    .answer();
            var refusal = answer.refusal();
            var unknown = refusal.equals(Optional.of(Refusal.BALLOT_UNKNOWN));
            var mayPass = unknown || refusal.equals(Optional.of(Refusal.UPLOAD_IN_PROGRESS));
            if (unknown && !asked) {
                asked = true;
                askMaster(id);
            } else if (!mayPass || System.nanoTime() - until >= 0) {
                return answer;
            } else {
                ErrandRunner.pause();
            }
        }
    }

    /** A report without votes is a mere question: the answer says how the next ballot stands. */
    private void askMaster(EventId id) {
        var looked = journal.look(id).filter(seen -> !seen.replica().isMaster());
        looked.flatMap(seen -> seen.replica().event().details()).ifPresent(details -> {
            var replica = looked.get().replica();
            var question = new BallotReport(
                    replica.event().lastEnded() + 1,
                    replica.version().digest(),
                    Duration.ZERO,
                    new TreeSet<>(),
                    new TreeSet<>(),
                    new TreeSet<>());
            try {
                errands.report(id, details.master(), question);
            } catch (PeerUnavailable e) {
                LOG.log(Level.FINE, "nobody says whether there is a ballot in event " + id, e);
            }
        });
    }

    /** All ballots of an event, the first one first; empty for strangers, absent where there is no such event. */
    public Optional<List<EventView.BallotView>> ballots(EventId id, ContributorId who) {
        var looked = shown(id);
        return looked.flatMap(seen -> views.of(seen, who)).map(view -> {
            var replica = looked.orElseThrow().replica();
            return view.you().contributor() || view.you().creator()
                    ? journal.ballots(id).stream()
                            .map(ballot ->
                                    ballot.isOpen() ? replica.ballots().getOrDefault(ballot.number(), ballot) : ballot)
                            .map(ballot ->
                                    views.ballot(ballot, replica, looked.get().now()))
                            .toList()
                    : List.<EventView.BallotView>of();
        });
    }

    /** The events that this user has created or contributed to, the newest first. */
    public List<EventView> eventsOf(ContributorId who) {
        return viewAll(journal.eventsOf(who, EVENTS_SHOWN_MAX), who);
    }

    /** Published events, the newest first, those older than {@code before} if it is given. */
    public List<EventView> published(Optional<EventId> before, int limit, ContributorId who) {
        return viewAll(journal.published(before, limit), who);
    }

    private List<EventView> viewAll(List<EventId> ids, ContributorId who) {
        return journal.look(ids).stream()
                .map(Looked::shown)
                .flatMap(looked -> views.of(looked, who).stream())
                .toList();
    }

    /** The event's page at another site. */
    public String urlAt(SiteName site, EventId id) {
        return views.url(site, id);
    }
}
