package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.Reason;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.EventId;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.journal.Focus;
import tutti.journal.Looked;
import tutti.journal.ReplicaJournal;
import tutti.journal.Step;
import tutti.montage.Digest;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.PhotoId;
import tutti.photo.Picture;
import tutti.photo.Sha256;
import tutti.pictures.BadPicture;
import tutti.pictures.Derived;
import tutti.pictures.MontageSize;
import tutti.pictures.PhotoFiles;
import tutti.pictures.Received;
import tutti.pictures.TileMaker;
import tutti.pictures.TooBusy;
import tutti.replica.EventReplica;
import tutti.replica.Proposed;
import tutti.replica.Upload;
import tutti.site.EventView.PhotoStatus;
import tutti.site.EventView.PhotoView;
import tutti.site.UploadTimes.Part;

/**
 * Where photos are taken in and given out. The bytes are durable at every site before a row anywhere names them; then the
 * photo is a two-phase commit like any other change.
 */
@ApplicationScoped
public class PhotoDesk {

    private static final Logger LOG = Logger.getLogger(PhotoDesk.class.getName());

    /** How long a ballot that only a peer knows of may be one that is over already, and known to be so here. */
    private static final Duration STALE_BALLOT = Duration.ofSeconds(1);

    /** Longer than the line to a peer that keeps failing is closed. */
    private static final Duration SECOND_CHANCE = Duration.ofMillis(1_500);

    @Inject
    private ReplicaJournal journal;

    @Inject
    private EventDesk events;

    @Inject
    private Decisions decisions;

    @Inject
    private PeerLine line;

    @Inject
    private PeerStates states;

    @Inject
    private Together together;

    @Inject
    private PhotoFiles files;

    @Inject
    private TileMaker tileMaker;

    @Inject
    private Derived derived;

    @Inject
    private SiteMetrics metrics;

    @Inject
    private UploadTimes times;

    @Inject
    private SiteConfig config;

    private final Set<EventId> paintingAhead = ConcurrentHashMap.newKeySet();

    /**
     * Takes a photo in.
     *
     * @param name display name, may be empty
     * @throws BadPicture when it is no picture that can be read
     * @throws IOException when the disk fails; nothing is stored then
     */
    public UploadAnswer upload(EventId event, ContributorId who, String name, String caption, Received received)
            throws BadPicture, IOException {
        var from = System.nanoTime();
        var answer = takenIn(event, who, name, caption, received);
        metrics.uploaded(answer, Duration.ofNanos(System.nanoTime() - from));
        return answer;
    }

    private UploadAnswer takenIn(EventId event, ContributorId who, String name, String caption, Received received)
            throws BadPicture, IOException {
        var sha256 = new Sha256(received.sha256());
        var id = PhotoId.of(event.value(), who, sha256);
        var looked = events.look(event);
        var early = looked.isEmpty()
                ? Optional.<UploadAnswer>of(new UploadAnswer.Refused(Refusal.NOT_FOUND))
                : early(looked.get(), id, who);
        if (early.isPresent()) {
            return early.get();
        }
        times.ended(Part.RECEIVE);
        var tiles = tileMaker.make(received.path());
        times.ended(Part.DECODE);
        var info = tiles.info();
        var photo = new Photo(
                id,
                who,
                name,
                caption,
                config.self(),
                looked.get().now(),
                new Picture(info.type().mediaType(), info.width(), info.height(), received.bytes(), sha256));
        files.keep(received);
        derived.remember(sha256.hex(), tiles);
        var missing = confirmBytes(sha256);
        times.ended(Part.STORE);
        var answer = missing.isEmpty() ? propose(event, photo) : answer(keepWaiting(event, photo, missing));
        times.ended(Part.COMMIT);
        return answer;
    }

    /** What would be refused anyway is refused before the picture is decoded and sent around. */
    private Optional<UploadAnswer> early(Looked looked, PhotoId id, ContributorId who) {
        var replica = looked.replica();
        if (replica.event().phase() == Phase.ABSENT || replica.event().phase() == Phase.CANCELLED) {
            return Optional.of(new UploadAnswer.Refused(Refusal.NOT_FOUND));
        }
        var upload = replica.uploads().get(id);
        if (upload != null && upload.isWaiting()) {
            return Optional.of(new UploadAnswer.Waiting(EventViews.upload(upload)));
        }
        var unread = new Picture("", 0, 0, 0, Sha256.of(""));
        var photo = new Photo(id, who, "", "", replica.self(), looked.now(), unread);
        return replica.look(photo).filter(PhotoDesk::isLasting).map(PhotoDesk::answer);
    }

    private static boolean isLasting(Proposed proposed) {
        return !(proposed instanceof Proposed.Refused refused)
                || !refused.again()
                || refused.refusal() == Refusal.VOTING_IN_PROGRESS;
    }

    /**
     * Sends the bytes to every site that lacks them, and names the sites that did not confirm them. Sites that answered
     * until now are asked again for a moment: one broken connection should not make a photo wait.
     */
    private SortedSet<SiteName> confirmBytes(Sha256 sha256) {
        var away = states.silent();
        var until = System.nanoTime() + SECOND_CHANCE.toNanos();
        var missing = unconfirmed(config.peers(), sha256);
        while (!missing.isEmpty() && Collections.disjoint(missing, away) && System.nanoTime() - until < 0) {
            ErrandRunner.pause();
            missing = unconfirmed(missing, sha256);
        }
        return missing;
    }

    private SortedSet<SiteName> unconfirmed(Collection<SiteName> peers, Sha256 sha256) {
        var confirmed = together.ask(peers, peer -> {
            line.confirmBytes(peer, sha256);
            return peer;
        });
        var missing = new TreeSet<>(peers);
        missing.removeAll(confirmed.keySet());
        return missing;
    }

    /** Uploads that refuse each other through their holds are tried again here, so that no user has to. */
    private UploadAnswer propose(EventId event, Photo photo) {
        var begun = System.nanoTime();
        while (true) {
            var proposed = naming(event, photo, (replica, now) -> replica.propose(photo, now));
            var elapsed = Duration.ofNanos(System.nanoTime() - begun);
            var decision = awaited(event, proposed);
            if (decision.filter(made -> made.outcome() == Outcome.COMMITTED).isPresent()) {
                return new UploadAnswer.Added(committed(photo));
            }
            var why = decision.flatMap(Decision::reason);
            var refusal = why.isPresent() ? refusalBy(why.get(), elapsed) : answerAtOnce(proposed);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            if (why.equals(Optional.of(Reason.OUT_OF_TIME))
                    || elapsed.compareTo(config.times().preparingTime()) > 0) {
                return answer(keepWaiting(event, photo, new TreeSet<>(config.peers())));
            }
            ErrandRunner.pause();
        }
    }

    private Optional<Decision> awaited(EventId event, Proposed proposed) {
        Optional<TransactionId> running = proposed instanceof Proposed.Begun begun
                ? Optional.of(begun.id())
                : proposed instanceof Proposed.Running other ? Optional.of(other.id()) : Optional.empty();
        return running.flatMap(id -> decisions
                .await(id, config.times().preparingTime().plusSeconds(1))
                .or(() -> decisionInJournal(event, id)));
    }

    private Optional<Decision> decisionInJournal(EventId event, TransactionId id) {
        return journal.update(event, Focus.on(id, event), (replica, now) -> {
                    replica.onTick(now);
                    return Optional.ofNullable(replica.transactions().get(id)).flatMap(own -> own.decision());
                })
                .answer();
    }

    private static Optional<UploadAnswer> answerAtOnce(Proposed proposed) {
        return isLasting(proposed) && !(proposed instanceof Proposed.Begun) && !(proposed instanceof Proposed.Running)
                ? Optional.of(answer(proposed))
                : Optional.empty();
    }

    /** A peer's no that the user has to hear; empty where another attempt may do better. */
    private static Optional<UploadAnswer> refusalBy(Reason why, Duration elapsed) {
        var refusal = Refusal.of(why.code());
        var voting = refusal.equals(Optional.of(Refusal.VOTING_IN_PROGRESS)) && elapsed.compareTo(STALE_BALLOT) > 0;
        return refusal.filter(known -> !why.again() || voting).map(UploadAnswer.Refused::new);
    }

    private Proposed keepWaiting(EventId event, Photo photo, SortedSet<SiteName> missing) {
        return naming(event, photo, (replica, now) -> replica.keepWaiting(photo, missing));
    }

    /** Runs a step that may name the photo's bytes in a row, which are there and stay there. */
    private Proposed naming(EventId event, Photo photo, Step<Proposed> step) {
        var sha256 = photo.picture().sha256();
        return journal.update(event, Focus.live().naming(sha256), (replica, now) -> {
                    if (!files.exists(sha256.hex())) {
                        throw new UncheckedIOException(new NoSuchFileException(sha256.hex()));
                    }
                    return step.run(replica, now);
                })
                .answer();
    }

    /** Tries again to have a waiting photo taken in. @return whether that has begun a transaction */
    boolean tryAgain(EventId event, PhotoId id) {
        var upload = journal.look(event)
                .map(looked -> looked.replica().uploads().get(id))
                .filter(Upload::isWaiting);
        if (upload.isEmpty()) {
            return false;
        }
        var away = states.silent();
        // While a site is away no photo gets in; it is asked for a sign of life twice a second, and not by every photo.
        var missing =
                away.isEmpty() ? confirmBytes(upload.get().photo().picture().sha256()) : away;
        if (missing.isEmpty()) {
            return ErrandRunner.hasBegun(
                    journal.update(event, Focus.live(), (replica, now) -> replica.proposeAgain(id, now)));
        }
        if (!missing.equals(upload.get().waitingFor())) {
            journal.update(event, Focus.live(), (replica, now) -> {
                replica.onStillWaiting(id, missing);
                return missing;
            });
        }
        return false;
    }

    private static UploadAnswer answer(Proposed proposed) {
        if (proposed instanceof Proposed.AlreadyThere there) {
            return new UploadAnswer.AlreadyThere(committed(there.photo()));
        }
        if (proposed instanceof Proposed.Waiting waiting) {
            return new UploadAnswer.Waiting(EventViews.upload(waiting.upload()));
        }
        if (proposed instanceof Proposed.Refused refused) {
            return new UploadAnswer.Refused(refused.refusal());
        }
        throw new IllegalStateException("no answer yet: " + proposed);
    }

    private static PhotoView committed(Photo photo) {
        return new PhotoView(photo, PhotoStatus.COMMITTED, Optional.empty(), List.of(), true);
    }

    /**
     * Takes a photo back: at once if it has not got in, else by a transaction over all sites. Empty where that is done; then
     * its bytes are named no more.
     */
    public Optional<Refusal> withdraw(EventId event, PhotoId photo, ContributorId who) {
        if (events.look(event).isEmpty()) {
            return Optional.of(Refusal.NOT_FOUND);
        }
        var refusal = journal.update(event, Focus.live(), (replica, now) -> replica.withdraw(photo, who, now))
                .answer();
        if (refusal.isEmpty()) {
            return refusal;
        }
        var removal = remove(event, photo, who);
        var wasComing = refusal.equals(Optional.of(Refusal.UPLOAD_IN_PROGRESS));
        return removal.filter(why -> why != Refusal.NOT_FOUND || !wasComing);
    }

    /** A removal that meets the hold of an upload, or of another removal, is tried again here, so that no user has to. */
    private Optional<Refusal> remove(EventId event, PhotoId photo, ContributorId who) {
        var begun = System.nanoTime();
        while (true) {
            var answer = tryRemoval(event, photo, who);
            var elapsed = Duration.ofNanos(System.nanoTime() - begun);
            if (!(answer instanceof Proposed.Refused refused)) {
                return Optional.empty();
            }
            if (!refused.again()
                    || refused.refusal() == Refusal.VOTING_IN_PROGRESS && elapsed.compareTo(STALE_BALLOT) > 0
                    || elapsed.compareTo(config.times().preparingTime()) > 0) {
                return Optional.of(refused.refusal());
            }
            ErrandRunner.pause();
        }
    }

    private Proposed tryRemoval(EventId event, PhotoId photo, ContributorId who) {
        var looked = events.look(event).orElseThrow();
        var early = looked.replica().remove(photo, who, looked.now());
        if (early instanceof Proposed.Refused) {
            return early;
        }
        if (!isEverybodyThere()) {
            return new Proposed.Refused(Refusal.SITE_UNAVAILABLE, false); // it costs no hold and no attempt
        }
        var proposed = journal.update(event, Focus.live(), (replica, now) -> replica.remove(photo, who, now))
                .answer();
        if (proposed instanceof Proposed.Refused) {
            return proposed;
        }
        var decision = awaited(event, proposed);
        if (decision.filter(made -> made.outcome() == Outcome.COMMITTED).isPresent()) {
            return proposed;
        }
        var why = decision.flatMap(Decision::reason).orElse(Reason.OUT_OF_TIME);
        return why.equals(Reason.OUT_OF_TIME)
                ? new Proposed.Refused(Refusal.SITE_UNAVAILABLE, false)
                : new Proposed.Refused(Refusal.of(why.code()).orElse(Refusal.UPLOAD_IN_PROGRESS), why.again());
    }

    /** Each peer has answered just now. */
    boolean isEverybodyThere() {
        var answered = together.ask(config.peers(), peer -> {
            line.ping(peer);
            return peer;
        });
        return answered.keySet().containsAll(config.peers());
    }

    /** All photos, for contributors. Absent where there is no such event; a refusal for strangers. */
    public Shown<List<PhotoView>> photos(EventId event, ContributorId who) {
        return forContributors(event, who, replica -> Shown.of(EventViews.photos(replica, who)));
    }

    /** One photo, for its owner wherever it stands, and for contributors once it is in. */
    public Shown<PhotoView> photo(EventId event, PhotoId id, ContributorId who) {
        return visible(event, who)
                .map(looked -> {
                    var replica = looked.replica();
                    var upload = replica.uploads().get(id);
                    if (upload != null && upload.photo().contributor().equals(who)) {
                        return Shown.of(EventViews.upload(upload));
                    }
                    return replica.homeOf(who).isEmpty()
                            ? Shown.<PhotoView>no(Refusal.NOT_FOUND)
                            : EventViews.photos(replica, who).stream()
                                    .filter(view -> view.photo().id().equals(id))
                                    .findFirst()
                                    .map(Shown::of)
                                    .orElseGet(() -> Shown.no(Refusal.NOT_FOUND));
                })
                .orElseGet(() -> Shown.no(Refusal.NOT_FOUND));
    }

    /** The tile of a photo as a JPEG file, for contributors. */
    public Shown<Path> tile(EventId event, PhotoId id, ContributorId who) throws IOException, BadPicture {
        var photo = photo(event, id, who);
        var contributes = forContributors(event, who, replica -> Shown.of(replica));
        if (contributes.refusal().isPresent()) {
            return Shown.no(contributes.refusal().get());
        }
        if (photo.refusal().isPresent()) {
            return Shown.no(photo.refusal().get());
        }
        return Shown.of(derived.tile(photo.value().photo().picture().sha256().hex()));
    }

    /** The photo whose very bytes its owner may have back; {@link PhotoFiles} opens them. */
    public Shown<PhotoView> original(EventId event, PhotoId id, ContributorId who) {
        var photo = photo(event, id, who);
        return photo.refusal().isPresent() || photo.value().mine() ? photo : Shown.no(Refusal.NOT_YOURS);
    }

    /** The photos whose very bytes this user may have back, the oldest first; those that wait here are among them. */
    public Shown<List<PhotoView>> originals(EventId event, ContributorId who) {
        return events.view(event, who)
                .map(view -> view.you().photos().stream()
                        .filter(own -> own.status() != PhotoStatus.REFUSED)
                        .toList())
                .map(own -> own.isEmpty() ? Shown.<List<PhotoView>>no(Refusal.NOT_A_CONTRIBUTOR) : Shown.of(own))
                .orElseGet(() -> Shown.no(Refusal.NOT_FOUND));
    }

    /**
     * The montage of now as a JPEG file, for contributors, and for everyone once it is published; for print there is none
     * before.
     */
    public Shown<Montage> montage(EventId event, ContributorId who, MontageSize size) throws IOException, BadPicture {
        var looked = visible(event, who);
        if (looked.isEmpty()) {
            return Shown.no(Refusal.NOT_FOUND);
        }
        var replica = looked.get().replica();
        if (replica.event().phase().isHidden()) {
            return Shown.no(Refusal.NOT_FOUND);
        }
        var published = replica.event().phase() == Phase.PUBLISHED;
        if (!published && replica.homeOf(who).isEmpty()) {
            return Shown.no(Refusal.NOT_A_CONTRIBUTOR);
        }
        if (replica.photos().isEmpty()) {
            return Shown.no(Refusal.NO_PHOTOS);
        }
        if (size == MontageSize.PRINT && !published) {
            return Shown.no(Refusal.NOT_FOUND);
        }
        return Shown.of(new Montage(replica.version().digest(), painted(event, replica, size)));
    }

    /**
     * Paints the montage of now in the sizes in which earlier ones were asked for here, for open pages that are about to ask.
     * What is new while one of the event is being painted waits until it is asked for.
     */
    void paintAhead(EventId event, EventReplica replica) {
        if (replica.event().phase().isHidden() || replica.photos().isEmpty() || !paintingAhead.add(event)) {
            return;
        }
        try {
            for (var size : derived.sizes(event.value())) {
                if (size != MontageSize.PRINT) {
                    painted(event, replica, size);
                }
            }
        } catch (IOException | BadPicture | TooBusy e) {
            LOG.log(Level.FINE, "whoever asks for this montage is told", e);
        } finally {
            paintingAhead.remove(event);
        }
    }

    private Path painted(EventId event, EventReplica replica, MontageSize size) throws IOException, BadPicture {
        var name = montageName(event, replica.version().digest());
        return derived.montage(name, replica.event().style(), inOrder(replica), size);
    }

    /** Begins as the names of all montages of this event do. */
    private static String montageName(EventId event, Digest digest) {
        return event + "-" + digest.hex();
    }

    /** By their ids, which the digest names: a photo that has gone and come again is younger, and looks the same. */
    private static List<String> inOrder(EventReplica replica) {
        return replica.photos().values().stream()
                .map(photo -> photo.picture().sha256().hex())
                .toList();
    }

    private Optional<Looked> visible(EventId event, ContributorId who) {
        return events.view(event, who).isPresent() ? journal.look(event).map(Looked::shown) : Optional.empty();
    }

    private <T> Shown<T> forContributors(EventId event, ContributorId who, Function<EventReplica, Shown<T>> show) {
        var looked = visible(event, who);
        if (looked.isEmpty()) {
            return Shown.no(Refusal.NOT_FOUND);
        }
        var replica = looked.get().replica();
        return replica.homeOf(who).isEmpty() ? Shown.no(Refusal.NOT_A_CONTRIBUTOR) : show.apply(replica);
    }
}
