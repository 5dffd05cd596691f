package tutti.model;

import static tutti.commit.Promise.State.COMMITTED;
import static tutti.commit.Promise.State.NONE;
import static tutti.commit.Promise.State.PREPARED;
import static tutti.model.Mutation.CREATING_NO;
import static tutti.model.Mutation.CREATING_YES;
import static tutti.model.Mutation.ERASED_MAY_ADD;
import static tutti.model.Mutation.ERASES_WHAT_IS_MOVING;
import static tutti.model.Mutation.ERASES_WHAT_IS_SHOWN;
import static tutti.model.Mutation.ERASURE_HOLD_ALLOWS_ADD;
import static tutti.model.Mutation.HIDES_WHAT_IS_NOT_PUBLISHED;
import static tutti.model.Mutation.LIMIT_IGNORES_HOLDS;
import static tutti.model.Mutation.PUB_ANY_DIGEST;
import static tutti.model.Mutation.PUB_HOLD_ALLOWS_ADD;
import static tutti.model.Mutation.PUB_IGNORES_ACCEPTS;
import static tutti.model.Mutation.PUB_NO_ENDED_CHECK;
import static tutti.model.Mutation.PUB_NO_INSTEAD_OF_NOT_READY;
import static tutti.model.Mutation.PUB_YES_DESPITE_HOLD;
import static tutti.model.Mutation.REMOVALS_SIDE_BY_SIDE;
import static tutti.model.Mutation.REMOVAL_HOLD_ALLOWS_ADD;
import static tutti.model.Mutation.REMOVAL_WHILE_VOTING;
import static tutti.model.Mutation.REMOVES_WHAT_IS_NOT_HERE;
import static tutti.model.Mutation.SIDE_BY_SIDE_ATTEMPTS;
import static tutti.model.Mutation.VOTING_DOES_NOT_REFUSE;

import java.util.Set;
import tutti.commit.Promise;
import tutti.model.Transaction.Kind;

/** What a site answers to a prepare that it hears of for the first time. */
final class Judgement {

    /** The three answers. */
    enum Answer {
        YES,
        NO,
        NOT_READY
    }

    private final Scenario scenario;
    private final Set<Mutation> mutations;

    Judgement(Scenario scenario, Set<Mutation> mutations) {
        this.scenario = scenario;
        this.mutations = mutations;
    }

    Answer judge(State state, int site, int t) {
        return switch (scenario.transactions().get(t).kind()) {
            case CREATION -> state.hasEvent(site) ? Answer.NO : Answer.YES;
            case UPLOAD -> upload(state, site, t);
            case REMOVAL -> removal(state, site, t);
            case PUBLICATION -> publication(state, site, t);
            case TAKE_DOWN ->
                state.isPublished(site) || mutations.contains(HIDES_WHAT_IS_NOT_PUBLISHED)
                        ? Answer.YES
                        : Answer.NOT_READY;
            case ERASURE ->
                isReadyToErase(state, site, scenario.transactions().get(t).contributor())
                        ? Answer.YES
                        : Answer.NOT_READY;
        };
    }

    private boolean isReadyToErase(State state, int site, int contributor) {
        var hidden = state.isAny(Kind.TAKE_DOWN, site, COMMITTED) || mutations.contains(ERASES_WHAT_IS_SHOWN);
        var moving = state.isMoving(site, contributor) && !mutations.contains(ERASES_WHAT_IS_MOVING);
        return state.hasEvent(site) && (hidden || state.home(site, contributor) < 0) && !moving;
    }

    private boolean isLeaving(State state, int site, int contributor) {
        var promised = state.isErasureAny(site, contributor, PREPARED) && !mutations.contains(ERASURE_HOLD_ALLOWS_ADD);
        var done = state.isErasureAny(site, contributor, COMMITTED) && !mutations.contains(ERASED_MAY_ADD);
        return promised || done;
    }

    private Answer upload(State state, int site, int t) {
        if (!state.hasEvent(site)) {
            return withoutEvent(state, site);
        }
        var voting = state.isVoting(site) && !mutations.contains(VOTING_DOES_NOT_REFUSE);
        if (state.isPublished(site) || voting || isPublishing(state, site)) {
            return Answer.NO;
        }
        if (isLeaving(state, site, scenario.transactions().get(t).contributor())) {
            return Answer.NO;
        }
        return isDuplicate(state, site, t) || passesLimits(state, site, t) ? Answer.NO : Answer.YES;
    }

    private boolean isPublishing(State state, int site) {
        return state.isAny(Kind.PUBLICATION, site, PREPARED) && !mutations.contains(PUB_HOLD_ALLOWS_ADD);
    }

    private Answer removal(State state, int site, int t) {
        if (!state.hasEvent(site)) {
            return withoutEvent(state, site);
        }
        var voting = state.isVoting(site) && !mutations.contains(REMOVAL_WHILE_VOTING);
        if (state.isPublished(site) || voting || isPublishing(state, site)) {
            return Answer.NO;
        }
        var upload = scenario.transactions().get(t).removes();
        if (state.isRemovalAny(site, upload, PREPARED) && !mutations.contains(REMOVALS_SIDE_BY_SIDE)) {
            return Answer.NO;
        }
        return state.isIn(site, upload) || mutations.contains(REMOVES_WHAT_IS_NOT_HERE) ? Answer.YES : Answer.NOT_READY;
    }

    /** The event is on its way here where it is held, and at its creating site for as long as that tries. */
    private Answer withoutEvent(State state, int site) {
        if (site != 0 && !state.isAny(Kind.CREATION, site, PREPARED)) {
            return Answer.NO;
        }
        if (mutations.contains(CREATING_YES)) {
            return Answer.YES;
        }
        return mutations.contains(CREATING_NO) ? Answer.NO : Answer.NOT_READY;
    }

    private boolean isDuplicate(State state, int site, int t) {
        var upload = scenario.transactions().get(t);
        for (var o = 0; o < scenario.transactions().size(); o++) {
            var other = scenario.transactions().get(o);
            if (o != t && other.isUpload() && other.photo() == upload.photo()) {
                var own = other.coordinator() == upload.coordinator() && mutations.contains(SIDE_BY_SIDE_ATTEMPTS);
                if (isThere(state, site, o) || state.promise(site, o) == PREPARED && !own) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A photo is there until its removal is decided, and not until it is promised. */
    private boolean isThere(State state, int site, int upload) {
        var going = state.isRemovalAny(site, upload, PREPARED) && mutations.contains(REMOVAL_HOLD_ALLOWS_ADD);
        return state.isIn(site, upload) && !going;
    }

    private boolean passesLimits(State state, int site, int t) {
        var photos = 0L;
        var people = 0L;
        for (var o = 0; o < scenario.transactions().size(); o++) {
            var upload = scenario.transactions().get(o);
            if (upload.isUpload() && (o == t || counts(state, site, o))) {
                photos |= 1L << upload.photo();
                people |= 1L << upload.contributor();
            }
        }
        return Long.bitCount(photos) > scenario.photosMax() || Long.bitCount(people) > scenario.contributorsMax();
    }

    private boolean counts(State state, int site, int upload) {
        return state.isIn(site, upload)
                || state.promise(site, upload) == PREPARED && !mutations.contains(LIMIT_IGNORES_HOLDS);
    }

    private Answer publication(State state, int site, int t) {
        var ballot = scenario.transactions().get(t).ballot();
        if (!state.hasEvent(site)) {
            return withoutEvent(state, site);
        }
        var over = ballot <= state.lastEnded(site) && !mutations.contains(PUB_NO_ENDED_CHECK);
        if (state.isPublished(site) || over) {
            return Answer.NO;
        }
        if (state.hasHoldBeside(site, t) && !mutations.contains(PUB_YES_DESPITE_HOLD)) {
            return mutations.contains(PUB_NO_INSTEAD_OF_NOT_READY) ? Answer.NO : Answer.NOT_READY;
        }
        var superseded = state.photos(site) != state.about(ballot) && !mutations.contains(PUB_ANY_DIGEST);
        return superseded || !isAcceptedAtHomeHere(state, site, ballot) ? Answer.NO : Answer.YES;
    }

    private boolean isAcceptedAtHomeHere(State state, int site, int ballot) {
        for (var contributor = 0; contributor < scenario.contributors(); contributor++) {
            if (state.home(site, contributor) == site
                    && state.choice(site, contributor, ballot) != State.ACCEPT
                    && !mutations.contains(PUB_IGNORES_ACCEPTS)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the site's own prepare of its own transaction can come now. */
    boolean mayBegin(State state, int t) {
        var transaction = scenario.transactions().get(t);
        var previous = transaction.previous();
        var free = previous < 0
                || state.promise(transaction.coordinator(), previous) == Promise.State.ABORTED
                || isForgotten(state, transaction.coordinator(), previous)
                || isUndone(state, transaction.coordinator(), previous)
                || transaction.isUpload() && mutations.contains(SIDE_BY_SIDE_ATTEMPTS);
        return !state.isBegun(t) && state.promise(transaction.coordinator(), t) == NONE && free;
    }

    /** Aborted so long ago that there is no record of it any more. */
    private static boolean isForgotten(State state, int site, int t) {
        return state.isAbortTold(t) && state.promise(site, t) == NONE;
    }

    /** Committed and taken back since: a photo that was removed, or a removed one that was added again. */
    private boolean isUndone(State state, int site, int t) {
        var one = scenario.transactions().get(t);
        var there = (state.photos(site) >> one.photo() & 1) == 1;
        return one.isOfPhoto() && state.promise(site, t) == COMMITTED && there == one.isRemoval();
    }
}
