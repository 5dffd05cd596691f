package tutti.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tutti.chaos.SiteState.BallotRow;
import tutti.chaos.SiteState.Move;
import tutti.chaos.SiteState.PhotoRow;
import tutti.chaos.SiteState.VoteRow;
import tutti.cluster.Site;
import tutti.model.LoggedStep;

/** All that a verdict may rest on: what users asked and were told, what each site has in the end, and what it logged. */
final class Evidence {

    private static final int WAITING = 202;

    private final Map<Deed, List<Operation>> operations;
    private final Map<Site, SiteState> states;
    private final List<LoggedStep> steps;

    /** @param steps of all sites, in any order; a line that was read twice counts once */
    Evidence(List<Operation> operations, List<SiteState> states, List<LoggedStep> steps) {
        this.operations = new EnumMap<>(operations.stream().collect(groupingBy(Operation::deed)));
        this.states = new EnumMap<>(states.stream().collect(toMap(SiteState::site, state -> state)));
        this.steps = List.copyOf(steps);
    }

    List<Operation> all(Deed deed) {
        return operations.getOrDefault(deed, List.of());
    }

    /** Those that change something. */
    List<Operation> wishes() {
        return operations.values().stream()
                .flatMap(List::stream)
                .filter(operation -> operation.deed().changes())
                .toList();
    }

    Collection<SiteState> states() {
        return states.values();
    }

    SiteState at(Site site) {
        return states.get(site);
    }

    boolean everywhere(Predicate<SiteState> has) {
        return states.values().stream().allMatch(has);
    }

    List<LoggedStep> steps() {
        return steps;
    }

    /** The events all of whose steps are in the logs. */
    Set<String> wholeEvents() {
        return steps.stream().collect(groupingBy(LoggedStep::event, counting())).entrySet().stream()
                .filter(event -> event.getValue() == revisions(event.getKey()))
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    private long revisions(String event) {
        return states.values().stream()
                .mapToLong(state -> state.revisions().getOrDefault(event, 0L))
                .sum();
    }

    /** Every ballot as every site knows it. */
    List<BallotRow> ballots() {
        return states.values().stream()
                .flatMap(state -> state.ballots().stream())
                .distinct()
                .toList();
    }

    /** All photos that any site has; that they all have the same is another invariant. */
    List<PhotoRow> photos(String event) {
        return states.values().stream()
                .flatMap(state -> state.photos().getOrDefault(event, List.of()).stream())
                .collect(toMap(PhotoRow::id, photo -> photo, (one, same) -> one))
                .values()
                .stream()
                .toList();
    }

    /** How photos came and went, by what any site has recorded. */
    List<Move> moves() {
        return states.values().stream()
                .flatMap(state -> state.moves().stream())
                .distinct()
                .toList();
    }

    /** What had come, and not gone, by promises from before anybody knew of a ballot's end: what that ballot is about. */
    List<PhotoRow> photosBefore(String event, int ballot) {
        var before = moves().stream()
                .filter(move -> move.photo().event().equals(event) && move.carried() < ballot)
                .collect(partitioningBy(Move::isIn, mapping(Move::photo, toCollection(ArrayList::new))));
        var photos = before.get(true);
        before.get(false).forEach(photos::remove);
        return photos;
    }

    /** The requests to take a photo out that some site may have followed, after another request or look at the least. */
    List<Operation> removals(String photo, Operation after) {
        return all(Deed.REMOVE).stream()
                .filter(removal -> removal.asked().getString("photo").equals(photo) && mayFollow(removal, after))
                .toList();
    }

    /** Another site has answered that this photo is out, and a look found it still there: it goes when that site hears of it. */
    boolean isOutElsewhere(String photo, Operation look) {
        return all(Deed.REMOVE).stream()
                .filter(removal -> removal.asked().getString("photo").equals(photo))
                .filter(removal -> !removal.isRefused() && removal.site() != look.site())
                .filter(removal -> removal.sent() < look.answered())
                .anyMatch(removal -> all(Deed.UPLOAD).stream()
                        .filter(upload -> upload.asked().getString("photo").equals(photo))
                        .noneMatch(upload -> removal.answered() < upload.sent() && upload.sent() < look.answered()));
    }

    /** The requests of its owner to take this very photo out that some site may have followed. */
    List<Operation> removals(PhotoRow photo) {
        return all(Deed.REMOVE).stream()
                .filter(removal -> !removal.isRefused() && removal.user().equals(photo.contributor()))
                .filter(removal -> removal.asked().getString("photo").equals(photo.id()))
                .toList();
    }

    /** The requests to add a photo that some site may have followed, or may have kept until then, likewise. */
    List<Operation> additions(String photo, Operation after) {
        return all(Deed.UPLOAD).stream()
                .filter(upload -> upload.asked().getString("photo").equals(photo))
                .filter(upload -> upload.status() == WAITING || mayFollow(upload, after))
                .toList();
    }

    private static boolean mayFollow(Operation wish, Operation other) {
        return !wish.isRefused() && (wish.isUnknown() || wish.answered() > other.sent());
    }

    /** The requests to take an event's montage down that some site may have followed. */
    List<Operation> takeDowns(String event) {
        return all(Deed.TAKE_DOWN).stream()
                .filter(wish -> !wish.isRefused() && wish.event().equals(event))
                .toList();
    }

    /** The site of each contributor's earliest photo. */
    static Map<String, Site> homes(List<PhotoRow> photos) {
        return photos.stream()
                .sorted(Comparator.comparing(PhotoRow::uploaded).thenComparing(PhotoRow::id))
                .collect(toMap(PhotoRow::contributor, photo -> site(photo.site()), (first, later) -> first));
    }

    static Site site(String id) {
        return Arrays.stream(Site.values())
                .filter(site -> site.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** What a site stores of a vote that it takes. */
    static VoteRow voteRow(Operation vote) {
        return new VoteRow(
                vote.event(),
                vote.asked().getInt("ballot"),
                vote.user(),
                vote.asked().getString("choice").toUpperCase(Locale.ROOT),
                vote.asked().getString("digest"));
    }

    /** The requests for a vote that some site may have taken: a refusal is an answer, too. */
    List<Operation> requests(VoteRow vote) {
        return all(Deed.VOTE).stream()
                .filter(request -> !request.isRefused() && voteRow(request).equals(vote))
                .toList();
    }

    /** A contributor's requests to accept a ballot. */
    List<Operation> accepts(BallotRow ballot, String contributor) {
        return requests(new VoteRow(ballot.event(), ballot.number(), contributor, "ACCEPT", ballot.digest()));
    }
}
