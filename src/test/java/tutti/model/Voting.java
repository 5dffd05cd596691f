package tutti.model;

import static tutti.commit.Promise.State.PREPARED;
import static tutti.model.Mutation.ANY_SITE_TAKES_VOTE;
import static tutti.model.Mutation.HOLD_DOES_NOT_BLOCK_VOTE;
import static tutti.model.Mutation.MASTER_VOTES_AHEAD;
import static tutti.model.Mutation.REMOVAL_HOLD_DOES_NOT_BLOCK_VOTE;
import static tutti.model.Mutation.STALE_DIGEST_VOTE;
import static tutti.model.Mutation.VOTE_WITHOUT_LOCK;

import java.util.Set;
import java.util.function.Consumer;

/** How a contributor's vote is taken at home: one step under one lock. */
final class Voting implements Model.Steps {

    private static final int NOBODY = -1;

    private final Scenario scenario;
    private final Set<Mutation> mutations;

    Voting(Scenario scenario, Set<Mutation> mutations) {
        this.scenario = scenario;
        this.mutations = mutations;
    }

    @Override
    public void from(State from, Consumer<Step> out) {
        for (var site = 0; site < scenario.sites().size(); site++) {
            var ballot = from.lastEnded(site) + 1;
            if (ballot <= scenario.ballots() && takesVotes(from, site) && isKnownElsewhere(from, site, ballot - 1)) {
                for (var contributor = 0; contributor < scenario.contributors(); contributor++) {
                    if (isAtHome(from, site, contributor) && from.choice(site, contributor, ballot) == State.NO_VOTE) {
                        vote(from, site, contributor, ballot, out);
                    }
                }
            }
            storeWhatWasRead(from, site, out);
        }
    }

    private boolean takesVotes(State from, int site) {
        return from.hasEvent(site)
                && !from.isPublished(site)
                && (!from.hasHold(site) || mutations.contains(HOLD_DOES_NOT_BLOCK_VOTE) || isOnlyRemoving(from, site));
    }

    private boolean isOnlyRemoving(State from, int site) {
        return mutations.contains(REMOVAL_HOLD_DOES_NOT_BLOCK_VOTE)
                && !from.isAny(Transaction.Kind.UPLOAD, site, PREPARED)
                && !from.isAny(Transaction.Kind.PUBLICATION, site, PREPARED);
    }

    /** Its master alone would take the ends of ballots, and with them their numbers, into the loss of its disk. */
    private boolean isKnownElsewhere(State from, int site, int ended) {
        if (site != 0 || ended == 0 || mutations.contains(MASTER_VOTES_AHEAD)) {
            return true;
        }
        for (var other = 1; other < scenario.sites().size(); other++) {
            if (from.lastEnded(other) >= ended) {
                return true;
            }
        }
        return false;
    }

    private boolean isAtHome(State from, int site, int contributor) {
        var home = from.home(site, contributor);
        return home == site || home >= 0 && mutations.contains(ANY_SITE_TAKES_VOTE);
    }

    private void vote(State from, int site, int contributor, int ballot, Consumer<Step> out) {
        var photos = from.photos(site);
        if (!mutations.contains(VOTE_WITHOUT_LOCK)) {
            store(from, site, contributor, ballot, photos, out);
        } else if (from.reader(site) == NOBODY) {
            var to = from.copy();
            to.read(site, contributor, ballot, photos);
            out.accept(new Step(Action.READ, site, ballot, to));
        }
        if (mutations.contains(STALE_DIGEST_VOTE)) {
            for (var older = photos - 1 & photos; older != 0; older = older - 1 & photos) {
                store(from, site, contributor, ballot, older, out);
            }
        }
    }

    private static void store(State from, int site, int contributor, int ballot, long photos, Consumer<Step> out) {
        for (var choice : new int[] {State.ACCEPT, State.REJECT}) {
            var to = from.copy();
            to.vote(site, contributor, ballot, choice, photos);
            to.voting(site, true);
            if (site == 0 && !from.isOpened(ballot)) {
                to.open(ballot, photos);
            }
            out.accept(new Step(Action.VOTE, site, ballot, to));
        }
    }

    private void storeWhatWasRead(State from, int site, Consumer<Step> out) {
        var reader = from.reader(site);
        if (reader == NOBODY) {
            return;
        }
        var clear = from.copy();
        clear.read(site, NOBODY, 0, 0);
        var ballot = from.readBallot(site);
        var taken = from.choice(site, reader, ballot) == State.NO_VOTE
                && from.lastEnded(site) + 1 == ballot
                && !from.isPublished(site);
        if (taken) {
            store(clear, site, reader, ballot, from.readPhotos(site), out);
        } else {
            out.accept(new Step(Action.READ, site, ballot, clear));
        }
    }
}
