package tutti.replica;

import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import tutti.commit.Reason;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.CreateEvent;
import tutti.event.Change.Erase;
import tutti.event.Change.PublishMontage;
import tutti.event.Change.RemovePhoto;
import tutti.event.Change.TakeDown;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.PhotoId;

/** What a site promises to: asked before each first prepare, at the coordinator's own site as at its peers. */
final class PrepareRules {

    private static final Vote NOT_READY = new Vote.CannotSay("not-ready");

    /** Why a site does not let a publication pass; why its ballot ends is the master's to say, in its own words. */
    static final String STOPPED = "stopped";

    private final EventReplica replica;

    PrepareRules(EventReplica replica) {
        this.replica = replica;
    }

    /** Judges a change that has not been judged here before; changes nothing. */
    Vote judge(TransactionId id, Change change, boolean bytesHere) {
        if (change instanceof CreateEvent create) {
            return judgeCreation(create, id.coordinator());
        }
        if (change instanceof AddPhoto add) {
            return judgePhoto(add.photo(), id.coordinator(), bytesHere);
        }
        if (change instanceof RemovePhoto removal) {
            return judgeRemoval(removal.photo());
        }
        if (change instanceof TakeDown) {
            // Never refused. Before the publication is here it can only be on its way.
            return replica.event().phase().isAfterPublication() ? yes() : NOT_READY;
        }
        if (change instanceof Erase erase) {
            // Never refused, either: what stands in the way is on its way out.
            return isReadyToErase(erase.contributor()) ? yes() : NOT_READY;
        }
        return judgePublication((PublishMontage) change, id);
    }

    private Vote judgeCreation(CreateEvent create, SiteName coordinator) {
        if (!create.details().master().equals(coordinator)) {
            return no("foreign-coordinator");
        }
        return replica.event().phase() == Phase.ABSENT ? yes() : no("exists");
    }

    Vote judgePhoto(Photo photo, SiteName coordinator, boolean bytesHere) {
        if (!photo.site().equals(coordinator)) {
            return no("foreign-coordinator");
        }
        if (replica.event().erasures().concern(photo.contributor())) {
            return no(Refusal.ERASED);
        }
        var closed = closed();
        if (closed != null) {
            return closed;
        }
        return replica.event().frozen() ? no(Refusal.FROZEN) : judgeAmongOthers(photo, bytesHere);
    }

    /** Why no photo comes or goes here now, or null where one may. */
    private Vote closed() {
        switch (replica.event().phase()) {
            case ABSENT, CREATING -> {
                return replica.held(CreateEvent.class).isEmpty()
                                && replica.event().phase() == Phase.ABSENT
                        ? no(Refusal.NOT_FOUND)
                        : NOT_READY;
            }
            case CANCELLED -> {
                return no(Refusal.CANCELLED);
            }
            case PUBLISHED, TAKING_DOWN, TAKEN_DOWN -> {
                return no(Refusal.PUBLISHED);
            }
            case VOTING -> {
                // This site may be the last to hear that the ballot is over.
                return noForNow(Refusal.VOTING_IN_PROGRESS.code());
            }
            case OPEN -> {}
        }
        if (!replica.held(PublishMontage.class).isEmpty()) {
            return noForNow(Refusal.VOTING_IN_PROGRESS.code());
        }
        return null;
    }

    /** Whose site coordinates it does not matter: an owner asks for it wherever he is. */
    Vote judgeRemoval(Photo photo) {
        var closed = closed();
        if (closed != null) {
            return closed;
        }
        if (replica.isLeaving(photo.id())) {
            return noForNow("held");
        }
        // Its addition may be decided already, and only on its way here.
        return photo.equals(replica.photos().get(photo.id())) ? yes() : NOT_READY;
    }

    /** Whether nothing of this contributor is shown here, or on its way in or out. */
    boolean isReadyToErase(ContributorId who) {
        var phase = replica.event().phase();
        var here = phase != Phase.ABSENT && phase != Phase.CREATING;
        var hidden = phase == Phase.TAKEN_DOWN || replica.homeOf(who).isEmpty();
        return here && hidden && !replica.isMoving(who);
    }

    private Vote judgeAmongOthers(Photo photo, boolean bytesHere) {
        var held = replica.held(AddPhoto.class).stream().map(AddPhoto::photo).toList();
        if (replica.isLeaving(photo.id())
                || held.stream().anyMatch(other -> other.id().equals(photo.id()))) {
            return noForNow("held");
        }
        if (replica.photos().containsKey(photo.id())) {
            return no("duplicate");
        }
        var full =
                limitPassed(photo, replica.photos().values().stream().filter(other -> !replica.isLeaving(other.id())));
        if (full != null) {
            return no(full);
        }
        var crowded = limitPassed(photo, Stream.concat(replica.photos().values().stream(), held.stream()));
        if (crowded != null) {
            // A hold may yet be aborted and leave its place, or be a removal that does.
            return noForNow(crowded.code());
        }
        return bytesHere ? yes() : NOT_READY;
    }

    /** The limit that this photo would pass beside these others, or null where it would pass none. */
    private Refusal limitPassed(Photo photo, Stream<Photo> others) {
        var ids = new TreeSet<PhotoId>();
        var own = new TreeSet<PhotoId>();
        var people = new TreeSet<ContributorId>();
        Stream.concat(others, Stream.of(photo)).forEach(one -> {
            ids.add(one.id());
            people.add(one.contributor());
            if (one.contributor().equals(photo.contributor())) {
                own.add(one.id());
            }
        });
        if (people.size() > replica.event().laidDown().maxContributors()) {
            return Refusal.CONTRIBUTOR_LIMIT;
        }
        var tooMany = ids.size() > replica.settings.photosPerEventMax()
                || own.size() > replica.settings.photosPerContributorMax();
        return tooMany ? Refusal.PHOTO_LIMIT : null;
    }

    private Vote judgePublication(PublishMontage publish, TransactionId id) {
        var phase = replica.event().phase();
        if (phase == Phase.ABSENT || phase == Phase.CREATING) {
            return replica.held(CreateEvent.class).isEmpty() ? no(Refusal.NOT_FOUND) : NOT_READY;
        }
        if (!replica.event().laidDown().master().equals(id.coordinator())) {
            return no("foreign-coordinator");
        }
        if (phase.isAfterPublication()) {
            return no(Refusal.PUBLISHED);
        }
        if (publish.ballot() <= replica.event().lastEnded()) {
            // The master may have been told of an end that this site learnt first; its next ballot has another number.
            return noForNow(Refusal.BALLOT_OVER.code());
        }
        if (replica.event().frozen()) {
            return no(STOPPED);
        }
        if (replica.hasHold()) {
            // The hold may be the very photo that brings this site to the ballot's digest.
            return NOT_READY;
        }
        if (!replica.version().digest().equals(publish.digest())) {
            return no(Refusal.SUPERSEDED);
        }
        return everyoneAtHomeHereAccepts(publish) ? yes() : no("not-unanimous");
    }

    private boolean everyoneAtHomeHereAccepts(PublishMontage publish) {
        return replica.contributors().stream()
                .filter(contributor -> replica.homeOf(contributor).equals(Optional.of(replica.self())))
                .allMatch(contributor -> replica.acceptsStoredHere(contributor, publish.ballot(), publish.digest()));
    }

    private Vote yes() {
        return new Vote.Yes(replica.event().lastEnded());
    }

    private static Vote no(Refusal refusal) {
        return no(refusal.code());
    }

    private static Vote no(String code) {
        return new Vote.No(Reason.lasting(code));
    }

    private static Vote noForNow(String code) {
        return new Vote.No(Reason.passing(code));
    }
}
