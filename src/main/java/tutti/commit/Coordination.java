package tutti.commit;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a coordinator remembers of one transaction beyond its own promise: until when it may prepare, how it decided, and
 * which peers have acknowledged the decision. Votes are not remembered: after a crash they are asked for again.
 *
 * @param peers the participants beside the coordinator's own site
 * @param deadline when an undecided transaction is aborted
 * @param decision empty while undecided; never changes afterwards
 * @param carried the greatest number carried by a yes so far
 * @param reason why it was aborted
 * @param acknowledged the peers that have confirmed the decision
 */
public record Coordination(
        SortedSet<SiteName> peers,
        Instant deadline,
        Optional<Outcome> decision,
        int carried,
        Optional<Reason> reason,
        SortedSet<SiteName> acknowledged) {

    public Coordination {
        peers = Collections.unmodifiableSortedSet(new TreeSet<>(peers));
        acknowledged = Collections.unmodifiableSortedSet(new TreeSet<>(acknowledged));
    }

    /** The home site has prepared; the peers are to be asked. */
    public static Coordination begin(SortedSet<SiteName> peers, Instant deadline, int carried) {
        return new Coordination(peers, deadline, Optional.empty(), carried, Optional.empty(), new TreeSet<>());
    }

    /** Decided by what the peers say, after the coordinator has lost its own record; some may have known it before. */
    public static Coordination concluded(
            SortedSet<SiteName> peers,
            Instant now,
            Outcome outcome,
            int carried,
            Optional<Reason> reason,
            SortedSet<SiteName> acknowledged) {
        return new Coordination(peers, now, Optional.of(outcome), carried, reason, acknowledged);
    }

    public boolean isOpen() {
        return decision.isEmpty();
    }

    /**
     * What the peers have answered so far. One no aborts; yes from every peer commits; anything less leaves it open. A
     * late vote changes nothing.
     */
    public Coordination onVotes(Map<SiteName, Vote> votes) {
        if (!isOpen()) {
            return this;
        }
        var greatest = carried;
        var agreed = new TreeSet<SiteName>();
        for (var peer : peers) {
            var vote = votes.get(peer);
            if (vote instanceof Vote.No no) {
                return abort(no.reason());
            }
            if (vote instanceof Vote.Yes yes) {
                agreed.add(peer);
                greatest = Math.max(greatest, yes.carried());
            }
        }
        return agreed.containsAll(peers)
                ? new Coordination(
                        peers, deadline, Optional.of(Outcome.COMMITTED), greatest, Optional.empty(), acknowledged)
                : this;
    }

    /** Preparing time over: a lost thread or a lost peer must not hold up the others for ever. */
    public Coordination onTick(Instant now) {
        return isOpen() && !now.isBefore(deadline) ? abort(Reason.OUT_OF_TIME) : this;
    }

    /** Aborts if it is still open; a decision taken stays. */
    public Coordination abort(Reason why) {
        return isOpen()
                ? new Coordination(
                        peers, deadline, Optional.of(Outcome.ABORTED), carried, Optional.of(why), acknowledged)
                : this;
    }

    /** The peers that have confirmed the decision; confirming what is not decided is not possible. */
    public Coordination onAcknowledged(SortedSet<SiteName> by) {
        if (isOpen()) {
            return this;
        }
        var all = new TreeSet<>(acknowledged);
        all.addAll(by);
        all.retainAll(peers);
        return new Coordination(peers, deadline, decision, carried, reason, all);
    }

    /** The peers that are still to be told the decision. */
    public SortedSet<SiteName> owed() {
        var owed = new TreeSet<SiteName>();
        if (!isOpen()) {
            owed.addAll(peers);
            owed.removeAll(acknowledged);
        }
        return owed;
    }
}
