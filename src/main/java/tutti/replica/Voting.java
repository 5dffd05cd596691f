package tutti.replica;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import tutti.ballot.AbortReason;
import tutti.ballot.Ballot;
import tutti.ballot.BallotReport;
import tutti.ballot.CastVote;
import tutti.ballot.Choice;
import tutti.commit.BrokenInvariant;
import tutti.commit.Reason;
import tutti.commit.SiteName;
import tutti.commit.Vote;
import tutti.event.Change.PublishMontage;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.montage.Digest;
import tutti.photo.ContributorId;

/** The ballots of one event at one site: taking votes at home, and, at the master, opening, uniting and closing. */
final class Voting {

    private final EventReplica replica;
    private final Committing committing;

    Voting(EventReplica replica, Committing committing) {
        this.replica = replica;
        this.committing = committing;
    }

    // A contributor's vote

    VoteAnswer castVote(ContributorId contributor, Choice choice, int number, Digest digest, Instant now) {
        var before = Optional.ofNullable(replica.ballots().get(number)).flatMap(ballot -> ballot.voteOf(contributor));
        if (before.isPresent()) {
            var same = before.get().choice() == choice && before.get().digest().equals(digest);
            return same ? new VoteAnswer.Repeated() : new VoteAnswer.Refused(Refusal.ALREADY_VOTED);
        }
        var refusal = refusalOfVote(contributor, number, digest, now);
        if (refusal.isPresent()) {
            return new VoteAnswer.Refused(refusal.get());
        }
        freeze(number, digest, now);
        replica.put(ballot(number).with(new CastVote(contributor, choice, digest, now)));
        if (replica.isMaster()) {
            unite(report(ballot(number), now), now);
        }
        return new VoteAnswer.Stored();
    }

    private Optional<Refusal> refusalOfVote(ContributorId contributor, int number, Digest digest, Instant now) {
        var event = replica.event();
        var home = replica.homeOf(contributor);
        if (home.isEmpty()) {
            return Optional.of(Refusal.NOT_A_CONTRIBUTOR);
        }
        if (!home.get().equals(replica.self())) {
            return Optional.of(Refusal.WRONG_SITE);
        }
        if (event.phase().isAfterPublication()) {
            return Optional.of(Refusal.PUBLISHED);
        }
        if (event.phase() != Phase.OPEN && event.phase() != Phase.VOTING) {
            return Optional.of(Refusal.CREATING);
        }
        if (event.frozen()) {
            return Optional.of(Refusal.FROZEN);
        }
        if (number > event.lastEnded() + 1) {
            return Optional.of(Refusal.BALLOT_UNKNOWN);
        }
        if (number <= event.lastEnded()) {
            return Optional.of(Refusal.BALLOT_OVER);
        }
        if (isEndKnownHereOnly(event.lastEnded())) {
            // A vote in a ballot of which nobody else has any idea could be cast again after the loss of this disk.
            return Optional.of(Refusal.BALLOT_UNKNOWN);
        }
        var open = replica.openBallot();
        if (open.filter(ballot -> ballot.isOver(now)).isPresent()) {
            return Optional.of(Refusal.VOTING_CLOSED);
        }
        if (replica.hasHold()) {
            // Its photo may be decided already where we cannot see it: a vote now could be for a superseded montage.
            return Optional.of(Refusal.UPLOAD_IN_PROGRESS);
        }
        var current = replica.version().digest().equals(digest)
                && open.filter(ballot -> !ballot.isAbout(digest)).isEmpty();
        return current ? Optional.empty() : Optional.of(Refusal.SUPERSEDED);
    }

    private boolean isEndKnownHereOnly(int ended) {
        return Optional.ofNullable(replica.ballots().get(ended))
                .flatMap(Ballot::publish)
                .map(replica.transactions()::get)
                .flatMap(Transaction::coordination)
                .filter(own -> !own.owed().isEmpty() && own.acknowledged().isEmpty())
                .isPresent();
    }

    /** Opens the ballot here if it is not open yet: from now on no photo is promised at this site. */
    void freeze(int number, Digest digest, Instant now) {
        if (replica.openBallot().isEmpty()) {
            var period = replica.event().laidDown().votingPeriod();
            open(number, digest, now, now.plus(period));
        }
    }

    private void open(int number, Digest digest, Instant openedAt, Instant deadline) {
        var ballot = Ballot.open(number, digest, openedAt, deadline);
        if (replica.isMaster()) {
            ballot = ballot.withPublish(replica.nextId(PublishMontage.subjectOf(replica.id(), number)));
        }
        replica.put(ballot);
        replica.set(replica.event().in(Phase.VOTING));
    }

    // The master

    BallotNews onReport(BallotReport report, Instant now) {
        var event = replica.event();
        if (!replica.isMaster() || report.number() > event.lastEnded() + 1) {
            return new BallotNews.NotYet();
        }
        if (report.number() <= event.lastEnded()) {
            return ended(report.number());
        }
        if (replica.openBallot().isEmpty()) {
            if (event.phase() != Phase.OPEN || report.votes() == 0) {
                return new BallotNews.NotYet(); // a mere question opens nothing, and after a publication nothing does
            }
            var left = clamped(event.laidDown().votingPeriod().minus(report.elapsed()));
            open(report.number(), report.digest(), now, now.plus(left));
        }
        if (report.votes() > 0) {
            unite(report, now);
        }
        return news(report.number(), now);
    }

    private BallotNews news(int number, Instant now) {
        return replica.openBallot()
                .<BallotNews>map(ballot -> opened(ballot, now))
                .orElseGet(() -> ended(number));
    }

    private BallotNews ended(int number) {
        return Optional.ofNullable(replica.ballots().get(number))
                .flatMap(Ballot::publish)
                .flatMap(id -> Optional.ofNullable(replica.transactions().get(id)))
                .flatMap(Transaction::decision)
                .<BallotNews>map(BallotNews.Ended::new)
                .orElseGet(BallotNews.NotYet::new);
    }

    BallotNews.Opened opened(Ballot ballot, Instant now) {
        return new BallotNews.Opened(
                ballot.number(),
                ballot.digest().orElseThrow(),
                ballot.timeLeft(now, replica.event().laidDown().votingPeriod()),
                ballot.accepted());
    }

    private void unite(BallotReport report, Instant now) {
        var ballot = ballot(report.number());
        if (!ballot.isAbout(report.digest())) {
            throw new BrokenInvariant("ballot " + ballot.number() + " of " + replica.id() + " is about "
                    + ballot.digest() + ", and a vote in it about " + report.digest());
        }
        replica.put(ballot.withAccepted(report.accepted()));
        if (report.rejected().isEmpty()) {
            tryPublish(now);
        } else {
            abortBallot(ballot.number(), AbortReason.REJECTED, now);
        }
    }

    /** Begins the publication once it can succeed: unanimous, about the montage that is here, and nothing in between. */
    void tryPublish(Instant now) {
        var open = replica.openBallot().filter(ballot -> replica.isMaster() && isUnanimous(ballot));
        if (open.isEmpty() || !now.isBefore(end(open.get()))) {
            return;
        }
        var ballot = open.get();
        var id = ballot.publish().orElseThrow();
        var change = new PublishMontage(ballot.number(), ballot.digest().orElseThrow(), now);
        if (new PrepareRules(replica).judge(id, change, true) instanceof Vote.Yes) {
            committing.begin(id, change, end(ballot), now);
        }
    }

    /** Until when a publication may still be decided. */
    private Instant end(Ballot ballot) {
        return ballot.deadline().orElseThrow().plus(replica.settings.grace());
    }

    private boolean isUnanimous(Ballot ballot) {
        return ballot.isAbout(replica.version().digest()) && ballot.accepted().containsAll(replica.contributors());
    }

    /** Ends the ballot that is open, as far as that is for this site to say and its publication has not begun. */
    void onFrozen(Instant now) {
        replica.openBallot()
                .filter(ballot -> replica.isMaster() && !isPublishing(ballot))
                .ifPresent(ballot -> abortBallot(ballot.number(), AbortReason.FROZEN, now));
    }

    void onDeadline(int number, Instant now) {
        replica.openBallot()
                .filter(ballot -> ballot.number() == number && !ballot.isOver(now) && !isPublishing(ballot))
                .ifPresent(ballot -> replica.put(ballot.withDeadline(now)));
        onTick(now);
    }

    /** Closes an open ballot for which nobody closed it before: the last reports never came, or a hold never cleared. */
    void onTick(Instant now) {
        tryPublish(now);
        replica.openBallot()
                .filter(ballot -> replica.isMaster())
                .filter(ballot -> !now.isBefore(end(ballot)))
                .ifPresent(ballot -> abortBallot(
                        ballot.number(),
                        isUnanimous(ballot) ? AbortReason.SITE_UNAVAILABLE : AbortReason.TIMEOUT,
                        now));
    }

    void onLastReports(int number, SortedSet<SiteName> silent, Instant now) {
        var open = replica.openBallot()
                .filter(ballot -> ballot.number() == number && replica.isMaster() && ballot.isOver(now));
        if (open.isEmpty() || isUnanimous(open.get()) || replica.hasHold()) {
            return; // over, or going on to its publication, or waiting for a hold until the grace is over
        }
        var missing = missing(open.get());
        var unheard = missing.stream()
                .anyMatch(one -> replica.homeOf(one).filter(silent::contains).isPresent());
        abortBallot(number, unheard ? AbortReason.SITE_UNAVAILABLE : AbortReason.TIMEOUT, now);
    }

    /** Whether an open ballot's publication has begun; decided, it would have ended the ballot. */
    boolean isPublishing(Ballot ballot) {
        return ballot.publish().map(replica.transactions()::get).isPresent();
    }

    private void abortBallot(int number, AbortReason why, Instant now) {
        var ballot = ballot(number);
        var id = ballot.publish().orElseThrow();
        var begun = Optional.ofNullable(replica.transactions().get(id));
        if (begun.isPresent()) {
            committing.abort(begun.get(), Reason.lasting(why.code()), now);
        } else {
            var about = ballot.digest().orElseGet(() -> replica.version().digest());
            var change = new PublishMontage(number, about, now);
            committing.abortUnbegun(id, change, Reason.lasting(why.code()), now);
            endBallot(number, Optional.of(why), now);
        }
    }

    // The other sites

    boolean onOpened(BallotNews.Opened opened, Instant now) {
        var event = replica.event();
        if (event.phase() == Phase.ABSENT || event.phase() == Phase.CREATING) {
            return false; // the event is still on its way here
        }
        if (event.phase().isAfterPublication() || opened.number() <= event.lastEnded()) {
            return true; // an old message: changes nothing
        }
        endBallots(opened.number() - 1, now);
        var left = clamped(opened.timeLeft());
        if (replica.openBallot().isEmpty()) {
            open(opened.number(), opened.digest(), now, now.plus(left));
        }
        var ballot = ballot(opened.number());
        if (!ballot.isAbout(opened.digest())) {
            throw new BrokenInvariant("ballot " + ballot.number() + " of " + replica.id() + " is about "
                    + ballot.digest() + " here and about " + opened.digest() + " at its master");
        }
        replica.put(ballot.withDeadline(now.plus(left)).withAccepted(opened.accepted()));
        return true;
    }

    void onReported(BallotReport report, BallotNews news, Instant now) {
        if (news instanceof BallotNews.NotYet || isBeingPublished(news)) {
            return;
        }
        Optional.ofNullable(replica.ballots().get(report.number()))
                .ifPresent(ballot -> replica.put(ballot.withReported(report.votes())));
        if (news instanceof BallotNews.Opened opened) {
            onOpened(opened, now);
        } else if (news instanceof BallotNews.Ended ended) {
            committing.onDecision(ended.decision(), now);
        }
    }

    /** Then the publication says all that is to be known here, and must not wait for the same row's lock until it can. */
    private boolean isBeingPublished(BallotNews news) {
        return news instanceof BallotNews.Opened opened && opened.accepted().containsAll(replica.contributors());
    }

    /** This site's whole view of a ballot, for the master. */
    BallotReport report(Ballot ballot, Instant now) {
        var elapsed = ballot.openedAt().map(from -> Duration.between(from, now)).orElse(Duration.ZERO);
        var missing = missing(ballot).stream()
                .filter(one -> replica.homeOf(one).equals(Optional.of(replica.self())))
                .filter(one -> ballot.voteOf(one).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        return new BallotReport(
                ballot.number(),
                ballot.digest().orElseThrow(),
                clamped(elapsed),
                voters(ballot, Choice.ACCEPT),
                voters(ballot, Choice.REJECT),
                missing);
    }

    private static SortedSet<ContributorId> voters(Ballot ballot, Choice choice) {
        return ballot.votes().values().stream()
                .filter(vote -> vote.choice() == choice)
                .map(CastVote::contributor)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    // Ends

    /** Ends the ballot that is open, or would be next: there may have been votes in it that nobody knows any more. */
    void endNext(Instant now) {
        if (replica.openBallot().isEmpty()) {
            open(replica.event().lastEnded() + 1, replica.version().digest(), now, now);
        }
        abortBallot(replica.ballotNumber(), AbortReason.SITE_UNAVAILABLE, now);
    }

    /**
     * Where nobody remembers why a ballot was aborted, or somebody may not have heard that it was, its master says so once more.
     *
     * @param unheard whether somebody may not have heard of the end of the ballot with this number
     */
    void tellAgain(IntPredicate unheard, Instant now) {
        List.copyOf(replica.ballots().values()).stream()
                .filter(ballot -> ballot.state() == Ballot.State.ABORTED)
                .filter(ballot -> ballot.reason().isEmpty() || unheard.test(ballot.number()) && !isBeingTold(ballot))
                .forEach(ballot -> {
                    replica.put(ballot.withPublish(
                            replica.nextId(PublishMontage.subjectOf(replica.id(), ballot.number()))));
                    abortBallot(ballot.number(), ballot.reason().orElse(AbortReason.SITE_UNAVAILABLE), now);
                });
    }

    private boolean isBeingTold(Ballot ballot) {
        return ballot.publish().map(replica.transactions()::get).isPresent();
    }

    /** Every ballot up to this one has ended without a publication, and with them the voting, if it was about one. */
    void endBallots(int upTo, Instant now) {
        if (upTo > replica.event().lastEnded()) {
            endBallot(upTo, Optional.empty(), now);
        }
    }

    /** One ballot was aborted; told again, it may bring the reason that was not known before. */
    void endBallot(int number, Optional<AbortReason> why, Instant now) {
        List.copyOf(replica.ballots().values()).stream()
                .filter(ballot -> ballot.number() < number && ballot.isOpen())
                .forEach(ballot -> replica.put(ballot.aborted(Optional.empty(), now)));
        replica.put(Optional.ofNullable(replica.ballots().get(number))
                .map(ballot -> ballot.aborted(why, now))
                .orElseGet(() -> Ballot.unheard(number, why, now)));
        replica.set(replica.event().withBallotEnded(number));
        if (replica.event().phase() == Phase.VOTING && replica.openBallot().isEmpty()) {
            replica.set(replica.event().in(Phase.OPEN));
        }
    }

    /** The promise to publish had opened the ballot here. */
    void publish(PublishMontage publish) {
        replica.put(ballot(publish.ballot()).published(replica.contributors(), publish.publishedAt()));
    }

    private SortedSet<ContributorId> missing(Ballot ballot) {
        var missing = replica.contributors();
        missing.removeAll(ballot.accepted());
        return missing;
    }

    private Ballot ballot(int number) {
        return Optional.ofNullable(replica.ballots().get(number))
                .orElseThrow(() -> new IllegalStateException("ballot " + number + " of " + replica.id()));
    }

    private Duration clamped(Duration time) {
        var period = replica.event().laidDown().votingPeriod();
        return time.isNegative() ? Duration.ZERO : time.compareTo(period) > 0 ? period : time;
    }
}
