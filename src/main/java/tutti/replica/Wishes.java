package tutti.replica;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import tutti.commit.Reason;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.CreateEvent;
import tutti.event.Change.RemovePhoto;
import tutti.event.Change.TakeDown;
import tutti.event.EventDetails;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.PhotoId;

/** What users ask this site to change, votes apart: each begins a transaction, keeps one for later, or takes one back. */
final class Wishes {

    private final EventReplica replica;
    private final Committing committing;
    private final Forcing forcing;

    Wishes(EventReplica replica, Committing committing, Forcing forcing) {
        this.replica = replica;
        this.committing = committing;
        this.forcing = forcing;
    }

    void create(EventDetails details, Instant now) {
        if (replica.event().phase() == Phase.CREATING
                && replica.event().laidDown().creator().equals(details.creator())) {
            return; // the same step again, after a commit that had only seemed to fail
        }
        if (replica.event().phase() != Phase.ABSENT || !replica.transactions().isEmpty()) {
            throw new IllegalStateException("event " + replica.id() + " is here already");
        }
        replica.set(replica.event().creating(details));
        tryCreation(now);
    }

    Optional<TransactionId> tryCreation(Instant now) {
        var subject = CreateEvent.subjectOf(replica.id());
        if (replica.event().phase() != Phase.CREATING
                || replica.running(subject).isPresent()) {
            return Optional.empty();
        }
        var id = replica.nextId(subject);
        committing.begin(
                id, new CreateEvent(replica.event().laidDown()), now.plus(replica.settings.preparingTime()), now);
        return Optional.of(id);
    }

    Optional<Refusal> cancel(ContributorId by, Instant now) {
        if (!replica.event().details().map(EventDetails::creator).equals(Optional.of(by))) {
            return Optional.of(Refusal.NOT_FOUND);
        }
        if (replica.event().phase() == Phase.CANCELLED) {
            return Optional.empty();
        }
        if (replica.event().phase() != Phase.CREATING) {
            return Optional.of(Refusal.TOO_LATE);
        }
        replica.running(CreateEvent.subjectOf(replica.id()))
                .ifPresent(own -> committing.abort(own, Reason.WITHDRAWN, now));
        replica.set(replica.event().in(Phase.CANCELLED));
        return Optional.empty();
    }

    Proposed propose(Photo photo, Instant now) {
        var subject = AddPhoto.subjectOf(photo.id());
        var running = replica.running(subject);
        if (running.isPresent()) {
            return new Proposed.Running(running.get().id());
        }
        var here = look(photo);
        if (here.isPresent()) {
            return here.get();
        }
        var id = replica.nextId(subject);
        committing.begin(id, new AddPhoto(photo), now.plus(replica.settings.preparingTime()), now);
        return new Proposed.Begun(id);
    }

    Optional<Proposed> proposeAgain(PhotoId waiting, Instant now) {
        return Optional.ofNullable(replica.uploads().get(waiting))
                .filter(Upload::isWaiting)
                .map(upload -> propose(upload.photo(), now));
    }

    /** What this site alone can say to a photo: it is in, it cannot get in, or nothing. */
    Optional<Proposed> look(Photo photo) {
        var there = replica.photos().get(photo.id());
        if (there != null && !replica.isLeaving(photo.id())) {
            return Optional.of(new Proposed.AlreadyThere(there));
        }
        if (replica.event().erasures().concern(photo.contributor())) {
            replica.giveUp(photo); // its bytes may be here already
        }
        var vote = new PrepareRules(replica).judgePhoto(photo, replica.self(), true);
        if (vote instanceof Vote.Yes) {
            return Optional.empty();
        }
        var refused = vote instanceof Vote.No no ? refused(no.reason()) : new Proposed.Refused(Refusal.CREATING, false);
        if (refused.refusal() == Refusal.VOTING_IN_PROGRESS && forcing.isCalledOff()) {
            return Optional.of(new Proposed.Refused(Refusal.UPLOAD_IN_PROGRESS, true)); // so that it is kept here
        }
        var upload = replica.uploads().get(photo.id());
        if (upload != null && upload.isWaiting() && !refused.again()) {
            replica.put(upload.refused(refused.refusal()));
        }
        return Optional.of(refused);
    }

    Proposed keepWaiting(Photo photo, SortedSet<SiteName> missing) {
        var known = replica.uploads().get(photo.id());
        if (known != null && known.isWaiting()) {
            return waiting(known.waitingFor(missing));
        }
        var here = look(photo);
        if (here.isPresent() && !mayPass(here.get())) {
            return here.get();
        }
        return isFull(photo.contributor())
                ? new Proposed.Refused(Refusal.PHOTO_LIMIT, false)
                : waiting(new Upload(photo, Optional.empty(), missing));
    }

    /** Photos that wait take places too, lest a site that is alone fill its disk with what can never get in. */
    private boolean isFull(ContributorId contributor) {
        var waiting = replica.uploads().values().stream()
                .filter(Upload::isWaiting)
                .map(Upload::photo)
                .toList();
        var all = Stream.concat(replica.photos().values().stream(), waiting.stream())
                .map(Photo::contributor)
                .toList();
        return all.size() >= replica.settings.photosPerEventMax()
                || Collections.frequency(all, contributor) >= replica.settings.photosPerContributorMax();
    }

    /** Through other uploads' holds alone; a ballot is told at once, and its photo is not kept here. */
    private static boolean mayPass(Proposed proposed) {
        return proposed instanceof Proposed.Refused refused
                && refused.again()
                && refused.refusal() != Refusal.VOTING_IN_PROGRESS;
    }

    private Proposed waiting(Upload upload) {
        replica.put(upload);
        return new Proposed.Waiting(upload);
    }

    /** A coordinator's own view of a no: the codes of other attempts' holds all mean that an upload is in progress. */
    static Proposed.Refused refused(Reason why) {
        return new Proposed.Refused(Refusal.of(why.code()).orElse(Refusal.UPLOAD_IN_PROGRESS), why.again());
    }

    Optional<Refusal> withdraw(PhotoId photo, ContributorId by, Instant now) {
        var upload = replica.uploads().get(photo);
        var kept = upload != null && upload.photo().contributor().equals(by);
        if (kept) {
            replica.running(AddPhoto.subjectOf(photo)).ifPresent(own -> committing.abort(own, Reason.WITHDRAWN, now));
            replica.drop(photo);
        }
        var committed = replica.photos().get(photo);
        if (committed != null) {
            return Optional.of(committed.contributor().equals(by) ? Refusal.TOO_LATE : Refusal.NOT_FOUND);
        }
        if (isComing(photo, by)) {
            return Optional.of(Refusal.UPLOAD_IN_PROGRESS);
        }
        return kept ? Optional.empty() : Optional.of(Refusal.NOT_FOUND);
    }

    /** What is still on its way in here may be in elsewhere, and its owner have been told so. */
    private boolean isComing(PhotoId photo, ContributorId by) {
        return replica.held(AddPhoto.class).stream()
                .map(AddPhoto::photo)
                .anyMatch(held -> held.id().equals(photo) && held.contributor().equals(by));
    }

    Proposed remove(PhotoId photo, ContributorId by, Instant now) {
        var there = replica.photos().get(photo);
        if (there == null) {
            var coming = isComing(photo, by);
            return new Proposed.Refused(coming ? Refusal.UPLOAD_IN_PROGRESS : Refusal.NOT_FOUND, coming);
        }
        if (!there.contributor().equals(by)) {
            return new Proposed.Refused(Refusal.NOT_FOUND, false);
        }
        return replica.running(RemovePhoto.subjectOf(photo))
                .<Proposed>map(own -> new Proposed.Running(own.id()))
                .orElseGet(() -> removeAtOnce(there, now));
    }

    private Proposed removeAtOnce(Photo photo, Instant now) {
        if (new PrepareRules(replica).judgeRemoval(photo) instanceof Vote.No no) {
            return refused(no.reason());
        }
        var id = replica.nextId(RemovePhoto.subjectOf(photo.id()));
        committing.begin(id, new RemovePhoto(photo), now.plus(replica.settings.preparingTime()), now);
        return new Proposed.Begun(id);
    }

    Optional<Refusal> takeDown(ContributorId by, Instant now) {
        if (replica.homeOf(by).isEmpty()) {
            return Optional.of(Refusal.NOT_A_CONTRIBUTOR);
        }
        if (!replica.event().phase().isAfterPublication()) {
            return Optional.of(Refusal.NOT_FOUND);
        }
        if (replica.event().phase() == Phase.PUBLISHED) {
            beginTakeDown(now);
        }
        return Optional.empty();
    }

    Optional<TransactionId> tryTakeDown(Instant now) {
        return replica.isTakeDownDue() ? Optional.of(beginTakeDown(now)) : Optional.empty();
    }

    private TransactionId beginTakeDown(Instant now) {
        var id = replica.nextId(TakeDown.subjectOf(replica.id()));
        committing.begin(id, new TakeDown(), now.plus(replica.settings.preparingTime()), now);
        return id;
    }

    void onStillWaiting(PhotoId photo, SortedSet<SiteName> missing) {
        Optional.ofNullable(replica.uploads().get(photo))
                .filter(Upload::isWaiting)
                .ifPresent(upload -> replica.put(upload.waitingFor(new TreeSet<>(missing))));
    }
}
