package tutti.model;

import static tutti.commit.Promise.State.COMMITTED;
import static tutti.commit.Promise.State.PREPARED;

import java.util.Arrays;
import tutti.commit.Promise;

/**
 * The whole cluster at one moment: what each site has on disk, and what was ever said. Sites, contributors, photos and
 * transactions are numbers of the scenario; a set of photos or sites is a number with a bit for each.
 */
final class State {

    static final int NO_VOTE = 0;
    static final int ACCEPT = 1;
    static final int REJECT = 2;

    private static final Promise.State[] PROMISES = Promise.State.values();

    private final Scenario scenario;
    private final Layout layout;
    private final long[] words;

    private State(Scenario scenario, Layout layout, long[] words) {
        this.scenario = scenario;
        this.layout = layout;
        this.words = words;
    }

    static State initial(Scenario scenario, Layout layout) {
        var state = new State(scenario, layout, new long[layout.words()]);
        for (var t = 0; t < scenario.transactions().size(); t++) {
            if (scenario.transactions().get(t).old()) {
                state.committedEverywhere(t);
            }
        }
        return state;
    }

    private void committedEverywhere(int t) {
        layout.begun[t].set(words, 1);
        layout.toldCommit[t].set(words, 1);
        layout.yes[t].set(words, everySite());
        for (var site = 0; site < scenario.sites().size(); site++) {
            promise(site, t, COMMITTED);
        }
    }

    State copy() {
        return new State(scenario, layout, words.clone());
    }

    long everySite() {
        return (1L << scenario.sites().size()) - 1;
    }

    // What a site has on disk

    Promise.State promise(int site, int t) {
        return PROMISES[(int) layout.promise[site][t].get(words)];
    }

    void promise(int site, int t, Promise.State next) {
        layout.promise[site][t].set(words, next.ordinal());
    }

    int lastEnded(int site) {
        return (int) layout.lastEnded[site].get(words);
    }

    boolean isVoting(int site) {
        return layout.voting[site].get(words) == 1;
    }

    void voting(int site, boolean now) {
        layout.voting[site].set(words, now ? 1 : 0);
    }

    /** Every ballot up to this one is over at the site, and with them the voting, if it was about one. */
    void endBallots(int site, int upTo) {
        if (lastEnded(site) < upTo) {
            layout.lastEnded[site].set(words, upTo);
            voting(site, false);
        }
    }

    /** As though the site had never heard that this ballot is over. */
    void reopen(int site, int ballot) {
        layout.lastEnded[site].set(words, ballot - 1);
        voting(site, true);
    }

    int choice(int site, int contributor, int ballot) {
        return isGone(site, contributor, ballot) ? NO_VOTE : everChoice(site, contributor, ballot);
    }

    long voteOn(int site, int contributor, int ballot) {
        return layout.voteOn[site][contributor][ballot - 1].get(words);
    }

    void vote(int site, int contributor, int ballot, int choice, long photos) {
        if (isGone(site, contributor, ballot)) {
            layout.twice.set(words, 1);
            layout.gone[site][contributor][ballot - 1].set(words, 0);
        }
        layout.choice[site][contributor][ballot - 1].set(words, choice);
        layout.voteOn[site][contributor][ballot - 1].set(words, photos);
    }

    /** Whether the site has the same on disk in both states. */
    boolean isSameAt(int site, State other) {
        if (lastEnded(site) != other.lastEnded(site) || isVoting(site) != other.isVoting(site)) {
            return false;
        }
        for (var t = 0; t < scenario.transactions().size(); t++) {
            if (promise(site, t) != other.promise(site, t)) {
                return false;
            }
        }
        return hasSameVotes(site, other);
    }

    private boolean hasSameVotes(int site, State other) {
        for (var contributor = 0; contributor < scenario.contributors(); contributor++) {
            for (var ballot = 1; ballot <= scenario.ballots(); ballot++) {
                if (choice(site, contributor, ballot) != other.choice(site, contributor, ballot)
                        || voteOn(site, contributor, ballot) != other.voteOn(site, contributor, ballot)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether what the site has on disk lies between two states: each thing as in the one or as in the other. */
    boolean isBetweenAt(int site, State before, State after) {
        if (lastEnded(site) > after.lastEnded(site)) {
            return false;
        }
        for (var t = 0; t < scenario.transactions().size(); t++) {
            var promise = promise(site, t);
            if (promise != before.promise(site, t) && promise != after.promise(site, t)) {
                return false;
            }
        }
        return hasSameVotes(site, before) || hasSameVotes(site, after);
    }

    // What follows from that

    boolean isPublished(int site) {
        return isAny(Transaction.Kind.PUBLICATION, site, COMMITTED);
    }

    boolean hasEvent(int site) {
        return scenario.transactions().get(0).kind() != Transaction.Kind.CREATION
                || isAny(Transaction.Kind.CREATION, site, COMMITTED);
    }

    boolean isAny(Transaction.Kind kind, int site, Promise.State state) {
        for (var t = 0; t < scenario.transactions().size(); t++) {
            if (scenario.transactions().get(t).kind() == kind && promise(site, t) == state) {
                return true;
            }
        }
        return false;
    }

    boolean hasHoldBeside(int site, int t) {
        for (var other = 0; other < scenario.transactions().size(); other++) {
            if (other != t && promise(site, other) == PREPARED) {
                return true;
            }
        }
        return false;
    }

    boolean hasHold(int site) {
        return hasHoldBeside(site, -1);
    }

    /** The photos that are in at this site. */
    long photos(int site) {
        var photos = 0L;
        for (var t = 0; t < scenario.transactions().size(); t++) {
            var upload = scenario.transactions().get(t);
            var hidden = upload.coordinator() == site && layout.pending[t].get(words) == 1;
            if (upload.isUpload() && isIn(site, t) && !hidden) {
                photos |= 1L << upload.photo();
            }
        }
        return photos;
    }

    /** Whether what this upload adds is in at this site: committed, and not removed since. */
    boolean isIn(int site, int upload) {
        return promise(site, upload) == COMMITTED && !isRemovalAny(site, upload, COMMITTED);
    }

    /** Whether any removal of what this upload has added stands so at this site. */
    boolean isRemovalAny(int site, int upload, Promise.State state) {
        for (var t = 0; t < scenario.transactions().size(); t++) {
            if (scenario.transactions().get(t).removes() == upload && promise(site, t) == state) {
                return true;
            }
        }
        return false;
    }

    /** Whether any erasure of this contributor stands so at this site. */
    boolean isErasureAny(int site, int contributor, Promise.State state) {
        for (var t = 0; t < scenario.transactions().size(); t++) {
            if (scenario.transactions().get(t).isErasureOf(contributor) && promise(site, t) == state) {
                return true;
            }
        }
        return false;
    }

    /** Whether any photo of this contributor is promised to come or go at this site. */
    boolean isMoving(int site, int contributor) {
        for (var t = 0; t < scenario.transactions().size(); t++) {
            var other = scenario.transactions().get(t);
            if (other.isOfPhoto() && other.contributor() == contributor && promise(site, t) == PREPARED) {
                return true;
            }
        }
        return false;
    }

    /** The site of the contributor's earliest photo here, or -1 for one who has none. */
    int home(int site, int contributor) {
        var home = -1;
        var earliest = Integer.MAX_VALUE;
        for (var t = 0; t < scenario.transactions().size(); t++) {
            var upload = scenario.transactions().get(t);
            if (upload.isUpload()
                    && upload.contributor() == contributor
                    && upload.uploadedAt() < earliest
                    && isIn(site, t)) {
                earliest = upload.uploadedAt();
                home = upload.coordinator();
            }
        }
        return home;
    }

    // What was said

    /** The vote that was taken at a site, though its disk may have been lost since. */
    int everChoice(int site, int contributor, int ballot) {
        return (int) layout.choice[site][contributor][ballot - 1].get(words);
    }

    boolean isBegun(int t) {
        return layout.begun[t].get(words) == 1;
    }

    void begin(int t) {
        layout.begun[t].set(words, 1);
    }

    boolean hasSaidYes(int site, int t) {
        return (yes(t) >> site & 1) == 1;
    }

    long yes(int t) {
        return layout.yes[t].get(words);
    }

    void sayYes(int site, int t) {
        layout.yes[t].set(words, yes(t) | 1L << site);
    }

    int carried(int t) {
        return (int) layout.carried[t].get(words);
    }

    void carry(int t, int ballot) {
        layout.carried[t].set(words, Math.max(carried(t), ballot));
    }

    /** The numbers that its first coordinator had collected are lost. */
    void carryInstead(int t, int ballot) {
        layout.carried[t].set(words, ballot);
    }

    boolean isCommitTold(int t) {
        return layout.toldCommit[t].get(words) == 1;
    }

    void tellCommit(int t) {
        layout.toldCommit[t].set(words, 1);
    }

    boolean isAbortTold(int t) {
        return layout.toldAbort[t].get(words) == 1;
    }

    void tellAbort(int t) {
        layout.toldAbort[t].set(words, 1);
    }

    /** Whether the master has opened this ballot. */
    boolean isOpened(int ballot) {
        return layout.opened[ballot - 1].get(words) == 1;
    }

    /** The photos that the master has opened this ballot about. */
    long about(int ballot) {
        return layout.about[ballot - 1].get(words);
    }

    void open(int ballot, long photos) {
        layout.opened[ballot - 1].set(words, 1);
        layout.about[ballot - 1].set(words, photos);
    }

    /** Whether the contributor has accepted in this ballot, at whatever site. */
    boolean hasAccepted(int contributor, int ballot) {
        for (var site = 0; site < scenario.sites().size(); site++) {
            if (everChoice(site, contributor, ballot) == ACCEPT) {
                return true;
            }
        }
        return false;
    }

    // What was decided, as nobody in the cluster can see it

    long decidedPhotos() {
        var photos = 0L;
        for (var t = 0; t < scenario.transactions().size(); t++) {
            var upload = scenario.transactions().get(t);
            if (upload.isUpload() && isDecidedIn(t)) {
                photos |= 1L << upload.photo();
            }
        }
        return photos;
    }

    /** Whether what this upload adds is decided to be in, and not decided to be out again. */
    boolean isDecidedIn(int upload) {
        return isCommitTold(upload) && !isDecidedOut(upload);
    }

    private boolean isDecidedOut(int upload) {
        for (var t = 0; t < scenario.transactions().size(); t++) {
            if (scenario.transactions().get(t).removes() == upload && isCommitTold(t)) {
                return true;
            }
        }
        return false;
    }

    /** Whether some site knows, or has known, that this ballot is over. */
    boolean isEndedAnywhere(int ballot) {
        if (layout.everEnded.get(words) >= ballot) {
            return true;
        }
        for (var site = 0; site < scenario.sites().size(); site++) {
            if (lastEnded(site) >= ballot) {
                return true;
            }
        }
        return false;
    }

    // Trouble

    int crashes() {
        return (int) layout.crashes.get(words);
    }

    void crash() {
        layout.crashes.set(words, crashes() + 1L);
    }

    int losses() {
        return (int) layout.losses.get(words);
    }

    /** The site that has lost its disk and is not rebuilt yet, or -1. */
    int rebuilding() {
        return (int) layout.rebuilding.get(words) - 1;
    }

    /** Whether a site has given the rebuilding one what it knows. */
    boolean hasYielded(int site) {
        return (layout.yielded.get(words) >> site & 1) == 1;
    }

    void yield(int site) {
        layout.yielded.set(words, layout.yielded.get(words) | 1L << site);
        layout.deaf.set(words, layout.deaf.get(words) | 1L << site);
    }

    /** What a site has said before it lost its disk counts no more where it has been heard of again since. */
    boolean isOutdated(int sender, int receiver) {
        return rebuilding() == sender && (layout.deaf.get(words) >> receiver & 1) == 1;
    }

    /** Whether a contributor has voted again where a vote of the same ballot was lost. */
    boolean isVotedTwice() {
        return layout.twice.get(words) == 1;
    }

    private boolean isGone(int site, int contributor, int ballot) {
        return layout.gone[site][contributor][ballot - 1].get(words) == 1;
    }

    /** All that a site has on disk is gone; what it has said stays said. */
    void loseDisk(int site) {
        layout.losses.set(words, losses() + 1L);
        layout.rebuilding.set(words, site + 1L);
        layout.everEnded.set(words, Math.max(layout.everEnded.get(words), lastEnded(site)));
        clear(site);
        for (var contributor = 0; contributor < scenario.contributors(); contributor++) {
            for (var ballot = 1; ballot <= scenario.ballots(); ballot++) {
                var voted = everChoice(site, contributor, ballot) != NO_VOTE;
                layout.gone[site][contributor][ballot - 1].set(words, voted ? 1 : 0);
            }
        }
    }

    /** The rebuild begins anew: what was taken in counts for nothing, but peers stay deaf to the site's old life. */
    void beginRebuildAgain() {
        crash();
        clear(rebuilding());
    }

    private void clear(int site) {
        layout.yielded.set(words, 0);
        layout.lastEnded[site].set(words, 0);
        voting(site, false);
        for (var t = 0; t < scenario.transactions().size(); t++) {
            promise(site, t, Promise.State.NONE);
        }
    }

    void endRebuild() {
        layout.rebuilding.set(words, 0);
        layout.yielded.set(words, 0);
        layout.deaf.set(words, 0);
    }

    /** Nobody remembers it: its number may be used again. */
    void unbegin(int t) {
        layout.begun[t].set(words, 0);
        layout.yes[t].set(words, 0);
        layout.carried[t].set(words, 0);
        layout.toldAbort[t].set(words, 0);
        layout.lost[t].set(words, 0);
    }

    /** A commit after all; an abort that its coordinator had decided reached nobody, and reaches nobody any more. */
    void commitAfterAll(int t) {
        layout.toldAbort[t].set(words, 0);
        tellCommit(t);
    }

    void close(int ballot) {
        layout.opened[ballot - 1].set(words, 0);
        layout.about[ballot - 1].set(words, 0);
    }

    /** Whether nobody goes on with this undecided transaction but the sweep. */
    boolean isLost(int t) {
        return layout.lost[t].get(words) == 1;
    }

    void lose(int t) {
        layout.lost[t].set(words, 1);
    }

    boolean isPending(int t) {
        return layout.pending[t].get(words) == 1;
    }

    void pending(int t, boolean now) {
        layout.pending[t].set(words, now ? 1 : 0);
    }

    /** The contributor whose vote is between reading the event and being stored, or -1. */
    int reader(int site) {
        return (int) layout.readBy[site].get(words) - 1;
    }

    int readBallot(int site) {
        return (int) layout.readBallot[site].get(words);
    }

    long readPhotos(int site) {
        return layout.readPhotos[site].get(words);
    }

    void read(int site, int contributor, int ballot, long photos) {
        layout.readBy[site].set(words, contributor + 1L);
        layout.readBallot[site].set(words, ballot);
        layout.readPhotos[site].set(words, photos);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof State that && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        var hash = 0x9E3779B97F4A7C15L;
        for (var word : words) {
            hash = (hash ^ word) * 0xff51afd7ed558ccdL;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }
}
