package tutti.simulation;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tutti.ballot.AbortReason;
import tutti.ballot.Ballot;
import tutti.commit.Outcome;
import tutti.commit.Reason;
import tutti.event.Change;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.Erase;
import tutti.event.Change.PublishMontage;
import tutti.event.Change.RemovePhoto;
import tutti.event.Change.TakeDown;
import tutti.event.Phase;
import tutti.replica.EventReplica;
import tutti.replica.Transaction;

/** Sees rare paths in what a step has changed. */
final class Sightings {

    private static final SortedMap<AbortReason, RarePath> ENDS = new TreeMap<>(Map.of(
            AbortReason.REJECTED, RarePath.REJECTED,
            AbortReason.TIMEOUT, RarePath.TIMEOUT,
            AbortReason.SITE_UNAVAILABLE, RarePath.SITE_UNAVAILABLE,
            AbortReason.FROZEN, RarePath.FROZEN));

    private final World world;

    Sightings(World world) {
        this.world = world;
    }

    void between(EventReplica before, EventReplica after) {
        for (var now : after.transactions().values()) {
            var old = before.transactions().get(now.id());
            if (old != now) {
                begun(before, old, now);
                decided(before, after, old, now);
            }
        }
        for (var now : after.ballots().values()) {
            var old = before.ballots().get(now.number());
            if (after.isMaster() && old != null && old.isOpen() && !now.isOpen()) {
                now.reason().ifPresent(reason -> world.count(ENDS.get(reason)));
            }
        }
        world.countIf(
                before.event().phase() == Phase.PUBLISHED
                        && after.event().phase() == Phase.TAKING_DOWN
                        && after.event().erasures().wanted().stream()
                                .anyMatch(one -> after.homeOf(one).isPresent()),
                RarePath.TAKEN_DOWN_FOR_ERASURE);
        for (var old : before.uploads().values()) {
            var now = after.uploads().get(old.photo().id());
            var in = after.photos().containsKey(old.photo().id());
            world.countIf(old.isWaiting() && in, RarePath.WAITING_PHOTO_GOT_IN);
            world.countIf(old.isWaiting() && now != null && !now.isWaiting(), RarePath.WAITING_PHOTO_REFUSED);
        }
        if (before.photos().size() != after.photos().size()) {
            for (var one : before.contributors()) {
                world.countIf(!before.homeOf(one).equals(after.homeOf(one)), RarePath.HOME_MOVED);
            }
        }
    }

    private void begun(EventReplica before, Transaction old, Transaction now) {
        world.countIf(
                old == null
                        && now.isRunningHere()
                        && now.change().orElseThrow() instanceof PublishMontage
                        && before.hasHold(),
                RarePath.PUBLISH_AFTER_HOLD);
    }

    private void decided(EventReplica before, EventReplica after, Transaction old, Transaction now) {
        if (now.promise().outcome().isEmpty()
                || (old != null && old.promise().outcome().isPresent())) {
            return;
        }
        if (now.promise().outcome().get() == Outcome.ABORTED) {
            var own = now.coordination().isPresent();
            world.countIf(own && now.reason().equals(Optional.of(Reason.OUT_OF_TIME)), RarePath.OUT_OF_TIME);
            world.countIf(own && now.reason().equals(Optional.of(Reason.WITHDRAWN)), RarePath.WITHDRAWN_WHILE_RUNNING);
            var ballot = PublishMontage.ballotOf(now.id().subject(), before.id());
            world.countIf(
                    ballot > 0
                            && before.openBallot()
                                    .filter(open -> open.number() > ballot)
                                    .isPresent(),
                    RarePath.LATE_ABORT);
        } else {
            committed(before, after, now.change().orElseThrow());
        }
    }

    private void committed(EventReplica before, EventReplica after, Change change) {
        if (change instanceof AddPhoto || change instanceof RemovePhoto) {
            world.countIf(before.event().phase() == Phase.VOTING, RarePath.COMMIT_WHILE_VOTING);
            world.countIf(before.event().lastEnded() < after.event().lastEnded(), RarePath.CARRIED_END_APPLIED);
        } else if (change instanceof TakeDown) {
            world.count(RarePath.TAKEN_DOWN);
            world.countIf(before.event().phase() == Phase.TAKEN_DOWN, RarePath.TAKEN_DOWN_TWICE);
        } else if (change instanceof Erase erase) {
            world.count(RarePath.ERASED);
            world.countIf(before.event().erasures().done().contains(erase.contributor()), RarePath.ERASED_TWICE);
            world.countIf(before.event().phase() == Phase.OPEN, RarePath.ERASED_BEFORE_PUBLICATION);
            world.countIf(before.homeOf(erase.contributor()).isPresent(), RarePath.ERASED_AFTER_PUBLICATION);
        } else if (change instanceof PublishMontage && after.isMaster()) {
            world.count(RarePath.PUBLISHED);
            world.countIf(!world.isCalmSince(world.agenda().now()), RarePath.PUBLISHED_IN_THE_STORM);
        }
    }

    /** A ballot got its first vote at some site. */
    void firstVote(Ballot ballot, boolean firstOfAll) {
        world.countIf(
                !firstOfAll && ballot.votes().size() == 1 && ballot.accepted().size() <= 1, RarePath.TWO_FIRST_VOTES);
    }
}
