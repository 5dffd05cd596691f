package tutti.ballot;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.montage.Digest;
import tutti.photo.ContributorId;

/**
 * One voting period of one event as one site sees it. It opens with a first vote or with the master's word, gathers votes
 * that never change, and ends once.
 *
 * @param digest the montage it is about; empty where this site only ever heard that it is over
 * @param openedAt by this site's clock; empty where it never opened here
 * @param deadline by this site's clock
 * @param votes those taken here, at their contributors' home
 * @param accepted everybody who is known here to have accepted, at whatever site; complete at the master only
 * @param reported how many of the votes here the master has confirmed
 * @param announced at the master: the peers that have confirmed that the ballot is open
 * @param publish at the master: the one transaction that this ballot may commit or abort
 */
public record Ballot(
        int number,
        Optional<Digest> digest,
        State state,
        Optional<AbortReason> reason,
        Optional<Instant> openedAt,
        Optional<Instant> deadline,
        Optional<Instant> endedAt,
        SortedMap<ContributorId, CastVote> votes,
        SortedSet<ContributorId> accepted,
        int reported,
        SortedSet<SiteName> announced,
        Optional<TransactionId> publish) {

    /** Where a ballot stands. */
    public enum State {
        OPEN,
        PUBLISHED,
        ABORTED
    }

    public Ballot {
        votes = Collections.unmodifiableSortedMap(new TreeMap<>(votes));
        accepted = Collections.unmodifiableSortedSet(new TreeSet<>(accepted));
        announced = Collections.unmodifiableSortedSet(new TreeSet<>(announced));
    }

    /** A ballot that opens here now and has this long to go. */
    public static Ballot open(int number, Digest digest, Instant openedAt, Instant deadline) {
        return new Ballot(
                number,
                Optional.of(digest),
                State.OPEN,
                Optional.empty(),
                Optional.of(openedAt),
                Optional.of(deadline),
                Optional.empty(),
                new TreeMap<>(),
                new TreeSet<>(),
                0,
                new TreeSet<>(),
                Optional.empty());
    }

    /** A ballot of which this site learns only that it was aborted. */
    public static Ballot unheard(int number, Optional<AbortReason> reason, Instant now) {
        return new Ballot(
                number,
                Optional.empty(),
                State.ABORTED,
                reason,
                Optional.empty(),
                Optional.empty(),
                Optional.of(now),
                new TreeMap<>(),
                new TreeSet<>(),
                0,
                new TreeSet<>(),
                Optional.empty());
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    public boolean isAbout(Digest montage) {
        return digest.filter(montage::equals).isPresent();
    }

    public Optional<CastVote> voteOf(ContributorId contributor) {
        return Optional.ofNullable(votes.get(contributor));
    }

    /** Whether the time to vote is over, by this site's clock. */
    public boolean isOver(Instant now) {
        return deadline.filter(end -> !now.isBefore(end)).isPresent();
    }

    /** What is left of the voting period: never negative and never more than the period, whatever the clock did. */
    public Duration timeLeft(Instant now, Duration period) {
        var left = deadline.map(end -> Duration.between(now, end)).orElse(Duration.ZERO);
        return left.isNegative() ? Duration.ZERO : left.compareTo(period) > 0 ? period : left;
    }

    /** Stores a vote; the caller has checked that there is none of this contributor yet. */
    public Ballot with(CastVote vote) {
        var more = new TreeMap<>(votes);
        more.put(vote.contributor(), vote);
        var known = new TreeSet<>(accepted);
        if (vote.choice() == Choice.ACCEPT) {
            known.add(vote.contributor());
        }
        return copy(state, reason, deadline, endedAt, more, known, reported, announced, publish);
    }

    /** Unites what is known of accepts elsewhere. */
    public Ballot withAccepted(SortedSet<ContributorId> also) {
        var known = new TreeSet<>(accepted);
        known.addAll(also);
        return copy(state, reason, deadline, endedAt, votes, known, reported, announced, publish);
    }

    public Ballot withDeadline(Instant end) {
        return copy(state, reason, Optional.of(end), endedAt, votes, accepted, reported, announced, publish);
    }

    public Ballot withReported(int confirmed) {
        return copy(
                state, reason, deadline, endedAt, votes, accepted, Math.max(reported, confirmed), announced, publish);
    }

    public Ballot withAnnounced(SortedSet<SiteName> confirmed) {
        var all = new TreeSet<>(announced);
        all.addAll(confirmed);
        return copy(state, reason, deadline, endedAt, votes, accepted, reported, all, publish);
    }

    public Ballot withPublish(TransactionId transaction) {
        return copy(state, reason, deadline, endedAt, votes, accepted, reported, announced, Optional.of(transaction));
    }

    /** Ends it. An end that is there already stays; only a reason that was not known yet is filled in. */
    public Ballot aborted(Optional<AbortReason> why, Instant now) {
        if (state == State.PUBLISHED) {
            return this;
        }
        return copy(
                State.ABORTED,
                reason.or(() -> why),
                deadline,
                endedAt.or(() -> Optional.of(now)),
                votes,
                accepted,
                reported,
                announced,
                publish);
    }

    public Ballot published(SortedSet<ContributorId> everyone, Instant now) {
        return copy(
                State.PUBLISHED,
                Optional.empty(),
                deadline,
                Optional.of(now),
                votes,
                everyone,
                reported,
                announced,
                publish);
    }

    /** As another site has seen it end; the votes are those that this site has itself. */
    public Ballot takenOver(Optional<Ballot> here) {
        var known = here.filter(ballot -> ballot.state == state);
        var all = new TreeSet<>(accepted);
        known.ifPresent(ballot -> all.addAll(ballot.accepted));
        return new Ballot(
                number,
                digest.or(() -> known.flatMap(Ballot::digest)),
                state,
                reason.or(() -> known.flatMap(Ballot::reason)),
                openedAt.or(() -> known.flatMap(Ballot::openedAt)),
                deadline.or(() -> known.flatMap(Ballot::deadline)),
                endedAt,
                here.map(Ballot::votes).orElseGet(TreeMap::new),
                all,
                0,
                new TreeSet<>(),
                known.flatMap(Ballot::publish));
    }

    /** Stores an accept that the publication is proof of. */
    public Ballot withAcceptOf(ContributorId contributor) {
        return with(new CastVote(contributor, Choice.ACCEPT, digest.orElseThrow(), endedAt.orElseThrow()));
    }

    private Ballot copy(
            State newState,
            Optional<AbortReason> newReason,
            Optional<Instant> newDeadline,
            Optional<Instant> newEnd,
            Map<ContributorId, CastVote> newVotes,
            SortedSet<ContributorId> newAccepted,
            int newReported,
            SortedSet<SiteName> newAnnounced,
            Optional<TransactionId> newPublish) {
        return new Ballot(
                number,
                digest,
                newState,
                newReason,
                openedAt,
                newDeadline,
                newEnd,
                new TreeMap<>(newVotes),
                newAccepted,
                newReported,
                newAnnounced,
                newPublish);
    }
}
