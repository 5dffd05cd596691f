package tutti.model;

import static tutti.commit.Promise.State.ABORTED;
import static tutti.commit.Promise.State.COMMITTED;
import static tutti.commit.Promise.State.NONE;
import static tutti.commit.Promise.State.PREPARED;

import java.util.Optional;

/** Looks at two neighbouring states as no site ever can, and knows nothing of the rules that lead from one to the other. */
final class Invariants {

    private final Scenario scenario;

    Invariants(Scenario scenario) {
        this.scenario = scenario;
    }

    /** What this step has broken first, if anything. */
    Optional<Violation> broken(State before, Step step) {
        try {
            var after = step.to();
            for (var t = 0; t < scenario.transactions().size(); t++) {
                oneOutcome(after, t);
                if (after.isCommitTold(t) && !before.isCommitTold(t)) {
                    decided(before, step, t);
                }
                applied(before, after, step.site(), t);
                promised(after, step.site(), t);
            }
            votes(before, after);
            notRefused(before, step);
            return Optional.empty();
        } catch (Violation violation) {
            return Optional.of(violation);
        }
    }

    private void oneOutcome(State state, int t) {
        var committed = state.isCommitTold(t);
        var aborted = state.isAbortTold(t);
        if (committed && aborted) {
            throw new Violation(Invariant.ONE_OUTCOME, "both outcomes are told of " + name(t));
        }
        for (var site = 0; site < scenario.sites().size(); site++) {
            var promise = state.promise(site, t);
            committed |= promise == COMMITTED;
            aborted |= promise == ABORTED;
            if (state.isCommitTold(t) && promise == NONE && site != state.rebuilding()) {
                throw new Violation(
                        Invariant.ONE_OUTCOME,
                        name(t) + " is committed, and unknown at "
                                + scenario.sites().get(site));
            }
        }
        if (committed && aborted) {
            throw new Violation(Invariant.ONE_OUTCOME, name(t) + " has different outcomes at two sites");
        }
    }

    private void decided(State before, Step step, int t) {
        var after = step.to();
        var transaction = scenario.transactions().get(t);
        if (transaction.isOfPhoto()) {
            // A rebuilt site ends its ballot, and then commits what others have promised, in one step.
            decidedInTime(before, step.action() == Action.SERVE ? after : before, t);
        }
        if (transaction.isUpload()) {
            decidedUpload(after, t);
        } else if (transaction.isRemoval()) {
            decidedRemoval(before, t);
        } else if (transaction.kind() == Transaction.Kind.ERASURE) {
            decidedErasure(after, transaction.contributor(), t);
        } else if (transaction.isPublication()) {
            decidedPublication(after, transaction.ballot());
        }
    }

    private void decidedInTime(State before, State ends, int t) {
        for (var o = 0; o < scenario.transactions().size(); o++) {
            var other = scenario.transactions().get(o);
            if (other.isPublication()) {
                if (before.isCommitTold(o)) {
                    throw new Violation(Invariant.NO_SECOND_THOUGHTS, name(t) + " is decided after " + name(o));
                }
                if (!ends.isEndedAnywhere(other.ballot()) && hasAnyAccept(before, other.ballot())) {
                    throw new Violation(
                            Invariant.FROZEN_WHILE_VOTING,
                            name(t) + " is committed between an accept in ballot " + other.ballot() + " and its end");
                }
            }
        }
    }

    private void decidedRemoval(State before, int t) {
        var upload = scenario.transactions().get(t).removes();
        if (!before.isCommitTold(upload)) {
            throw new Violation(Invariant.PHOTO_FIRST, name(t) + " is decided before the photo is");
        }
        if (!before.isDecidedIn(upload)) {
            throw new Violation(Invariant.COMMITTED_ONCE, name(t) + " is decided after another removal");
        }
    }

    private void decidedErasure(State after, int contributor, int t) {
        var hidden = false;
        var shown = false;
        for (var o = 0; o < scenario.transactions().size(); o++) {
            var other = scenario.transactions().get(o);
            hidden |= other.kind() == Transaction.Kind.TAKE_DOWN && after.isCommitTold(o);
            shown |= other.isUpload() && other.contributor() == contributor && after.isDecidedIn(o);
        }
        if (shown && !hidden) {
            throw new Violation(Invariant.HIDDEN_FIRST, name(t) + " is decided while a photo is in");
        }
        for (var site = 0; site < scenario.sites().size(); site++) {
            if (after.isMoving(site, contributor)) {
                throw new Violation(
                        Invariant.ERASED_FOR_GOOD,
                        name(t) + " is decided while a photo is held at "
                                + scenario.sites().get(site));
            }
        }
    }

    private void decidedUpload(State after, int t) {
        for (var o = 0; o < scenario.transactions().size(); o++) {
            if (scenario.transactions()
                            .get(o)
                            .isErasureOf(scenario.transactions().get(t).contributor())
                    && after.isCommitTold(o)) {
                throw new Violation(Invariant.ERASED_FOR_GOOD, name(t) + " is decided after " + name(o));
            }
        }

        var people = 0L;
        for (var o = 0; o < scenario.transactions().size(); o++) {
            var other = scenario.transactions().get(o);
            if (other.isUpload() && after.isDecidedIn(o)) {
                people |= 1L << other.contributor();
                var same = o != t
                        && other.photo() == scenario.transactions().get(t).photo();
                if (same) {
                    throw new Violation(Invariant.COMMITTED_ONCE, name(t) + " is committed after " + name(o));
                }
            }
        }
        var most = Long.bitCount(after.decidedPhotos()) <= scenario.photosMax()
                && Long.bitCount(people) <= scenario.contributorsMax();
        if (!most) {
            throw new Violation(Invariant.LIMITS, name(t) + " is one too many");
        }
    }

    private boolean hasAnyAccept(State state, int ballot) {
        for (var contributor = 0; contributor < scenario.contributors(); contributor++) {
            if (state.hasAccepted(contributor, ballot)) {
                return true;
            }
        }
        return false;
    }

    private void decidedPublication(State state, int ballot) {
        var photos = state.decidedPhotos();
        for (var contributor = 0; contributor < scenario.contributors(); contributor++) {
            var accepted = !isIn(photos, contributor);
            for (var site = 0; site < scenario.sites().size(); site++) {
                var choice = state.everChoice(site, contributor, ballot);
                accepted |= choice == State.ACCEPT && state.voteOn(site, contributor, ballot) == photos;
                if (!(choice != State.REJECT)) {
                    throw new Violation(Invariant.UNANIMOUS, "published in spite of a reject");
                }
            }
            if (!accepted) {
                throw new Violation(
                        Invariant.UNANIMOUS, "published without the accept of contributor " + (contributor + 1));
            }
        }
    }

    private boolean isIn(long photos, int contributor) {
        return scenario.transactions().stream()
                .anyMatch(
                        one -> one.isUpload() && one.contributor() == contributor && (photos >> one.photo() & 1) == 1);
    }

    private void applied(State before, State after, int site, int t) {
        var news = after.promise(site, t) == COMMITTED && before.promise(site, t) != COMMITTED;
        if (news && scenario.transactions().get(t).isOfPhoto()) {
            if (before.isPublished(site)) {
                throw new Violation(
                        Invariant.NO_SECOND_THOUGHTS,
                        name(t) + " is applied at " + scenario.sites().get(site) + " after the publication");
            }
            if (!after.hasEvent(site)) {
                throw new Violation(Invariant.EVENT_FIRST, name(t) + " is applied where the event is not");
            }
            var upload = scenario.transactions().get(t).removes();
            if (upload >= 0 && after.promise(site, upload) != COMMITTED) {
                throw new Violation(Invariant.PHOTO_FIRST, name(t) + " is applied where the photo is not");
            }
        }
    }

    private void promised(State after, int site, int t) {
        var one = scenario.transactions().get(t);
        if (one.isOfPhoto()
                && after.promise(site, t) == PREPARED
                && after.isErasureAny(site, one.contributor(), COMMITTED)) {
            throw new Violation(
                    Invariant.ERASED_FOR_GOOD,
                    name(t) + " is promised at " + scenario.sites().get(site) + ", where its owner is erased");
        }
        var takesDown = one.kind() == Transaction.Kind.TAKE_DOWN;
        if (takesDown && after.promise(site, t) == PREPARED && !after.isPublished(site)) {
            throw new Violation(
                    Invariant.PUBLICATION_FIRST,
                    name(t) + " is promised at " + scenario.sites().get(site) + ", where nothing is published");
        }
    }

    private void votes(State before, State after) {
        if (after.isVotedTwice()) {
            throw new Violation(Invariant.NOTHING_SUPERSEDED, "a contributor votes again where a vote was lost");
        }
        for (var ballot = 1; ballot <= scenario.ballots(); ballot++) {
            var about = -1L;
            for (var contributor = 0; contributor < scenario.contributors(); contributor++) {
                var votes = 0;
                for (var site = 0; site < scenario.sites().size(); site++) {
                    var choice = after.everChoice(site, contributor, ballot);
                    var photos = after.voteOn(site, contributor, ballot);
                    stored(before, site, contributor, ballot, choice, photos);
                    if (choice != State.NO_VOTE) {
                        votes++;
                        if (!(about == -1 || about == photos)) {
                            throw new Violation(
                                    Invariant.NOTHING_SUPERSEDED, "votes of ballot " + ballot + " name two montages");
                        }
                        about = photos;
                    }
                }
                if (!(votes <= 1)) {
                    throw new Violation(
                            Invariant.NOTHING_SUPERSEDED, "a contributor has voted twice in ballot " + ballot);
                }
            }
        }
    }

    private void stored(State before, int site, int contributor, int ballot, int choice, long photos) {
        var old = before.everChoice(site, contributor, ballot);
        if (old != State.NO_VOTE) {
            if (!(old == choice && before.voteOn(site, contributor, ballot) == photos)) {
                throw new Violation(Invariant.NO_SECOND_THOUGHTS, "a vote has changed");
            }
        } else if (choice != State.NO_VOTE) {
            if (!(before.isEndedAnywhere(ballot) || photos == before.decidedPhotos())) {
                throw new Violation(
                        Invariant.NOTHING_SUPERSEDED, "a vote is stored for another montage than the decided one");
            }
        }
    }

    /** The master begins a publication only when everybody has accepted: then nobody refuses it, unless it is over. */
    private void notRefused(State before, Step step) {
        if (step.action() == Action.NO
                && scenario.transactions().get(step.subject()).isPublication()) {
            var over = before.lastEnded(step.site())
                    >= scenario.transactions().get(step.subject()).ballot();
            if (!(over || before.isPublished(step.site()))) {
                throw new Violation(
                        Invariant.NEVER_REFUSED,
                        "a publication is refused at " + scenario.sites().get(step.site()));
            }
        }
    }

    /** What is wrong with a state in which nothing more happens by itself. */
    Optional<Violation> brokenAtRest(State state) {
        try {
            if (state.rebuilding() >= 0) {
                throw new Violation(Invariant.IT_ENDS, "a site is never rebuilt");
            }
            for (var site = 0; site < scenario.sites().size(); site++) {
                var name = scenario.sites().get(site);
                if (state.hasHold(site)) {
                    throw new Violation(Invariant.IT_ENDS, "a hold is left at " + name);
                }
                if (state.isVoting(site)) {
                    throw new Violation(Invariant.IT_ENDS, "a ballot never ends at " + name);
                }
                var same = state.photos(site) == state.photos(0)
                        && state.isPublished(site) == state.isPublished(0)
                        && state.lastEnded(site) == state.lastEnded(0)
                        && state.hasEvent(site) == state.hasEvent(0);
                for (var one = 0; one < scenario.contributors(); one++) {
                    same &= state.isErasureAny(site, one, COMMITTED) == state.isErasureAny(0, one, COMMITTED);
                }
                if (!same) {
                    throw new Violation(
                            Invariant.ALL_OR_NOTHING,
                            name + " differs from " + scenario.sites().get(0));
                }
            }
            return Optional.empty();
        } catch (Violation violation) {
            return Optional.of(violation);
        }
    }

    private String name(int t) {
        return scenario.transactions().get(t).name();
    }
}
