package tutti.chaos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tutti.chaos.SiteState.BallotRow;
import tutti.chaos.SiteState.PhotoRow;
import tutti.chaos.SiteState.VoteRow;
import tutti.montage.Digest;
import tutti.montage.Style;
import tutti.photo.PhotoId;

/**
 * Proves or refutes the invariants of the replication protocol from what users were told, from what all sites have in the end,
 * and, with {@link Sightings} and {@link StepClaims}, from what was seen and logged in between. It knows the protocol's
 * promises and nothing of the code that keeps them, beyond how a digest is made.
 */
final class Checker {

    private static final Set<String> SETTLED = Set.of("OPEN", "PUBLISHED", "TAKEN_DOWN");

    /** The answer to a take-down that every site has followed; where one cannot be reached, it is 202. */
    private static final int HIDDEN_EVERYWHERE = 204;

    private final Evidence evidence;
    private final List<Violation> violations = new ArrayList<>();

    Checker(Evidence evidence) {
        this.evidence = evidence;
    }

    /** All invariants but that rows are equal and that it ends, which are seen and not derived. */
    List<Violation> violations() {
        toldAsDecided();
        samePhase();
        frozenWhileVoting();
        unanimous();
        nothingSuperseded();
        nothingLost();
        onlyTheInvitedSee();
        neverAtALoss();
        violations.addAll(new Sightings(evidence).violations());
        violations.addAll(new StepClaims(evidence).violations());
        return List.copyOf(violations);
    }

    private void violated(Invariant invariant, String what, Object... of) {
        violations.add(new Violation(invariant, what.formatted(of)));
    }

    /** What a user was refused, or never asked for, has not happened. */
    private void toldAsDecided() {
        var wanted = evidence.all(Deed.UPLOAD).stream()
                .filter(upload -> !upload.isRefused())
                .map(upload -> upload.site().id() + " " + upload.asked().getString("photo"))
                .collect(toSet());
        evidence.states().stream()
                .flatMap(state -> state.photos().values().stream())
                .flatMap(List::stream)
                .distinct()
                .filter(photo -> !wanted.contains(photo.site() + " " + photo.id()))
                .forEach(photo -> violated(Invariant.ONE_OUTCOME, "%s is in, refused or never sent", photo));
        evidence.moves().stream()
                .filter(move -> !move.isIn() && evidence.removals(move.photo()).isEmpty())
                .forEach(move -> violated(Invariant.ONE_OUTCOME, "%s, and nobody has taken it back", move));
        for (var state : evidence.states()) {
            state.published().stream()
                    .filter(event -> state.isTakenDown(event)
                            && evidence.takeDowns(event).isEmpty())
                    .forEach(event -> violated(Invariant.ONE_OUTCOME, "%s is taken down by nobody", event));
            for (var vote : state.votes()) {
                if (evidence.requests(vote).stream().noneMatch(request -> request.site() == state.site())) {
                    violated(Invariant.ONE_OUTCOME, "%s stands at %s, refused or never cast", vote, state.site());
                }
            }
        }
    }

    /** Once all is settled an event is open, published or taken down, and the same at all sites. */
    private void samePhase() {
        var events = evidence.states().stream()
                .flatMap(state -> state.phases().keySet().stream())
                .collect(toCollection(TreeSet::new));
        for (var event : events) {
            var phases = evidence.states().stream()
                    .map(state -> state.phases().getOrDefault(event, "ABSENT"))
                    .collect(toCollection(TreeSet::new));
            if (phases.size() > 1
                    || !SETTLED.contains(phases.first()) && !phases.first().equals("ABSENT")) {
                violated(Invariant.ALL_OR_NOTHING, "event %s is %s", event, phases);
            }
        }
    }

    /**
     * A ballot's digest is that of exactly the photos that were promised before anybody knew of that ballot's end. A photo
     * that came in between is not in the digest, and says nonetheless that it was promised before the end.
     */
    private void frozenWhileVoting() {
        for (var ballot : evidence.ballots()) {
            if (ballot.isHearsay()) {
                continue;
            }
            var before = evidence.photosBefore(ballot.event(), ballot.number());
            if (!digest(before).equals(ballot.digest())) {
                violated(
                        Invariant.FROZEN_WHILE_VOTING,
                        "%s is not about the %d photos that were in before it",
                        ballot,
                        before.size());
            }
        }
    }

    private static String digest(List<PhotoRow> photos) {
        return Digest.of(
                        Style.PLAIN,
                        photos.stream().map(photo -> new PhotoId(photo.id())).toList())
                .hex();
    }

    private void unanimous() {
        var published =
                evidence.ballots().stream().filter(BallotRow::isPublished).toList();
        published.forEach(this::unanimous);
        published.stream()
                .collect(groupingBy(BallotRow::event, mapping(BallotRow::number, toSet())))
                .forEach((event, numbers) -> {
                    if (numbers.size() > 1) {
                        violated(Invariant.UNANIMOUS, "event %s is published in ballots %s", event, numbers);
                    }
                });
        for (var state : evidence.states()) {
            var ballots = state.ballots().stream()
                    .filter(BallotRow::isPublished)
                    .map(BallotRow::event)
                    .collect(toSet());
            if (!ballots.equals(state.published())) {
                violated(
                        Invariant.UNANIMOUS, "at %s, %s are published by %s", state.site(), state.published(), ballots);
            }
        }
    }

    private void unanimous(BallotRow ballot) {
        var photos = evidence.photos(ballot.event());
        if (!digest(photos).equals(ballot.digest())) {
            violated(Invariant.UNANIMOUS, "%s is not about the photos of the event", ballot);
        }
        Evidence.homes(photos).forEach((contributor, home) -> {
            var accept = new VoteRow(ballot.event(), ballot.number(), contributor, "ACCEPT", ballot.digest());
            if (!evidence.at(home).votes().contains(accept)) {
                violated(Invariant.UNANIMOUS, "%s without the accept of %s at %s", ballot, contributor, home);
            }
            if (evidence.accepts(ballot, contributor).isEmpty()) {
                violated(Invariant.UNANIMOUS, "%s, and %s has never accepted it", ballot, contributor);
            }
        });
    }

    private void nothingSuperseded() {
        var votes = evidence.states().stream()
                .flatMap(state -> state.votes().stream())
                .collect(groupingBy(vote -> vote.event() + ", ballot " + vote.ballot()));
        votes.forEach((ballot, ofBallot) -> {
            if (ofBallot.stream().map(VoteRow::digest).distinct().count() > 1) {
                violated(Invariant.NOTHING_SUPERSEDED, "votes on different montages in event %s", ballot);
            }
            if (ofBallot.stream().map(VoteRow::contributor).distinct().count() < ofBallot.size()) {
                violated(Invariant.NOTHING_SUPERSEDED, "two votes of one contributor in event %s", ballot);
            }
        });
        for (var state : evidence.states()) {
            for (var vote : state.votes()) {
                if (!state.digestsOf(vote.event(), vote.ballot()).equals(Set.of(vote.digest()))) {
                    violated(Invariant.NOTHING_SUPERSEDED, "%s is not about what its ballot is about", vote);
                }
                var homes = Evidence.homes(evidence.photosBefore(vote.event(), vote.ballot()));
                if (homes.get(vote.contributor()) != state.site()) {
                    violated(Invariant.NOTHING_SUPERSEDED, "%s is not at its home, but at %s", vote, state.site());
                }
            }
        }
    }

    private void nothingLost() {
        evidence.wishes().stream()
                .filter(operation -> operation.isAcknowledged() && !isKept(operation))
                .forEach(operation -> violated(Invariant.NOTHING_LOST, "%s", operation));
    }

    /** A creation or a photo that waited has got through in the end, unless its owner has taken the photo back. */
    private boolean isKept(Operation operation) {
        var event = operation.subject().orElse("");
        var here = evidence.at(operation.site());
        return switch (operation.deed()) {
            case CREATE -> evidence.everywhere(state -> state.knows(event));
            case UPLOAD -> {
                var photo = operation.asked().getString("photo");
                var isIn = evidence.everywhere(state -> state.hasPhoto(event, photo));
                var cameTooLate = here.published().contains(event) && here.hasRefused(event, photo);
                yield isIn
                        || operation.status() == 202 && cameTooLate
                        || !evidence.removals(photo, operation).isEmpty();
            }
            case REMOVE -> {
                var photo = operation.asked().getString("photo");
                var isOut = evidence.everywhere(state -> !state.hasPhoto(event, photo));
                yield isOut || !evidence.additions(photo, operation).isEmpty();
            }
            case TAKE_DOWN -> evidence.everywhere(state -> state.isTakenDown(event));
            default -> here.votes().contains(Evidence.voteRow(operation));
        };
    }

    private void onlyTheInvitedSee() {
        var owners = evidence.all(Deed.UPLOAD).stream()
                .collect(toMap(upload -> upload.asked().getString("photo"), Operation::user, (one, same) -> one));
        for (var pry : evidence.all(Deed.PRY)) {
            if (pry.isSeen() && !pry.user().equals(owners.get(pry.asked().getString("photo")))) {
                violated(Invariant.ONLY_THE_INVITED_SEE, "%s", pry);
            }
        }
        for (var peek : evidence.all(Deed.PEEK)) {
            if (peek.isSeen() && (!mayHaveBeenPublished(peek) || isTakenDownFor(peek))) {
                violated(Invariant.ONLY_THE_INVITED_SEE, "%s", peek);
            }
        }
    }

    private void neverAtALoss() {
        Stream.of(Deed.values())
                .flatMap(deed -> evidence.all(deed).stream())
                .filter(Operation::isFaultOfTheSite)
                .forEach(operation -> violated(Invariant.NEVER_AT_A_LOSS, "%s", operation));
    }

    /** Before it was asked for, somebody had been told that the montage is hidden: at this site, or at all. */
    private boolean isTakenDownFor(Operation peek) {
        return evidence.takeDowns(peek.event()).stream()
                .filter(Operation::isAcknowledged)
                .filter(wish -> wish.site() == peek.site() || wish.status() == HIDDEN_EVERYWHERE)
                .anyMatch(wish -> wish.answered() < peek.sent());
    }

    /** When the answer came, everybody had at least said yes. */
    private boolean mayHaveBeenPublished(Operation peek) {
        return evidence.ballots().stream()
                .filter(ballot -> ballot.event().equals(peek.event()) && ballot.isPublished())
                .anyMatch(ballot -> Evidence.homes(evidence.photos(peek.event())).keySet().stream()
                        .allMatch(contributor -> evidence.accepts(ballot, contributor).stream()
                                .anyMatch(accept -> accept.sent() <= peek.answered())));
    }

    /** How many events all sites have published, whatever came of it later. */
    long publications() {
        return evidence.states().stream()
                .map(SiteState::published)
                .reduce((some, others) -> {
                    var both = new TreeSet<>(some);
                    both.retainAll(others);
                    return both;
                })
                .map(Set::size)
                .orElse(0);
    }
}
