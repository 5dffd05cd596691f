package tutti.chaos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import tutti.chaos.SiteState.BallotRow;
import tutti.chaos.SiteState.PhotoRow;
import tutti.chaos.SiteState.VoteRow;
import tutti.cluster.Site;
import tutti.montage.Digest;
import tutti.photo.PhotoId;

/**
 * Proves or refutes the invariants of the replication protocol from the history and from what all sites have in the end. It
 * knows the protocol's promises and nothing of the code that keeps them, beyond how a digest is made.
 */
final class Checker {

    private final Map<Deed, List<Operation>> operations;
    private final Map<Site, SiteState> states;
    private final List<Violation> violations = new ArrayList<>();

    Checker(List<Operation> operations, List<SiteState> states) {
        this.operations = new EnumMap<>(operations.stream().collect(groupingBy(Operation::deed)));
        this.states = new EnumMap<>(states.stream().collect(toMap(SiteState::site, state -> state)));
    }

    /** All invariants but that sites are equal and that it ends, which are seen and not derived. */
    List<Violation> violations() {
        oneOutcome();
        frozenWhileVoting();
        unanimous();
        nothingSuperseded();
        noSecondThoughts();
        nothingLost();
        onlyTheInvitedSee();
        return List.copyOf(violations);
    }

    private List<Operation> all(Deed deed) {
        return operations.getOrDefault(deed, List.of());
    }

    private void violated(Invariant invariant, String evidence, Object... of) {
        violations.add(new Violation(invariant, evidence.formatted(of)));
    }

    private void oneOutcome() {
        var outcomes = new TreeMap<String, Set<String>>();
        states.values().forEach(state -> state.outcomes()
                .forEach((id, outcome) ->
                        outcomes.computeIfAbsent(id, fresh -> new TreeSet<>()).add(outcome)));
        outcomes.forEach((id, different) -> {
            if (different.contains("COMMITTED") && different.contains("ABORTED")) {
                violated(Invariant.ONE_OUTCOME, "%s is %s", id, different);
            }
        });
    }

    /**
     * A ballot's digest is that of exactly the photos that were promised before anybody knew of that ballot's end. A photo
     * that came in between is not in the digest, and says nonetheless that it was promised before the end.
     */
    private void frozenWhileVoting() {
        for (var ballot : ballots()) {
            if (ballot.digest().equals("null")) {
                continue; // a site that has only heard of its end
            }
            var before = photos(ballot.event()).stream()
                    .filter(photo -> photo.carried() < ballot.number())
                    .map(photo -> new PhotoId(photo.id()))
                    .toList();
            if (!Digest.of(before).hex().equals(ballot.digest())) {
                violated(
                        Invariant.FROZEN_WHILE_VOTING,
                        "%s is not about the %d photos that were in before it",
                        ballot,
                        before.size());
            }
        }
    }

    private void unanimous() {
        for (var ballot : ballots()) {
            if (!ballot.state().equals("PUBLISHED")) {
                continue;
            }
            var photos = photos(ballot.event());
            var ids = photos.stream().map(photo -> new PhotoId(photo.id())).toList();
            if (!Digest.of(ids).hex().equals(ballot.digest())) {
                violated(Invariant.UNANIMOUS, "%s is not about the photos of the event", ballot);
            }
            homes(photos).forEach((contributor, home) -> {
                var accept = new VoteRow(ballot.event(), ballot.number(), contributor, "ACCEPT", ballot.digest());
                if (!states.get(home).votes().contains(accept)) {
                    violated(Invariant.UNANIMOUS, "%s without the accept of %s at %s", ballot, contributor, home);
                }
                if (accepts(ballot, contributor).isEmpty()) {
                    violated(Invariant.UNANIMOUS, "%s, and %s has never accepted it", ballot, contributor);
                }
            });
        }
    }

    private void nothingSuperseded() {
        var votes = states.values().stream()
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
    }

    private void noSecondThoughts() {
        var published = ballots().stream()
                .filter(ballot -> ballot.state().equals("PUBLISHED"))
                .collect(toMap(BallotRow::event, BallotRow::digest, (one, same) -> one));
        for (var looks : looksBy(look -> look.site() + " " + look.event()).values()) {
            var seen = Optional.<Operation>empty();
            for (var look : looks) {
                var isPublished = look.told().getString("status").equals("published");
                if (isPublished && !digest(look).equals(published.get(look.event()))) {
                    violated(Invariant.NO_SECOND_THOUGHTS, "seen as published, and not so in the end: %s", look);
                }
                if (!isPublished
                        && seen.filter(before -> before.answered() < look.sent())
                                .isPresent()) {
                    violated(Invariant.NO_SECOND_THOUGHTS, "had been seen as published before: %s", look);
                }
                seen = seen.or(() -> Optional.of(look).filter(one -> isPublished));
            }
        }
    }

    private Map<String, List<Operation>> looksBy(Function<Operation, String> key) {
        return all(Deed.LOOK).stream()
                .filter(Operation::isSeen)
                .sorted(Comparator.comparing(Operation::answered))
                .collect(groupingBy(key));
    }

    private static String digest(Operation look) {
        return look.told().getJsonObject("version").getString("digest");
    }

    private void nothingLost() {
        operations.values().stream()
                .flatMap(List::stream)
                .filter(operation -> operation.isAcknowledged() && !isKept(operation))
                .forEach(operation -> violated(Invariant.NOTHING_LOST, "%s", operation));
        var looks = looksBy(Checker::viewer);
        for (var upload : all(Deed.UPLOAD)) {
            if (upload.status() == 201) {
                isSeenAtOnce(upload, looks.getOrDefault(viewer(upload), List.of()));
            }
        }
    }

    private static String viewer(Operation operation) {
        return operation.site() + " " + operation.event() + " " + operation.user();
    }

    private boolean isKept(Operation operation) {
        var event = operation.subject().orElse("");
        var here = states.get(operation.site());
        return switch (operation.deed()) {
            case CREATE -> operation.status() == 201 ? everywhere(state -> state.knows(event)) : here.knows(event);
            case UPLOAD -> {
                var photo = operation.asked().getString("photo");
                var isDecided = everywhere(state -> state.hasPhoto(event, photo));
                yield isDecided || operation.status() != 201 && here.hasUpload(event, photo);
            }
            default -> here.votes().contains(voteRow(operation));
        };
    }

    private boolean everywhere(Predicate<SiteState> has) {
        return states.values().stream().allMatch(has);
    }

    private static VoteRow voteRow(Operation vote) {
        return new VoteRow(
                vote.event(),
                vote.asked().getInt("ballot"),
                vote.user(),
                vote.asked().getString("choice").toUpperCase(Locale.ROOT),
                vote.asked().getString("digest"));
    }

    /** From its 201 on, a photo is there for its owner at that site: also right after a restart, and not only in the end. */
    private void isSeenAtOnce(Operation upload, List<Operation> looks) {
        var photo = upload.asked().getString("photo");
        looks.stream()
                .filter(look -> upload.answered() < look.sent()
                        && !shownAsCommitted(look).contains(photo))
                .findFirst()
                .ifPresent(look -> violated(Invariant.NOTHING_LOST, "%s is missing in %s", upload, look));
    }

    private static Set<String> shownAsCommitted(Operation look) {
        return look.told().getJsonObject("you").getJsonArray("photos").stream()
                .map(photo -> photo.asJsonObject())
                .filter(photo -> photo.getString("status").equals("committed"))
                .map(photo -> photo.getString("id"))
                .collect(toSet());
    }

    private void onlyTheInvitedSee() {
        var owners = all(Deed.UPLOAD).stream()
                .collect(toMap(upload -> upload.asked().getString("photo"), Operation::user, (one, same) -> one));
        for (var pry : all(Deed.PRY)) {
            if (pry.isSeen() && !pry.user().equals(owners.get(pry.asked().getString("photo")))) {
                violated(Invariant.ONLY_THE_INVITED_SEE, "%s", pry);
            }
        }
        for (var peek : all(Deed.PEEK)) {
            if (peek.isSeen() && !mayHaveBeenPublished(peek)) {
                violated(Invariant.ONLY_THE_INVITED_SEE, "%s", peek);
            }
        }
    }

    /** When the answer came, everybody had at least said yes. */
    private boolean mayHaveBeenPublished(Operation peek) {
        return ballots().stream()
                .filter(ballot ->
                        ballot.event().equals(peek.event()) && ballot.state().equals("PUBLISHED"))
                .anyMatch(ballot -> homes(photos(peek.event())).keySet().stream()
                        .allMatch(contributor -> accepts(ballot, contributor).stream()
                                .anyMatch(accept -> accept.sent() <= peek.answered())));
    }

    private List<Operation> accepts(BallotRow ballot, String contributor) {
        var accept = new VoteRow(ballot.event(), ballot.number(), contributor, "ACCEPT", ballot.digest());
        return all(Deed.VOTE).stream()
                .filter(vote -> voteRow(vote).equals(accept))
                .toList();
    }

    /** Every ballot as every site knows it. */
    private List<BallotRow> ballots() {
        return states.values().stream()
                .flatMap(state -> state.ballots().stream())
                .distinct()
                .toList();
    }

    /** All photos that any site has; that they all have the same is another invariant. */
    private List<PhotoRow> photos(String event) {
        return states.values().stream()
                .flatMap(state -> state.photos().getOrDefault(event, List.of()).stream())
                .collect(toMap(PhotoRow::id, photo -> photo, (one, same) -> one))
                .values()
                .stream()
                .toList();
    }

    /** The site of each contributor's earliest photo. */
    private static Map<String, Site> homes(List<PhotoRow> photos) {
        return photos.stream()
                .sorted(Comparator.comparing(PhotoRow::uploaded).thenComparing(PhotoRow::id))
                .collect(toMap(PhotoRow::contributor, photo -> site(photo.site()), (first, later) -> first));
    }

    private static Site site(String id) {
        return Arrays.stream(Site.values())
                .filter(site -> site.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** How many events all sites have published. */
    long publications() {
        return states.values().stream()
                .map(SiteState::published)
                .collect(mapping(Set::size, toCollection(TreeSet::new)))
                .first();
    }
}
