package tutti.replica;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tutti.ballot.AbortReason;
import tutti.ballot.Ballot;
import tutti.ballot.BallotReport;
import tutti.ballot.Choice;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change;
import tutti.event.Change.PublishMontage;
import tutti.event.Change.RemovePhoto;
import tutti.event.Change.TakeDown;
import tutti.event.Event;
import tutti.event.EventDetails;
import tutti.event.EventId;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.montage.Digest;
import tutti.montage.MontageVersion;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.PhotoId;
import tutti.photo.Sha256;

/**
 * One site's copy of one event, and the only place where it changes. A user's wish, a peer's message, a tick of the clock:
 * each is one method here, one step under one lock. What the site then owes to others follows from the state.
 *
 * <p>The rules lie in drawers behind it: {@link Wishes} (what users want), {@link PrepareRules} (what a site promises to),
 * {@link Committing} (two-phase commit), {@link Forcing} (what operators have it show in doubt), {@link Voting} (ballots),
 * {@link Erasing} (those who leave for good), {@link Rebuilding} (after the loss of a disk) and {@link Debts} (what is owed).
 */
public final class EventReplica {

    final ReplicaSettings settings;
    private final SortedMap<PhotoId, Photo> photos = new TreeMap<>();
    private final SortedMap<PhotoId, Upload> uploads = new TreeMap<>();
    private final SortedMap<TransactionId, Transaction> transactions = new TreeMap<>();
    private final SortedMap<Integer, Ballot> ballots = new TreeMap<>();
    private Event event;

    private final Forcing forcing = new Forcing(this);
    private final Committing committing = new Committing(this, forcing);
    private final Wishes wishes = new Wishes(this, committing, forcing);
    private final Voting voting = new Voting(this, committing);
    private final Erasing erasing = new Erasing(this, committing, wishes);
    private final Rebuilding rebuilding = new Rebuilding(this, committing, voting);

    /**
     * A replica as it was saved. It may hold only a part: all photos and uploads, every open ballot, every hold and every
     * transaction that is not acknowledged by all; and of what has ended only what the coming input names.
     */
    public EventReplica(
            ReplicaSettings settings,
            Event event,
            Collection<Photo> photos,
            Collection<Upload> uploads,
            Collection<Transaction> transactions,
            Collection<Ballot> ballots) {
        this.settings = settings;
        this.event = event;
        photos.forEach(photo -> this.photos.put(photo.id(), photo));
        uploads.forEach(upload -> this.uploads.put(upload.photo().id(), upload));
        transactions.forEach(transaction -> this.transactions.put(transaction.id(), transaction));
        ballots.forEach(ballot -> this.ballots.put(ballot.number(), ballot));
    }

    /** An event that this site has never heard of. */
    public static EventReplica absent(ReplicaSettings settings, EventId id) {
        return new EventReplica(settings, Event.absent(id), List.of(), List.of(), List.of(), List.of());
    }

    /** To work on; this one stays as it is. */
    public EventReplica copy() {
        return new EventReplica(
                settings, event, photos.values(), uploads.values(), transactions.values(), ballots.values());
    }

    // What is there

    public Event event() {
        return event;
    }

    public EventId id() {
        return event.id();
    }

    public SiteName self() {
        return settings.self();
    }

    public SortedMap<PhotoId, Photo> photos() {
        return Collections.unmodifiableSortedMap(photos);
    }

    public SortedMap<PhotoId, Upload> uploads() {
        return Collections.unmodifiableSortedMap(uploads);
    }

    public SortedMap<TransactionId, Transaction> transactions() {
        return Collections.unmodifiableSortedMap(transactions);
    }

    public SortedMap<Integer, Ballot> ballots() {
        return Collections.unmodifiableSortedMap(ballots);
    }

    /** The montage of the photos committed here. */
    public MontageVersion version() {
        return new MontageVersion(event.changes(), Digest.of(event.style(), photos.keySet()));
    }

    public SortedSet<ContributorId> contributors() {
        return photos.values().stream().map(Photo::contributor).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The site of the contributor's earliest photo, or empty for one who has none here. */
    public Optional<SiteName> homeOf(ContributorId contributor) {
        return photos.values().stream()
                .filter(photo -> photo.contributor().equals(contributor))
                .min(Photo.BY_AGE)
                .map(Photo::site);
    }

    public Optional<Ballot> openBallot() {
        return event.phase() == Phase.VOTING
                ? ballots.values().stream().filter(Ballot::isOpen).findFirst()
                : Optional.empty();
    }

    /** The ballot that is open, or the one that a vote now would open. */
    public int ballotNumber() {
        return openBallot().map(Ballot::number).orElse(event.lastEnded() + 1);
    }

    public boolean isMaster() {
        return event.details()
                .filter(details -> details.master().equals(self()))
                .isPresent();
    }

    public boolean hasHold() {
        return transactions.values().stream().anyMatch(Transaction::isHold);
    }

    /** Prepared and undecided changes of one kind. */
    <C extends Change> List<C> held(Class<C> kind) {
        return transactions.values().stream()
                .filter(Transaction::isHold)
                .flatMap(held -> held.change().stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Whether a removal of this photo is held here: it is in, and may be out any moment. */
    boolean isLeaving(PhotoId photo) {
        return held(RemovePhoto.class).stream()
                .anyMatch(removal -> removal.photo().id().equals(photo));
    }

    /** Whether the montage is hidden here, or has to be, and nothing is under way that may bring the others to it. */
    boolean isTakeDownDue() {
        return (event.phase() == Phase.TAKING_DOWN || erasing.isHiddenSoon())
                && held(TakeDown.class).isEmpty();
    }

    /** Photos that have to go before their contributors' data is erased. */
    List<Photo> leaving() {
        return erasing.leaving();
    }

    /** Those whose data is to be erased, and can be now. */
    List<ContributorId> erasuresDue() {
        return erasing.due();
    }

    /** Whether a photo of this contributor is on its way in or out here. */
    boolean isMoving(ContributorId who) {
        return erasing.isMoving(who);
    }

    /** The bytes that erased people's records have named until this step, or would name after it. */
    public SortedSet<Sha256> unnamed() {
        return erasing.unnamed();
    }

    Optional<Transaction> running(String subject) {
        return transactions.values().stream()
                .filter(own -> own.isRunningHere() && own.id().subject().equals(subject))
                .findFirst();
    }

    // A user's wishes

    /** Begins the creation of the event here, which makes this site its master. */
    public void create(EventDetails details, Instant now) {
        wishes.create(details, now);
    }

    /** Begins a new attempt at the creation, unless one is running or none is wanted any more. */
    public Optional<TransactionId> tryCreation(Instant now) {
        return wishes.tryCreation(now);
    }

    /** Takes the creation back, while that is still possible. */
    public Optional<Refusal> cancel(ContributorId by, Instant now) {
        return wishes.cancel(by, now);
    }

    /** What this site alone can say to a photo: it is in, or it cannot get in now; empty where nothing stands against it. */
    public Optional<Proposed> look(Photo photo) {
        return wishes.look(photo);
    }

    /** Begins to add a photo whose bytes every site has confirmed. */
    public Proposed propose(Photo photo, Instant now) {
        return wishes.propose(photo, now);
    }

    /** Begins again to add a waiting photo; empty where it was taken back or refused while its bytes were confirmed. */
    public Optional<Proposed> proposeAgain(PhotoId waiting, Instant now) {
        return wishes.proposeAgain(waiting, now);
    }

    /** Keeps a photo whose bytes not every site could take; {@code missing} are the sites that did not answer. */
    public Proposed keepWaiting(Photo photo, SortedSet<SiteName> missing) {
        return wishes.keepWaiting(photo, missing);
    }

    /** Takes a waiting or refused photo back; a running attempt is aborted first, if that still can be. */
    public Optional<Refusal> withdraw(PhotoId photo, ContributorId by, Instant now) {
        return wishes.withdraw(photo, by, now);
    }

    /** Begins to take a committed photo out of the montage again, at all sites. */
    public Proposed remove(PhotoId photo, ContributorId by, Instant now) {
        return wishes.remove(photo, by, now);
    }

    /** Hides a published montage here at once, and begins to have it hidden everywhere. */
    public Optional<Refusal> takeDown(ContributorId by, Instant now) {
        return wishes.takeDown(by, now);
    }

    /** Begins another attempt at that, unless one is under way or none is needed any more. */
    public Optional<TransactionId> tryTakeDown(Instant now) {
        return wishes.tryTakeDown(now);
    }

    /** Begins to erase this contributor's data everywhere. Needs all of the event. */
    public Optional<Refusal> erase(ContributorId by, Instant now) {
        return erasing.erase(by, now);
    }

    /** Begins the last step of that, unless it is under way, done, or too early. */
    public Optional<TransactionId> tryErasure(ContributorId who, Instant now) {
        return erasing.tryErasure(who, now);
    }

    /** Stores a contributor's word on a montage, or says why not. */
    public VoteAnswer castVote(ContributorId contributor, Choice choice, int ballot, Digest digest, Instant now) {
        return voting.castVote(contributor, choice, ballot, digest, now);
    }

    // The peers' messages

    /**
     * A coordinator asks this site to prepare.
     *
     * @param bytesHere whether the photo's bytes are durable here; meaningless for other changes
     */
    public Vote onPrepare(TransactionId id, Change change, boolean bytesHere, Instant now) {
        return committing.onPrepare(id, change, bytesHere, now);
    }

    /**
     * The coordinator's decision, in its own words.
     *
     * @return whether it is adopted; false while an operator has this site show the other outcome
     */
    public boolean onDecision(Decision decision, Instant now) {
        return committing.onDecision(decision, now);
    }

    /** A decision as another participant knows it, or has just brought it about. */
    public void onLearnt(Decision decision, Instant now) {
        committing.onLearnt(decision, now);
    }

    /** Another site is in doubt. Empty means: undecided here too. */
    public Optional<Decision> onQuestion(TransactionId id, Instant now) {
        return committing.onQuestion(id, now);
    }

    /** At the master: a site's view of a ballot. */
    public BallotNews onReport(BallotReport report, Instant now) {
        return voting.onReport(report, now);
    }

    /** The master asks for this site's view of a ballot; empty where that ballot is not open here. */
    public Optional<BallotReport> reportOf(int ballot, Instant now) {
        return openBallot().filter(open -> open.number() == ballot).map(open -> voting.report(open, now));
    }

    /**
     * The master says that a ballot is open.
     *
     * @return whether it is understood; false before the event itself has arrived here
     */
    public boolean onOpened(BallotNews.Opened opened, Instant now) {
        return voting.onOpened(opened, now);
    }

    // What came of this site's own errands

    /** The peers' votes on this site's own transaction, as far as they have come in. */
    public void onVotes(TransactionId id, Map<SiteName, Vote> votes, Instant now) {
        committing.onVotes(id, votes, now);
    }

    public void onAcknowledged(TransactionId id, SortedSet<SiteName> by) {
        committing.onAcknowledged(id, by);
    }

    /** The master has confirmed a report. */
    public void onReported(BallotReport report, BallotNews news, Instant now) {
        voting.onReported(report, news, now);
    }

    public void onAnnounced(int ballot, SortedSet<SiteName> by) {
        Optional.ofNullable(ballots.get(ballot)).ifPresent(known -> put(known.withAnnounced(by)));
    }

    /** At the master: the last reports are in, but for those of the silent sites. */
    public void onLastReports(int ballot, SortedSet<SiteName> silent, Instant now) {
        voting.onLastReports(ballot, silent, now);
    }

    /** The sites that a waiting photo waits for, after another try. */
    public void onStillWaiting(PhotoId photo, SortedSet<SiteName> missing) {
        wishes.onStillWaiting(photo, missing);
    }

    // The loss of a disk

    /** Another site has lost its disk: gives up what rests on it, and tells what is known here. Needs all of the event. */
    public Testimony testify(SiteName lost, Instant now) {
        return rebuilding.testify(lost, now);
    }

    /** This site has lost its disk: takes in what its peers know, all of them. */
    public void adopt(Map<SiteName, Testimony> testimonies, Instant now) {
        rebuilding.adopt(testimonies, now);
    }

    // Time

    /**
     * Stops the event at this site, or lets it go on: nothing new is promised here, nor a vote taken, as long as it is stopped.
     *
     * @return whether this site knows the event, and does so now
     */
    public boolean freeze(boolean stopped, Instant now) {
        if (event.phase() == Phase.ABSENT) {
            return false;
        }
        event = event.frozen(stopped);
        if (stopped) {
            voting.onFrozen(now);
        }
        return true;
    }

    /**
     * Has this site show an outcome of a transaction whose decision it cannot learn; its promise stays.
     *
     * @return whether that is done: only of a photo or its removal, or of a publication as aborted, and only in doubt
     */
    public boolean force(TransactionId id, Outcome outcome, Instant now) {
        return forcing.force(id, outcome, now);
    }

    /** Ends that, so that the coordinator's decision is adopted. @return whether there was anything to end */
    public boolean conclude(TransactionId id) {
        return forcing.conclude(id);
    }

    /** As people are to see it here: with forced outcomes as if they had been decided. For looking only. */
    public EventReplica shown(Instant now) {
        return forcing.shown(now);
    }

    /** Does what time alone makes necessary. */
    public void onTick(Instant now) {
        committing.onTick(now);
        voting.onTick(now);
    }

    /** Drops the records of aborts that are long over; an outcome that is not there means aborted. */
    public void forget(Instant now) {
        transactions.values().removeIf(old -> old.isForgettable(now));
    }

    /** A ballot's own timer has run out, whatever the clock says by now. */
    public void onDeadline(int ballot, Instant now) {
        voting.onDeadline(ballot, now);
    }

    // What follows

    /** What this site owes to others now. */
    public List<Errand> errands(Instant now) {
        return new Debts(this, voting).errands(now);
    }

    /** When time alone will next make something necessary; empty where it will not. */
    public Optional<Instant> wakeAt(Instant now) {
        return new Debts(this, voting).wakeAt(now);
    }

    /** How long the open ballot still runs, at its master; empty anywhere else. */
    public Optional<Countdown> countdown(Instant now) {
        return openBallot()
                .filter(ballot -> isMaster())
                .map(ballot -> new Countdown(
                        ballot.number(), ballot.timeLeft(now, event.laidDown().votingPeriod())));
    }

    // The drawers' hands

    void set(Event next) {
        event = next;
    }

    void put(Upload upload) {
        uploads.put(upload.photo().id(), upload);
    }

    void drop(PhotoId upload) {
        uploads.remove(upload);
    }

    void put(Photo photo) {
        photos.put(photo.id(), erasing.kept(photo));
    }

    void takeOut(PhotoId photo) {
        photos.remove(photo);
    }

    void put(Transaction transaction) {
        transactions.put(transaction.id(), erasing.kept(transaction));
    }

    void put(Ballot ballot) {
        ballots.put(ballot.number(), ballot);
    }

    TransactionId nextId(String subject) {
        event = event.withAttempt();
        return new TransactionId(subject, self(), event.attempts());
    }

    boolean acceptsStoredHere(ContributorId contributor, int ballot, Digest digest) {
        return Optional.ofNullable(ballots.get(ballot))
                .flatMap(taken -> taken.voteOf(contributor))
                .filter(vote -> vote.choice() == Choice.ACCEPT && vote.digest().equals(digest))
                .isPresent();
    }

    void expectErasure(ContributorId who) {
        erasing.expect(who);
    }

    void applyErasure(ContributorId who) {
        erasing.apply(who);
    }

    void giveUp(Photo photo) {
        erasing.giveUp(photo);
    }

    void endBallots(int upTo, Instant now) {
        voting.endBallots(upTo, now);
    }

    void endBallot(int number, Optional<AbortReason> why, Instant now) {
        voting.endBallot(number, why, now);
    }

    void freeze(int ballot, Digest digest, Instant now) {
        voting.freeze(ballot, digest, now);
    }

    void publishBallot(PublishMontage publish) {
        voting.publish(publish);
    }

    void tryPublish(Instant now) {
        voting.tryPublish(now);
    }
}
