package tutti.model;

import static tutti.commit.Promise.State.ABORTED;
import static tutti.commit.Promise.State.PREPARED;
import static tutti.model.Mutation.NO_DOES_NOT_END_BALLOT;
import static tutti.model.Mutation.NO_TOMBSTONE_ON_NO;
import static tutti.model.Mutation.OLD_LIFE_IS_HEARD;
import static tutti.model.Mutation.PUB_HOLD_ALLOWS_ADD;

import java.util.Set;
import java.util.function.Consumer;

/** What a participant does when a prepare arrives. */
final class Preparing implements Model.Steps {

    private final Scenario scenario;
    private final Set<Mutation> mutations;
    private final Judgement rules;
    private final Effects effects;

    Preparing(Scenario scenario, Set<Mutation> mutations, Judgement rules, Effects effects) {
        this.scenario = scenario;
        this.mutations = mutations;
        this.rules = rules;
        this.effects = effects;
    }

    @Override
    public void from(State from, Consumer<Step> out) {
        for (var t = 0; t < scenario.transactions().size(); t++) {
            var transaction = scenario.transactions().get(t);
            for (var site = 0; site < scenario.sites().size() && from.isBegun(t); site++) {
                if (site == transaction.coordinator() || isOutdated(from, transaction.coordinator(), site)) {
                    continue;
                }
                switch (from.promise(site, t)) {
                    case NONE -> first(from, site, t, out);
                    case PREPARED, COMMITTED -> again(from, site, t, out);
                    case ABORTED -> {} // NO again: an abort, which the coordinator may decide at any moment
                }
            }
        }
    }

    private boolean isOutdated(State from, int sender, int receiver) {
        return from.isOutdated(sender, receiver) && !mutations.contains(OLD_LIFE_IS_HEARD);
    }

    private void again(State from, int site, int t, Consumer<Step> out) {
        var later = scenario.transactions().get(t).isOfPhoto()
                && from.promise(scenario.transactions().get(t).coordinator(), t) == PREPARED
                && from.lastEnded(site) > from.carried(t);
        if (later || !from.hasSaidYes(site, t)) {
            var to = from.copy();
            sayYes(to, site, t);
            out.accept(new Step(Action.YES_AGAIN, site, t, to));
        }
    }

    private void first(State from, int site, int t, Consumer<Step> out) {
        var transaction = scenario.transactions().get(t);
        var to = heard(from, site, transaction);
        switch (rules.judge(to, site, t)) {
            case YES -> promise(to, site, t, out);
            case NO -> refuse(Action.NO, to, site, t, out);
            case NOT_READY -> {
                if (!to.equals(from)) {
                    out.accept(new Step(Action.NOT_READY, site, t, to));
                }
            }
        }
        if (scenario.refusesAtWill() && (transaction.isOfPhoto() || transaction.isPublication())) {
            refuse(Action.NO_AT_WILL, heard(from, site, transaction), site, t, out);
        }
    }

    private static State heard(State from, int site, Transaction transaction) {
        var to = from.copy();
        if (transaction.isPublication()) {
            // Whoever publishes ballot n has seen all before it end.
            to.endBallots(site, transaction.ballot() - 1);
        }
        return to;
    }

    private void promise(State to, int site, int t, Consumer<Step> out) {
        to.promise(site, t, PREPARED);
        sayYes(to, site, t);
        if (to.lastEnded(site) + 1 == scenario.transactions().get(t).ballot()
                && !mutations.contains(PUB_HOLD_ALLOWS_ADD)) {
            to.voting(site, true);
        }
        out.accept(new Step(Action.YES, site, t, to));
    }

    private void sayYes(State to, int site, int t) {
        to.sayYes(site, t);
        if (scenario.transactions().get(t).isOfPhoto()) {
            to.carry(t, to.lastEnded(site));
        }
    }

    private void refuse(Action how, State to, int site, int t, Consumer<Step> out) {
        if (mutations.contains(NO_TOMBSTONE_ON_NO)) {
            return;
        }
        to.promise(site, t, ABORTED);
        if (!mutations.contains(NO_DOES_NOT_END_BALLOT)) {
            effects.endBallotOf(to, site, t);
        }
        out.accept(new Step(how, site, t, to));
    }
}
