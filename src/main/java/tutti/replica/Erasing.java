package tutti.replica;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import tutti.commit.Reason;
import tutti.commit.TransactionId;
import tutti.event.Change;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.Erase;
import tutti.event.Change.RemovePhoto;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.Sha256;

/**
 * How one contributor's data leaves the event. First everything of his stops coming in; then his photos are taken out, or the
 * published montage is taken down, each by the transaction that there is for it anyway; then one more, {@link Erase}, empties
 * whatever still names him or his bytes. That he wants it is on the disk from the first step on, so whatever is left to do
 * is done by errands.
 *
 * <p>Records outlive what they were about: an attempt that was aborted, an addition whose photo was removed. So the last step
 * needs all of them, and one that comes later, with a message that was long under way, is emptied before it is kept.
 */
final class Erasing {

    private final EventReplica replica;
    private final Committing committing;
    private final Wishes wishes;
    private final SortedSet<Sha256> unnamed = new TreeSet<>();

    Erasing(EventReplica replica, Committing committing, Wishes wishes) {
        this.replica = replica;
        this.committing = committing;
        this.wishes = wishes;
    }

    /** Needs all that is remembered of the event: one who has only been in it once has left records, too. */
    Optional<Refusal> erase(ContributorId by, Instant now) {
        if (replica.event().erasures().concern(by)) {
            return Optional.empty();
        }
        switch (replica.event().phase()) {
            case ABSENT, CANCELLED -> {
                return Optional.of(Refusal.NOT_FOUND);
            }
            case CREATING -> {
                return Optional.of(Refusal.CREATING);
            }
            case VOTING -> {
                if (isIn(by)) {
                    return Optional.of(Refusal.VOTING_IN_PROGRESS); // a no ends the ballot, too, and then it can go on
                }
            }
            case OPEN, PUBLISHED, TAKING_DOWN, TAKEN_DOWN -> {}
        }
        if (!isKnown(by)) {
            return Optional.of(Refusal.NOT_A_CONTRIBUTOR);
        }
        expect(by);
        List.copyOf(replica.transactions().values()).stream()
                .filter(own -> own.change().orElse(null) instanceof AddPhoto && isOf(own, by))
                .forEach(own -> committing.abort(own, Reason.WITHDRAWN, now));
        wishes.takeDown(by, now); // if it is published, with photos of theirs
        return Optional.empty();
    }

    private boolean isKnown(ContributorId who) {
        return isIn(who)
                || replica.uploads().values().stream()
                        .anyMatch(upload -> upload.photo().contributor().equals(who))
                || replica.transactions().values().stream().anyMatch(known -> isOf(known, who));
    }

    private static boolean isOf(Transaction known, ContributorId who) {
        return known.change()
                .flatMap(Erasing::photo)
                .filter(photo -> photo.contributor().equals(who))
                .isPresent();
    }

    private static Optional<Photo> photo(Change change) {
        if (change instanceof AddPhoto add) {
            return Optional.of(add.photo());
        }
        return change instanceof RemovePhoto removal ? Optional.of(removal.photo()) : Optional.empty();
    }

    /** Whether a photo of this contributor is in the montage here. */
    boolean isIn(ContributorId who) {
        return replica.homeOf(who).isPresent();
    }

    /** Whether a photo of this contributor is on its way in or out here. */
    boolean isMoving(ContributorId who) {
        return replica.transactions().values().stream().anyMatch(held -> held.isHold() && isOf(held, who));
    }

    /** Somebody who is in a montage that is public here wants his data erased. */
    boolean isHiddenSoon() {
        return replica.event().phase() == Phase.PUBLISHED
                && replica.event().erasures().wanted().stream().anyMatch(this::isIn);
    }

    /** The photos that have to be taken out first, whoever coordinates that. */
    List<Photo> leaving() {
        return replica.event().phase() == Phase.OPEN
                ? replica.photos().values().stream()
                        .filter(photo -> replica.event().erasures().wanted().contains(photo.contributor()))
                        .toList()
                : List.of();
    }

    /** Those of whom nothing is in the way of the last step, and for whom none is under way. */
    List<ContributorId> due() {
        var held = replica.held(Erase.class).stream().map(Erase::contributor).toList();
        return replica.event().erasures().wanted().stream()
                .filter(who -> !held.contains(who) && new PrepareRules(replica).isReadyToErase(who))
                .toList();
    }

    Optional<TransactionId> tryErasure(ContributorId who, Instant now) {
        if (!due().contains(who)) {
            return Optional.empty();
        }
        var id = replica.nextId(Erase.subjectOf(replica.id(), who));
        committing.begin(id, new Erase(who), now.plus(replica.settings.preparingTime()), now);
        return Optional.of(id);
    }

    // What a promise and its outcome do

    /** From the promise on nothing of this contributor comes in, and what waited here does so no longer. */
    void expect(ContributorId who) {
        replica.set(replica.event().with(replica.event().erasures().wanting(who)));
        List.copyOf(replica.uploads().values()).stream()
                .map(Upload::photo)
                .filter(photo -> photo.contributor().equals(who))
                .forEach(photo -> {
                    replica.drop(photo.id());
                    giveUp(photo);
                });
    }

    void apply(ContributorId who) {
        replica.set(replica.event().with(replica.event().erasures().with(who)));
        List.copyOf(replica.photos().values()).forEach(replica::put);
        List.copyOf(replica.transactions().values()).forEach(replica::put);
    }

    // What is left of those who are erased

    Photo kept(Photo photo) {
        if (photo.isErased() || !replica.event().erasures().done().contains(photo.contributor())) {
            return photo;
        }
        giveUp(photo);
        return photo.erased();
    }

    Transaction kept(Transaction known) {
        var photo = known.change().flatMap(Erasing::photo);
        var left = photo.map(this::kept);
        if (left.equals(photo)) {
            return known;
        }
        return known.with(
                known.change().orElseThrow() instanceof AddPhoto
                        ? new AddPhoto(left.orElseThrow())
                        : new RemovePhoto(left.orElseThrow()));
    }

    /** Nothing of this contributor names these bytes here any more; others may. */
    void giveUp(Photo photo) {
        unnamed.add(photo.picture().sha256());
    }

    SortedSet<Sha256> unnamed() {
        return Collections.unmodifiableSortedSet(unnamed);
    }
}
