package tutti.replica;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tutti.ballot.AbortReason;
import tutti.ballot.Ballot;
import tutti.commit.Coordination;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.Reason;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.CreateEvent;
import tutti.event.Change.Erase;
import tutti.event.Change.PublishMontage;
import tutti.event.Change.RemovePhoto;
import tutti.event.Change.TakeDown;
import tutti.event.Phase;
import tutti.replica.Testimony.Fact;

/**
 * How one event comes back to a site that has lost its disk. Each peer testifies, and in the same step gives up what rests
 * on promises that the lost site has given, since nobody remembers them any more. Once all have testified, the lost site
 * knows what became of its own transactions: one that all peers have prepared may have been committed, and somebody told so;
 * one that a single peer has not, cannot have been.
 *
 * <p>Votes are with their home alone. A ballot in which the lost site may have taken some ends, so that nobody can vote
 * twice in it; and a master takes no vote in a ballot before another site knows that the one before is over
 * ({@link Voting}), so that one number is enough.
 */
final class Rebuilding {

    private static final int EVENT = 0;
    private static final int PHOTO = 1;
    private static final int PUBLICATION = 2;
    private static final int AFTERWARDS = 3;

    private final EventReplica replica;
    private final Committing committing;
    private final Voting voting;

    Rebuilding(EventReplica replica, Committing committing, Voting voting) {
        this.replica = replica;
        this.committing = committing;
        this.voting = voting;
    }

    private static int rank(Fact fact) {
        var change = fact.change().orElse(null);
        if (change instanceof TakeDown || change instanceof Erase) {
            return AFTERWARDS;
        }
        return change instanceof CreateEvent ? EVENT : change instanceof PublishMontage ? PUBLICATION : PHOTO;
    }

    /**
     * All that is committed, in an order in which it may have happened: an event comes to be before it has photos, and has all
     * its photos before it is published. Photos that were removed come first, then the removals, then the photos that are in.
     */
    private static List<Fact> inOrder(Collection<Testimony> all) {
        var removed = Testimony.removed(all);
        return all.stream()
                .flatMap(one -> one.facts().stream())
                .filter(fact -> fact.promise().isCommitted())
                .sorted(Comparator.comparing(Rebuilding::rank)
                        .thenComparing(fact -> removed.contains(fact.id()) ? 0 : isRemoval(fact) ? 1 : 2))
                .toList();
    }

    private static boolean isRemoval(Fact fact) {
        return fact.change().filter(RemovePhoto.class::isInstance).isPresent();
    }

    // At each peer

    Testimony testify(SiteName lost, Instant now) {
        // The lost site's yes is not there any more.
        List.copyOf(replica.transactions().values()).forEach(own -> committing.abort(own, Reason.OUT_OF_TIME, now));
        if (replica.isMaster() && isUnpublished() && mayHaveTakenVotes(lost)) {
            voting.endNext(now);
        }
        var facts = replica.transactions().values().stream()
                .filter(known -> known.promise().isCommitted()
                        || known.id().coordinator().equals(lost))
                .map(known -> new Fact(known.id(), known.promise(), known.change(), known.carried(), known.reason()))
                .toList();
        var ended = replica.ballots().values().stream()
                .filter(ballot -> !ballot.isOpen())
                .toList();
        return new Testimony(replica.event().lastEnded(), facts, ended);
    }

    private boolean isUnpublished() {
        return replica.event().phase() == Phase.OPEN || replica.event().phase() == Phase.VOTING;
    }

    /** Only a contributor's home takes votes, and it is where a photo came from that all others have at least promised. */
    private boolean mayHaveTakenVotes(SiteName lost) {
        return replica.photos().values().stream().anyMatch(photo -> photo.site().equals(lost))
                || replica.held(AddPhoto.class).stream()
                        .anyMatch(held -> held.photo().site().equals(lost));
    }

    // At the lost site

    void adopt(Map<SiteName, Testimony> testimonies, Instant now) {
        if (!testimonies.keySet().equals(replica.settings.peers())) {
            throw new IllegalStateException(
                    "event " + replica.id() + " can be rebuilt from all peers only, not from " + testimonies.keySet());
        }
        var all = testimonies.values();
        var ended = all.stream().mapToInt(Testimony::lastEnded).max().orElse(0);
        begunBefore(all);
        all.forEach(one -> one.ballots().forEach(this::adopt));
        voting.endBallots(ended, now);
        inOrder(all).forEach(fact -> conclude(fact, Outcome.COMMITTED, fact.carried(), testimonies, now));
        var own = ownFacts(all);
        own.stream().filter(fact -> rank(fact) != PHOTO).forEach(fact -> conclude(fact, 0, testimonies, now));
        if (replica.isMaster() && isUnpublished() && replica.event().lastEnded() == ended && hasPhotos(own)) {
            voting.endNext(now);
        }
        // Ends the ballot wherever it comes before its own end is heard of.
        var carried = replica.event().lastEnded();
        own.forEach(fact -> conclude(fact, carried, testimonies, now));
        if (replica.isMaster()) {
            voting.tellAgain(number -> isUnheard(number, all), now);
        }
        rememberAccepts();
    }

    /**
     * A peer that was to be told that this ballot is over, and why, by the disk that is lost, may be the only one that still has
     * to know. Of one that a commit has carried it knows the end alone.
     */
    private static boolean isUnheard(int number, Collection<Testimony> all) {
        return !all.stream().allMatch(one -> one.ballots().stream()
                .anyMatch(ballot -> ballot.number() == number && ballot.reason().isPresent()));
    }

    /** Without a photo nobody ever had a vote. */
    private boolean hasPhotos(List<Fact> own) {
        return !replica.photos().isEmpty() || own.stream().anyMatch(fact -> rank(fact) == PHOTO);
    }

    /** An attempt's number that a peer remembers may name something else there. */
    private void begunBefore(Collection<Testimony> all) {
        var begun = all.stream()
                .flatMap(one -> one.facts().stream())
                .map(Fact::id)
                .filter(this::isOwn)
                .mapToLong(TransactionId::attempt)
                .max()
                .orElse(0);
        replica.set(replica.event().withAttemptsFrom(begun));
    }

    private boolean isOwn(TransactionId id) {
        return id.coordinator().equals(replica.self());
    }

    /** Votes that were taken here and are still there, from a copy of the disk, stay with their ballot. */
    private void adopt(Ballot told) {
        var here = Optional.ofNullable(replica.ballots().get(told.number()));
        replica.put(told.takenOver(here));
    }

    /** What this site has coordinated, each once. */
    private List<Fact> ownFacts(Collection<Testimony> all) {
        SortedMap<TransactionId, Fact> own = new TreeMap<>();
        all.stream()
                .flatMap(one -> one.facts().stream())
                .filter(fact -> isOwn(fact.id()))
                .forEach(fact -> own.merge(fact.id(), fact, (a, b) -> a.change().isPresent() ? a : b));
        return new ArrayList<>(own.values());
    }

    private void conclude(Fact fact, int carried, Map<SiteName, Testimony> testimonies, Instant now) {
        var prepared =
                by(testimonies, fact.id(), known -> known.promise().isHold()).equals(testimonies.keySet());
        conclude(fact, prepared ? Outcome.COMMITTED : Outcome.ABORTED, prepared ? carried : 0, testimonies, now);
    }

    private void conclude(Fact fact, Outcome outcome, int carried, Map<SiteName, Testimony> testimonies, Instant now) {
        if (replica.transactions().containsKey(fact.id())) {
            return; // another peer has said so, or this step is repeated
        }
        var reason = outcome == Outcome.ABORTED ? reason(fact.id(), testimonies) : Optional.<Reason>empty();
        var told = by(
                testimonies,
                fact.id(),
                known -> known.promise().outcome().equals(Optional.of(outcome))
                        && (!isPublication(fact.id()) || known.reason().equals(reason)));
        var coordination = isOwn(fact.id())
                ? Optional.of(Coordination.concluded(replica.settings.peers(), now, outcome, carried, reason, told))
                : Optional.<Coordination>empty();
        fact.change()
                .filter(PublishMontage.class::isInstance)
                .map(PublishMontage.class::cast)
                .ifPresent(publish -> expect(publish, fact.id()));
        var decision = new Decision(fact.id(), outcome, carried, reason);
        committing.takeOver(decision, fact.change(), coordination, now);
    }

    /** A ballot ends for a reason that people are told: a site that had ruled its publication out does not know it. */
    private Optional<Reason> reason(TransactionId id, Map<SiteName, Testimony> testimonies) {
        var known = testimonies.values().stream()
                .flatMap(one -> one.facts().stream())
                .filter(fact -> fact.id().equals(id))
                .flatMap(fact -> fact.reason().stream())
                .toList();
        if (!isPublication(id)) {
            return known.stream().findFirst();
        }
        return Optional.ofNullable(replica.ballots().get(PublishMontage.ballotOf(id.subject(), replica.id())))
                .flatMap(Ballot::reason)
                .or(() -> known.stream()
                        .flatMap(why -> AbortReason.of(why.code()).stream())
                        .findFirst())
                .or(() -> Optional.of(AbortReason.SITE_UNAVAILABLE))
                .map(why -> Reason.lasting(why.code()));
    }

    private boolean isPublication(TransactionId id) {
        return PublishMontage.ballotOf(id.subject(), replica.id()) > 0;
    }

    /** The publication finds its ballot, as the promise to it had left it. */
    private void expect(PublishMontage publish, TransactionId id) {
        var at = publish.publishedAt();
        var ballot = Optional.ofNullable(replica.ballots().get(publish.ballot()))
                .filter(known -> known.digest().isPresent())
                .orElseGet(() -> Ballot.open(publish.ballot(), publish.digest(), at, at));
        replica.put(isOwn(id) ? ballot.withPublish(id) : ballot);
    }

    /** The peers that have recorded it in such a way. */
    private static SortedSet<SiteName> by(Map<SiteName, Testimony> testimonies, TransactionId id, Predicate<Fact> how) {
        return testimonies.entrySet().stream()
                .filter(one -> one.getValue().facts().stream()
                        .anyMatch(fact -> fact.id().equals(id) && how.test(fact)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A publication is proof of each accept in it; those that were stored here are stored again. */
    private void rememberAccepts() {
        List.copyOf(replica.ballots().values()).stream()
                .filter(ballot -> ballot.state() == Ballot.State.PUBLISHED)
                .forEach(ballot -> replica.contributors().stream()
                        .filter(one -> replica.homeOf(one).equals(Optional.of(replica.self())))
                        .filter(one -> replica.ballots()
                                .get(ballot.number())
                                .voteOf(one)
                                .isEmpty())
                        .forEach(one -> replica.put(
                                replica.ballots().get(ballot.number()).withAcceptOf(one))));
    }
}
