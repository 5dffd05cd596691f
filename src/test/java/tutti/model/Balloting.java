package tutti.model;

import static tutti.commit.Promise.State.ABORTED;
import static tutti.commit.Promise.State.NONE;
import static tutti.commit.Promise.State.PREPARED;
import static tutti.model.Mutation.LATE_OPENED_ACCEPTED;
import static tutti.model.Mutation.OLD_LIFE_IS_HEARD;

import java.util.Set;
import java.util.function.Consumer;

/** How a ballot opens at the master, at the other sites, and how the master ends it without a publication. */
final class Balloting implements Model.Steps {

    private final Scenario scenario;
    private final Set<Mutation> mutations;

    Balloting(Scenario scenario, Set<Mutation> mutations) {
        this.scenario = scenario;
        this.mutations = mutations;
    }

    @Override
    public void from(State from, Consumer<Step> out) {
        for (var ballot = 1; ballot <= scenario.ballots(); ballot++) {
            openOnReport(from, ballot, out);
            end(from, ballot, out);
            for (var site = 1; site < scenario.sites().size() && from.isOpened(ballot); site++) {
                if (!from.isOutdated(0, site) || mutations.contains(OLD_LIFE_IS_HEARD)) {
                    hearOpened(from, site, ballot, out);
                }
            }
        }
    }

    /** A report of any vote opens the next ballot at the master, about what the vote is about. */
    private void openOnReport(State from, int ballot, Consumer<Step> out) {
        if (from.isVoting(0) || from.isPublished(0) || from.lastEnded(0) + 1 != ballot || !from.hasEvent(0)) {
            return;
        }
        for (var site = 1; site < scenario.sites().size(); site++) {
            for (var contributor = 0; contributor < scenario.contributors(); contributor++) {
                if (from.everChoice(site, contributor, ballot) != State.NO_VOTE
                        && (!from.isOutdated(site, 0) || mutations.contains(OLD_LIFE_IS_HEARD))) {
                    var to = from.copy();
                    to.open(ballot, from.voteOn(site, contributor, ballot));
                    to.voting(0, true);
                    out.accept(new Step(Action.OPEN, 0, ballot, to));
                }
            }
        }
    }

    /** A reject, the deadline, or a publication that could not be: the abort of the ballot's one transaction. */
    private void end(State from, int ballot, Consumer<Step> out) {
        var t = scenario.publication(ballot);
        var undecided = from.promise(0, t) == NONE || from.promise(0, t) == PREPARED;
        if (from.isVoting(0) && from.lastEnded(0) + 1 == ballot && undecided && !from.isCommitTold(t)) {
            var to = from.copy();
            to.tellAbort(t);
            to.promise(0, t, ABORTED);
            to.endBallots(0, ballot);
            out.accept(new Step(Action.END, 0, ballot, to));
        }
    }

    private void hearOpened(State from, int site, int ballot, Consumer<Step> out) {
        if (from.isPublished(site) || !from.hasEvent(site)) {
            return;
        }
        var open = from.isVoting(site) && from.lastEnded(site) + 1 == ballot;
        if (ballot > from.lastEnded(site) && !open) {
            var to = from.copy();
            to.endBallots(site, ballot - 1);
            to.voting(site, true);
            out.accept(new Step(Action.HEAR_OPENED, site, ballot, to));
        } else if (ballot <= from.lastEnded(site) && mutations.contains(LATE_OPENED_ACCEPTED)) {
            var to = from.copy();
            to.reopen(site, ballot);
            out.accept(new Step(Action.HEAR_OPENED, site, ballot, to));
        }
    }
}
