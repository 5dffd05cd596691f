package tutti.chaos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import tutti.chaos.SiteState.BallotRow;

/**
 * What users saw of events in the course of time. A site that had lost something, and got it back from its peers or from a user
 * who tried again, looks sound in the end; whoever looked in between knows better.
 */
final class Sightings {

    private static final Set<String> COMMITTED = Set.of("committed");

    /** In their order. */
    private static final List<String> ENDS = List.of("published", "taken-down");

    private final Evidence evidence;
    private final List<Violation> violations = new ArrayList<>();

    Sightings(Evidence evidence) {
        this.evidence = evidence;
    }

    List<Violation> violations() {
        looksBy(look -> look.site() + " " + look.event()).values().forEach(this::onlyForward);
        looksBy(Sightings::viewer).forEach(this::keptFor);
        publishedAsInTheEnd();
        sameBytes();
        nothingForStrangers();
        return List.copyOf(violations);
    }

    private void violated(Invariant invariant, String what, Object... of) {
        violations.add(new Violation(invariant, what.formatted(of)));
    }

    /** In the order in which they were asked for. */
    private Map<String, List<Operation>> looksBy(Function<Operation, String> key) {
        return evidence.all(Deed.LOOK).stream()
                .sorted(Comparator.comparing(Operation::sent))
                .collect(groupingBy(key));
    }

    private static String viewer(Operation operation) {
        return operation.site() + " " + operation.event() + " " + operation.user();
    }

    // One site, one event, anybody

    private void onlyForward(List<Operation> looks) {
        var seen = looks.stream().filter(Operation::isSeen).toList();
        neverFalls(seen, "the number of changes", look -> look.told()
                .getJsonObject("version")
                .getInt("number"));
        neverFalls(seen, "the number of ballots", look -> look.told().getInt("ballotNumber"));
        if (evidence.all(Deed.REMOVE).stream()
                .noneMatch(removal -> removal.event().equals(looks.get(0).event()))) {
            neverFalls(seen, "the number of contributors", look -> look.told().getInt("contributorCount"));
        }
        for (var end : ENDS) {
            notAfter(seen, look -> end(look) >= ENDS.indexOf(end), look -> end(look) < ENDS.indexOf(end))
                    .ifPresent(look ->
                            violated(Invariant.NO_SECOND_THOUGHTS, "had been seen as %s before: %s", end, look));
        }
    }

    /** How far an event has come that is decided for good; -1 for one that is not. */
    private static int end(Operation look) {
        return ENDS.indexOf(status(look));
    }

    private void neverFalls(List<Operation> looks, String what, ToIntFunction<Operation> number) {
        for (var look : looks) {
            var before = looks.stream()
                    .filter(other -> other.answered() < look.sent())
                    .mapToInt(number)
                    .max();
            if (before.isPresent() && before.getAsInt() > number.applyAsInt(look)) {
                violated(Invariant.NOTHING_LOST, "%s had been %d before: %s", what, before.getAsInt(), look);
                return;
            }
        }
    }

    /** The first that was asked for when one of the others had been answered. */
    private static Optional<Operation> notAfter(
            List<Operation> looks, Predicate<Operation> others, Predicate<Operation> these) {
        return looks.stream()
                .filter(these)
                .filter(look -> looks.stream().anyMatch(other -> other.answered() < look.sent() && others.test(other)))
                .findFirst();
    }

    private static String status(Operation look) {
        return look.told().getString("status");
    }

    // One site, one event, one user

    /** What a user was promised or shown at a site stays there: also right after a restart, and not only in the end. */
    private void keptFor(String viewer, List<Operation> looks) {
        notAfter(looks, Operation::isSeen, look -> look.isNotFound() && !mayBeHidden(look))
                .ifPresent(look -> violated(Invariant.NOTHING_LOST, "the event had been there before: %s", look));
        var seen = looks.stream().filter(Operation::isSeen).toList();
        for (var upload : promisesTo(viewer, Deed.UPLOAD)) {
            var photo = upload.asked().getString("photo");
            var statuses = upload.status() == 202 ? Set.of("committed", "waiting", "refused") : COMMITTED;
            lost(upload, seen, look -> photos(look, statuses).contains(photo) || mayHaveGone(photo, upload, look));
        }
        for (var removal : promisesTo(viewer, Deed.REMOVE)) {
            var photo = removal.asked().getString("photo");
            lost(
                    removal,
                    seen,
                    look -> !photos(look, COMMITTED).contains(photo)
                            || evidence.additions(photo, removal).stream()
                                    .anyMatch(upload -> upload.sent() < look.answered()));
        }
        for (var look : seen) {
            lost(look, seen, later -> photos(look, COMMITTED).stream()
                    .allMatch(photo -> photos(later, COMMITTED).contains(photo)
                            || mayHaveGone(photo, look, later)
                            || evidence.isOutElsewhere(photo, look)));
        }
        for (var vote : promisesTo(viewer, Deed.VOTE)) {
            var shown = vote.asked().getString("choice") + "ed";
            var ballot = vote.asked().getInt("ballot");
            lost(
                    vote,
                    seen,
                    look -> !isOpen(look, ballot)
                            || you(look).getString("vote", "").equals(shown));
        }
    }

    /** Its owner has taken the photo back between a promise and a look, or may have. */
    private boolean mayHaveGone(String photo, Operation promise, Operation look) {
        return evidence.removals(photo, promise).stream().anyMatch(removal -> removal.sent() < look.answered());
    }

    /** Taken down, an event is there for its contributors alone. */
    private boolean mayBeHidden(Operation look) {
        return evidence.takeDowns(look.event()).stream().anyMatch(wish -> wish.sent() < look.answered());
    }

    private List<Operation> promisesTo(String viewer, Deed deed) {
        return evidence.all(deed).stream()
                .filter(promise -> promise.isAcknowledged() && viewer(promise).equals(viewer))
                .toList();
    }

    private void lost(Operation promise, List<Operation> looks, Predicate<Operation> keeps) {
        looks.stream()
                .filter(look -> promise.answered() < look.sent() && !keeps.test(look))
                .findFirst()
                .ifPresent(look -> violated(Invariant.NOTHING_LOST, "%s is missing in %s", promise, look));
    }

    private static JsonObject you(Operation look) {
        return look.told().getJsonObject("you");
    }

    private static Set<String> photos(Operation look, Set<String> statuses) {
        return you(look).getJsonArray("photos").stream()
                .map(JsonValue::asJsonObject)
                .filter(photo -> statuses.contains(photo.getString("status")))
                .map(photo -> photo.getString("id"))
                .collect(toSet());
    }

    private static boolean isOpen(Operation look, int number) {
        return look.told().get("ballot") instanceof JsonObject ballot
                && ballot.getInt("number") == number
                && ballot.getString("state").equals("open");
    }

    // All sites

    private void publishedAsInTheEnd() {
        var published = evidence.ballots().stream()
                .filter(BallotRow::isPublished)
                .collect(toMap(BallotRow::event, BallotRow::digest, (one, same) -> one));
        for (var look : evidence.all(Deed.LOOK)) {
            if (look.isSeen()
                    && status(look).equals("published")
                    && !look.told().getJsonObject("version").getString("digest").equals(published.get(look.event()))) {
                violated(Invariant.NO_SECOND_THOUGHTS, "seen as published, and not so in the end: %s", look);
            }
        }
    }

    /** A published montage is one picture, wherever and whenever it is asked for; an original is what was sent. */
    private void sameBytes() {
        evidence.all(Deed.PEEK).stream()
                .filter(Operation::isSeen)
                .collect(groupingBy(Operation::event, mapping(Sightings::bytes, toSet())))
                .forEach((event, pictures) -> {
                    if (pictures.size() > 1) {
                        violated(Invariant.NO_SECOND_THOUGHTS, "%d montages of event %s", pictures.size(), event);
                    }
                });
        var sent = evidence.all(Deed.UPLOAD).stream()
                .map(Operation::asked)
                .collect(toMap(
                        asked -> asked.getString("photo"), asked -> asked.getString("sha256"), (one, same) -> one));
        for (var pry : evidence.all(Deed.PRY)) {
            if (pry.isSeen() && !bytes(pry).equals(sent.get(pry.asked().getString("photo")))) {
                violated(Invariant.NOTHING_LOST, "not the bytes that were sent: %s", pry);
            }
        }
    }

    private static String bytes(Operation picture) {
        return picture.told().getString("sha256");
    }

    /** Whoever has neither created the event nor sent a photo sees no names and no ballots. */
    private void nothingForStrangers() {
        var creators = evidence.all(Deed.CREATE).stream()
                .map(created -> created.subject().orElse("") + " " + created.user())
                .collect(toSet());
        var firstPhotos = evidence.all(Deed.UPLOAD).stream()
                .collect(toMap(upload -> upload.event() + " " + upload.user(), Operation::sent, Math::min));
        for (var look : evidence.all(Deed.LOOK)) {
            var who = look.event() + " " + look.user();
            var isStranger = !creators.contains(who) && firstPhotos.getOrDefault(who, Long.MAX_VALUE) > look.answered();
            if (look.isSeen() && isStranger && !showsNothing(look)) {
                violated(Invariant.ONLY_THE_INVITED_SEE, "%s", look);
            }
        }
    }

    private static boolean showsNothing(Operation look) {
        return look.told().getJsonArray("contributors").isEmpty() && look.told().isNull("ballot");
    }
}
