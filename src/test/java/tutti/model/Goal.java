package tutti.model;

import static tutti.commit.Promise.State.ABORTED;
import static tutti.commit.Promise.State.COMMITTED;
import static tutti.commit.Promise.State.NONE;
import static tutti.commit.Promise.State.PREPARED;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tutti.commit.Promise;
import tutti.model.LoggedStep.Turned;

/** Where a logged step has to lead: what the site has on disk after it, and what the log says beside that. */
final class Goal {

    private final History history;
    private final int site;
    private final State before;

    /** As before, with the site as the log leaves it. */
    private final State after;

    /** The greatest ballot's end that a commit has carried, by transaction. */
    private final Map<Integer, Integer> carried = new TreeMap<>();

    /** What a ballot that opens, or is about to be published, is about. */
    private final Map<Integer, String> digests = new TreeMap<>();

    /** Of each ballot that ends, whether it ends with the publication. */
    private final Map<Integer, Boolean> published = new TreeMap<>();

    private Goal(History history, int site, State before) {
        this.history = history;
        this.site = site;
        this.before = before;
        this.after = before.copy();
    }

    /** Empty where the log says that the step began elsewhere, or waits for what is not there yet. */
    static Optional<Goal> of(History history, State before, int site, LoggedStep logged) {
        var goal = new Goal(history, site, before);
        var fits = logged.turns().stream()
                .sorted(Comparator.comparingInt(Goal::order))
                .allMatch(goal::take);
        return fits ? Optional.of(goal) : Optional.empty();
    }

    /** Ends come before what begins after them. */
    private static int order(Turned turned) {
        if (!turned.isBallot()) {
            return 2;
        }
        return turned.to().equals("OPEN") ? 1 : 0;
    }

    private boolean take(Turned turned) {
        if (turned.isAcknowledgement()) {
            return isAcknowledged(turned);
        }
        if (turned.isBallot()) {
            return takeBallot(turned);
        }
        return turned.isVote() ? takeVote(turned) : takePromise(turned);
    }

    private boolean isAcknowledged(Turned turned) {
        var t = history.transaction(turned);
        for (var peer : turned.more().get("acknowledged").split(",")) {
            var promise = before.promise(history.site(peer), t);
            var forgotten = promise == NONE && history.isForgotten(history.site(peer), turned.what());
            if (promise != Promise.State.valueOf(turned.to()) && !forgotten) {
                return false;
            }
        }
        return before.promise(site, t) == Promise.State.valueOf(turned.to());
    }

    private boolean takePromise(Turned turned) {
        var t = history.transaction(turned);
        var to = Promise.State.valueOf(turned.to());
        after.promise(site, t, to);
        if (to == COMMITTED && history.scenario().transactions().get(t).isOfPhoto()) {
            var seen = turned.more().get("carried");
            if (seen == null) {
                return false;
            }
            carried.put(t, Integer.parseInt(seen));
        }
        var ballot = history.scenario().transactions().get(t).ballot();
        if (to == COMMITTED || to == ABORTED) {
            after.endBallots(site, ballot);
        } else if (ballot > 0 && to == PREPARED) {
            digests.put(ballot, turned.more().get("digest"));
        }
        return before.promise(site, t) == Promise.State.valueOf(turned.from());
    }

    private boolean takeBallot(Turned turned) {
        var ballot = turned.ballot();
        var wasOpen = before.isVoting(site) && before.lastEnded(site) + 1 == ballot;
        if (turned.to().equals("OPEN")) {
            after.endBallots(site, ballot - 1);
            after.voting(site, true);
            digests.put(ballot, turned.more().get("digest"));
        } else {
            after.endBallots(site, ballot);
            published.put(ballot, turned.to().equals("PUBLISHED"));
        }
        return wasOpen == turned.from().equals("OPEN");
    }

    private boolean takeVote(Turned turned) {
        var choice = turned.to().equals("ACCEPT") ? State.ACCEPT : State.REJECT;
        var photos = before.photos(site);
        after.vote(site, history.contributor(turned), turned.ballot(), choice, photos);
        return before.choice(site, history.contributor(turned), turned.ballot()) == State.NO_VOTE
                && turned.more().get("digest").equals(history.digest(photos));
    }

    boolean isReachedBy(State state) {
        return state.isSameAt(site, after)
                && carried.keySet().stream().allMatch(t -> state.carried(t) == carried.get(t))
                && published.keySet().stream().allMatch(ballot -> isPublished(state, ballot) == published.get(ballot))
                && digests.keySet().stream()
                        .allMatch(ballot -> history.digest(about(state, ballot)).equals(digests.get(ballot)));
    }

    private boolean isPublished(State state, int ballot) {
        return state.promise(site, history.scenario().publication(ballot)) == COMMITTED;
    }

    /** A ballot that the master has not opened yet is about what is here. */
    private long about(State state, int ballot) {
        return state.isOpened(ballot) ? state.about(ballot) : state.photos(site);
    }

    /** Whether a step turns something at this site towards the goal, or says YES again with a greater number to carry. */
    boolean isNearer(State from, Step step) {
        if (step.action() == Action.YES_AGAIN && carried.containsKey(step.subject())) {
            return step.to().carried(step.subject()) <= carried.get(step.subject());
        }
        return step.site() == site
                && !step.to().isSameAt(site, from)
                && step.to().isBetweenAt(site, from, after)
                && (step.action() != Action.FORGET || isFirstToForget(from, step.subject()));
    }

    /** A site forgets many at once, in whatever order; one order is enough to look at. */
    private boolean isFirstToForget(State from, int t) {
        for (var earlier = 0; earlier < t; earlier++) {
            if (from.promise(site, earlier) != NONE && after.promise(site, earlier) == NONE) {
                return false;
            }
        }
        return true;
    }
}
