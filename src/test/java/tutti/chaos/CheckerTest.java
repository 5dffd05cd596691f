package tutti.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.WEST;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tutti.chaos.SiteState.BallotRow;
import tutti.chaos.SiteState.Move;
import tutti.chaos.SiteState.PhotoRow;
import tutti.chaos.SiteState.VoteRow;
import tutti.cluster.Site;
import tutti.model.LoggedStep;
import tutti.montage.Digest;
import tutti.montage.Style;
import tutti.photo.PhotoId;

/** A story in which all is well, and for each invariant what it looks like when it is broken. */
class CheckerTest {

    private static final String PARTY = "party";
    private static final String ANA = "ana";
    private static final String BEN = "ben";
    private static final PhotoRow ANAS = new PhotoRow(PARTY, "a".repeat(43), ANA, "west", 1);
    private static final PhotoRow BENS = new PhotoRow(PARTY, "b".repeat(43), BEN, "east", 2);
    private static final PhotoRow ANAS_LATER = new PhotoRow(PARTY, "c".repeat(43), ANA, "west", 3);
    private static final String FIRST = digest(ANAS);
    private static final String SECOND = digest(ANAS, BENS);
    private static final String OTHER = digest(BENS);

    private final List<Operation> operations = new ArrayList<>();
    private final Map<Site, List<PhotoRow>> photos = new HashMap<>();
    private final Map<Site, List<Move>> moves = new HashMap<>();
    private final Map<Site, List<VoteRow>> votes = new HashMap<>();
    private final Map<Site, List<BallotRow>> ballots = new HashMap<>();
    private final Map<Site, Map<String, String>> outcomes = new HashMap<>();
    private final Map<Site, String> phases = new HashMap<>();
    private final List<LoggedStep> steps = new ArrayList<>();
    private final Set<String> late = new HashSet<>();
    private long time;

    /** Ana votes alone and rejects; Ben adds a photo; both accept. */
    @BeforeEach
    void all_is_well() {
        for (var site : Site.values()) {
            photos.put(site, new ArrayList<>(List.of(ANAS, BENS)));
            moves.put(site, new ArrayList<>(List.of(moved("a", ANAS, true, 0), moved("b", BENS, true, 1))));
            votes.put(site, new ArrayList<>());
            ballots.put(
                    site,
                    new ArrayList<>(List.of(
                            new BallotRow(PARTY, 1, "ABORTED", FIRST), new BallotRow(PARTY, 2, "PUBLISHED", SECOND))));
            outcomes.put(site, new HashMap<>(Map.of("photo", "COMMITTED", "ballot-1", "ABORTED")));
        }
        did(ANA, WEST, Deed.CREATE, 201, JsonValue.EMPTY_JSON_OBJECT, told("id", PARTY));
        did(ANA, WEST, Deed.UPLOAD, 201, photo(ANAS), JsonValue.EMPTY_JSON_OBJECT);
        looks(ANA, WEST, "open", FIRST, ANAS);
        voted(ANA, WEST, "reject", 1, FIRST);
        did(BEN, EAST, Deed.UPLOAD, 201, photo(BENS), JsonValue.EMPTY_JSON_OBJECT);
        did("eve", EAST, Deed.PEEK, 403, JsonValue.EMPTY_JSON_OBJECT, JsonValue.EMPTY_JSON_OBJECT);
        voted(BEN, EAST, "accept", 2, SECOND);
        voted(ANA, WEST, "accept", 2, SECOND);
        did("eve", EAST, Deed.PEEK, 200, JsonValue.EMPTY_JSON_OBJECT, told("sha256", "montage"));
        did(ANA, WEST, Deed.PRY, 200, photo(ANAS), told("sha256", sha256(ANAS.id())));
        looks("eve", WEST, "published", SECOND);
        looks(ANA, WEST, "published", SECOND, ANAS);
    }

    @Test
    void finds_nothing_where_all_is_well() {
        assertThat(violations()).isEmpty();
    }

    @Test
    void sees_a_site_that_does_not_know_what_to_say() {
        did("eve", WEST, Deed.PEEK, 503, JsonValue.EMPTY_JSON_OBJECT, JsonValue.EMPTY_JSON_OBJECT);
        assertThat(violations()).isEmpty();

        did("eve", WEST, Deed.PEEK, 500, JsonValue.EMPTY_JSON_OBJECT, told("type", "urn:tutti:problem:internal"));
        onlyViolated(Invariant.NEVER_AT_A_LOSS);
    }

    @Test
    void sees_two_outcomes_of_one_transaction() {
        outcomes.get(EAST).put("photo", "ABORTED");

        onlyViolated(Invariant.ONE_OUTCOME);
    }

    @Test
    void sees_a_photo_that_came_in_during_a_ballot() {
        everywhere(moves, list -> list.set(1, moved("b", BENS, true, 0)));

        onlyViolated(Invariant.FROZEN_WHILE_VOTING);
    }

    @Test
    void sees_a_photo_that_went_during_a_ballot() {
        cameAndWent(2);
        assertThat(violated()).containsExactly(Invariant.FROZEN_WHILE_VOTING);
    }

    @Test
    void lets_a_photo_go_that_its_owner_has_taken_back() {
        cameAndWent(1);

        assertThat(violations()).isEmpty();
    }

    @Test
    void lets_a_site_show_for_a_moment_what_another_one_has_taken_out() {
        cameAndWent(1);
        operations.removeIf(done -> done.deed() == Deed.REMOVE);
        did(ANA, EAST, Deed.REMOVE, 204, photo(ANAS_LATER), JsonValue.EMPTY_JSON_OBJECT);
        looks(ANA, WEST, "published", SECOND, ANAS, ANAS_LATER);
        looks(ANA, WEST, "published", SECOND, ANAS);
        assertThat(violations()).isEmpty();

        did(ANA, WEST, Deed.UPLOAD, 201, photo(ANAS_LATER), JsonValue.EMPTY_JSON_OBJECT);
        looks(ANA, WEST, "published", SECOND, ANAS, ANAS_LATER);
        looks(ANA, WEST, "published", SECOND, ANAS);
        assertThat(violated()).as("added again, and gone").containsExactly(Invariant.NOTHING_LOST);
    }

    @Test
    void sees_that_a_photo_went_by_itself() {
        cameAndWent(1);
        operations.removeIf(done -> done.deed() == Deed.REMOVE);

        assertThat(violated()).containsExactlyInAnyOrder(Invariant.ONE_OUTCOME, Invariant.NOTHING_LOST);
    }

    @Test
    void sees_that_a_photo_went_that_somebody_else_had_taken_back() {
        cameAndWent(1);
        operations.replaceAll(done -> done.deed() == Deed.REMOVE
                ? new Operation(
                        BEN, WEST, Deed.REMOVE, PARTY, done.asked(), done.sent(), done.answered(), 204, done.told())
                : done);

        onlyViolated(Invariant.ONE_OUTCOME);
    }

    @Test
    void sees_that_a_photo_is_in_that_was_taken_back() {
        did(ANA, WEST, Deed.REMOVE, 204, photo(ANAS), JsonValue.EMPTY_JSON_OBJECT);
        onlyViolated(Invariant.NOTHING_LOST);

        did(ANA, WEST, Deed.UPLOAD, 201, photo(ANAS), JsonValue.EMPTY_JSON_OBJECT);
        assertThat(violations()).isEmpty();
    }

    @Test
    void sees_that_a_photo_that_was_taken_back_was_there_again_for_a_while() {
        cameAndWent(1);
        looks(ANA, WEST, "published", SECOND, ANAS, ANAS_LATER);

        onlyViolated(Invariant.NOTHING_LOST);
    }

    @Test
    void lets_a_contributor_take_the_montage_down() {
        takenDown();
        did("eve", EAST, Deed.PEEK, 404, JsonValue.EMPTY_JSON_OBJECT, JsonValue.EMPTY_JSON_OBJECT);
        looks(ANA, WEST, "taken-down", SECOND, ANAS);
        did("eve", WEST, Deed.LOOK, 404, JsonValue.EMPTY_JSON_OBJECT, told("type", "urn:tutti:problem:not-found"));

        assertThat(violations()).isEmpty();
    }

    @Test
    void sees_that_nobody_has_taken_the_montage_down() {
        takenDown();
        operations.removeIf(done -> done.deed() == Deed.TAKE_DOWN);

        onlyViolated(Invariant.ONE_OUTCOME);
    }

    @Test
    void sees_that_a_montage_is_public_that_was_taken_down() {
        did(ANA, WEST, Deed.TAKE_DOWN, 202, JsonValue.EMPTY_JSON_OBJECT, JsonValue.EMPTY_JSON_OBJECT);

        onlyViolated(Invariant.NOTHING_LOST);
    }

    @Test
    void sees_that_a_stranger_got_the_montage_after_it_was_taken_down() {
        takenDown();
        did("eve", EAST, Deed.PEEK, 200, JsonValue.EMPTY_JSON_OBJECT, told("sha256", "montage"));

        onlyViolated(Invariant.ONLY_THE_INVITED_SEE);
    }

    @Test
    void sees_that_a_montage_was_public_again_for_a_while() {
        takenDown();
        looks(ANA, WEST, "taken-down", SECOND, ANAS);
        assertThat(violations()).isEmpty();

        looks(ANA, WEST, "published", SECOND, ANAS);

        onlyViolated(Invariant.NO_SECOND_THOUGHTS);
    }

    @Test
    void sees_a_publication_without_a_stored_accept() {
        votes.get(EAST).removeIf(vote -> vote.contributor().equals(BEN));

        assertThat(violated()).containsExactlyInAnyOrder(Invariant.UNANIMOUS, Invariant.NOTHING_LOST);
    }

    @Test
    void sees_an_accept_that_nobody_has_given() {
        operations.removeIf(done -> done.deed() == Deed.VOTE && done.user().equals(BEN));

        assertThat(violated()).contains(Invariant.UNANIMOUS);
    }

    @Test
    void sees_votes_on_two_montages_in_one_ballot() {
        voted(BEN, EAST, "accept", 1, SECOND);

        onlyViolated(Invariant.NOTHING_SUPERSEDED);
    }

    @Test
    void sees_two_votes_of_one_contributor() {
        voted(ANA, EAST, "accept", 1, FIRST);

        onlyViolated(Invariant.NOTHING_SUPERSEDED);
    }

    @Test
    void sees_that_a_publication_is_taken_back() {
        looks(ANA, WEST, "open", SECOND, ANAS);

        onlyViolated(Invariant.NO_SECOND_THOUGHTS);
    }

    @Test
    void sees_another_montage_than_the_published_one() {
        looks(ANA, WEST, "published", OTHER, ANAS);

        onlyViolated(Invariant.NO_SECOND_THOUGHTS);
    }

    @Test
    void sees_that_a_photo_is_lost_at_one_site() {
        photos.get(EAST).remove(ANAS);

        onlyViolated(Invariant.NOTHING_LOST);
    }

    @Test
    void sees_that_a_photo_was_away_for_a_while() {
        looks(BEN, EAST, "published", SECOND);

        onlyViolated(Invariant.NOTHING_LOST);
    }

    @Test
    void sees_that_a_vote_was_changed() {
        votes.get(WEST).set(0, new VoteRow(PARTY, 1, ANA, "ACCEPT", FIRST));

        assertThat(violated()).containsExactlyInAnyOrder(Invariant.ONE_OUTCOME, Invariant.NOTHING_LOST);
    }

    @Test
    void sees_that_a_stranger_got_the_montage_too_early() {
        operations.replaceAll(done -> done.status() == 403
                ? new Operation(
                        done.user(),
                        done.site(),
                        done.deed(),
                        done.event(),
                        done.asked(),
                        done.sent(),
                        done.answered(),
                        200,
                        told("sha256", "montage"))
                : done);

        onlyViolated(Invariant.ONLY_THE_INVITED_SEE);
    }

    @Test
    void sees_that_somebody_got_the_original_of_another_one() {
        did(BEN, EAST, Deed.PRY, 200, photo(ANAS), told("sha256", sha256(ANAS.id())));

        onlyViolated(Invariant.ONLY_THE_INVITED_SEE);
    }

    @Test
    void sees_that_a_photo_is_in_that_had_been_refused() {
        operations.replaceAll(done -> done.deed() == Deed.UPLOAD && done.user().equals(BEN)
                ? new Operation(
                        BEN, EAST, Deed.UPLOAD, PARTY, done.asked(), done.sent(), done.answered(), 409, done.told())
                : done);

        onlyViolated(Invariant.ONE_OUTCOME);
    }

    @Test
    void sees_that_the_log_told_of_another_outcome() {
        logged(WEST, 1, "photo NONE->PREPARED");
        logged(EAST, 1, "photo NONE->ABORTED");

        onlyViolated(Invariant.ONE_OUTCOME);
    }

    @Test
    void sees_that_a_site_has_forgotten_a_step_and_has_gone_on() {
        logged(WEST, 1, "vote:2:ana NONE->ACCEPT");
        logged(EAST, 1, "vote:2:ben NONE->ACCEPT");
        assertThat(violations()).isEmpty();

        logged(WEST, 1, "photo NONE->COMMITTED");

        onlyViolated(Invariant.NOTHING_LOST);
    }

    @Test
    void sees_that_a_site_has_forgotten_its_last_step() {
        logged(WEST, 2, "vote:2:ana NONE->ACCEPT");
        assertThat(violations()).isEmpty();

        logged(WEST, 3, "ballot:2 OPEN->PUBLISHED");

        onlyViolated(Invariant.NOTHING_LOST);
    }

    @Test
    void sees_steps_that_the_model_does_not_allow() {
        for (var site : Site.values()) {
            logged(site, 1, "ballot:1 NONE->PUBLISHED digest=" + FIRST);
            logged(site, 2, "photo:a@west#1 NONE->COMMITTED carried=0");
        }

        onlyViolated(Invariant.AS_THE_MODEL_ALLOWS);
    }

    @Test
    void sees_a_site_that_still_votes() {
        phases.put(EAST, "VOTING");

        assertThat(violated()).containsExactlyInAnyOrder(Invariant.ALL_OR_NOTHING, Invariant.UNANIMOUS);
    }

    @Test
    void sees_a_vote_at_another_site_than_its_home() {
        operations.replaceAll(done -> done.deed() == Deed.VOTE && done.asked().getInt("ballot") == 1
                ? new Operation(
                        ANA, EAST, Deed.VOTE, PARTY, done.asked(), done.sent(), done.answered(), 201, done.told())
                : done);
        votes.get(EAST).add(votes.get(WEST).remove(0));

        onlyViolated(Invariant.NOTHING_SUPERSEDED);
    }

    @Test
    void sees_a_vote_on_something_else_than_its_ballot() {
        everywhere(ballots, list -> list.set(0, new BallotRow(PARTY, 1, "ABORTED", "null")));
        assertThat(violated()).containsExactly(Invariant.NOTHING_SUPERSEDED);
    }

    @Test
    void sees_that_a_waiting_photo_never_got_in() {
        var photo = "f".repeat(43);
        did(ANA, WEST, Deed.UPLOAD, 202, photo(photo), JsonValue.EMPTY_JSON_OBJECT);
        onlyViolated(Invariant.NOTHING_LOST);

        late.add(PARTY + " " + photo); // the event was published without it
        assertThat(violations()).isEmpty();
    }

    @Test
    void sees_that_a_waiting_photo_was_away_for_a_while() {
        var photo = "f".repeat(43);
        late.add(PARTY + " " + photo);
        did(ANA, WEST, Deed.UPLOAD, 202, photo(photo), JsonValue.EMPTY_JSON_OBJECT);

        looks(ANA, WEST, "published", SECOND, ANAS);

        onlyViolated(Invariant.NOTHING_LOST);
    }

    @Test
    void sees_that_a_vote_was_away_for_a_while() {
        did(
                ANA,
                WEST,
                Deed.LOOK,
                200,
                JsonValue.EMPTY_JSON_OBJECT,
                view("voting", SECOND, "missing", ANAS).build());

        assertThat(violated()).containsExactlyInAnyOrder(Invariant.NOTHING_LOST, Invariant.NO_SECOND_THOUGHTS);
    }

    @Test
    void sees_that_a_site_has_gone_back() {
        looks("eve", WEST, "published", FIRST);

        assertThat(violated()).containsExactlyInAnyOrder(Invariant.NOTHING_LOST, Invariant.NO_SECOND_THOUGHTS);
    }

    @Test
    void sees_that_an_event_is_gone() {
        did(ANA, WEST, Deed.LOOK, 404, JsonValue.EMPTY_JSON_OBJECT, JsonValue.EMPTY_JSON_OBJECT); // not started yet
        assertThat(violations()).isEmpty();

        did(ANA, WEST, Deed.LOOK, 404, JsonValue.EMPTY_JSON_OBJECT, told("type", "urn:tutti:problem:not-found"));

        onlyViolated(Invariant.NOTHING_LOST);
    }

    @Test
    void sees_two_pictures_of_one_published_montage() {
        did("eve", WEST, Deed.PEEK, 200, JsonValue.EMPTY_JSON_OBJECT, told("sha256", "another"));

        onlyViolated(Invariant.NO_SECOND_THOUGHTS);
    }

    @Test
    void sees_that_an_original_is_not_what_was_sent() {
        did(ANA, WEST, Deed.PRY, 200, photo(ANAS), told("sha256", "another"));

        onlyViolated(Invariant.NOTHING_LOST);
    }

    @Test
    void sees_that_a_stranger_is_shown_names() {
        did(
                "eve",
                WEST,
                Deed.LOOK,
                200,
                JsonValue.EMPTY_JSON_OBJECT,
                view("published", SECOND, "", ANAS).build());

        onlyViolated(Invariant.ONLY_THE_INVITED_SEE);
    }

    @Test
    void does_not_hold_a_site_to_what_it_has_not_said() {
        did(BEN, EAST, Deed.UPLOAD, 0, photo("c".repeat(43)), JsonValue.EMPTY_JSON_OBJECT);
        did(BEN, EAST, Deed.UPLOAD, 503, photo("d".repeat(43)), JsonValue.EMPTY_JSON_OBJECT);
        did(BEN, EAST, Deed.UPLOAD, 409, photo("e".repeat(43)), JsonValue.EMPTY_JSON_OBJECT);

        assertThat(violations()).isEmpty();
    }

    // The story's words

    /** Ana adds one more photo before the second ballot, and takes it back. */
    private void cameAndWent(int carriedWhenItWent) {
        everywhere(moves, list -> list.add(moved("c", ANAS_LATER, true, 1)));
        everywhere(moves, list -> list.add(moved("removal-c", ANAS_LATER, false, carriedWhenItWent)));
        did(ANA, WEST, Deed.UPLOAD, 201, photo(ANAS_LATER), JsonValue.EMPTY_JSON_OBJECT);
        did(ANA, WEST, Deed.REMOVE, 204, photo(ANAS_LATER), JsonValue.EMPTY_JSON_OBJECT);
    }

    private void takenDown() {
        did(ANA, WEST, Deed.TAKE_DOWN, 204, JsonValue.EMPTY_JSON_OBJECT, JsonValue.EMPTY_JSON_OBJECT);
        Stream.of(Site.values()).forEach(site -> phases.put(site, "TAKEN_DOWN"));
    }

    private static Move moved(String transaction, PhotoRow photo, boolean isIn, int carried) {
        return new Move(transaction, photo, isIn, carried);
    }

    private void looks(String user, Site site, String status, String digest, PhotoRow... own) {
        did(
                user,
                site,
                Deed.LOOK,
                200,
                JsonValue.EMPTY_JSON_OBJECT,
                view(status, digest, "accepted", own).build());
    }

    /** As a contributor sees it who has voted; as a stranger does who has no photo. */
    private static JsonObjectBuilder view(String status, String digest, String vote, PhotoRow... own) {
        var number = digest.equals(FIRST) ? 1 : 2;
        var photos = Json.createArrayBuilder();
        Stream.of(own)
                .forEach(photo -> photos.add(
                        Json.createObjectBuilder().add("id", photo.id()).add("status", "committed")));
        var ballot = Json.createObjectBuilder()
                .add("number", number)
                .add("state", status.equals("voting") ? "open" : "published");
        return Json.createObjectBuilder()
                .add("status", status)
                .add("version", Json.createObjectBuilder().add("number", number).add("digest", digest))
                .add("ballotNumber", number)
                .add("contributorCount", number)
                .add("contributors", own.length == 0 ? Json.createArrayBuilder() : Json.createArrayBuilder(List.of(1)))
                .add("ballot", own.length == 0 ? JsonValue.NULL : ballot.build())
                .add("you", Json.createObjectBuilder().add("photos", photos).add("vote", vote));
    }

    private void logged(Site site, int revision, String turn) {
        var line = "TUTTI050 step site=%s event=%s revision=%d; %s".formatted(site.id(), PARTY, revision, turn);
        steps.add(LoggedStep.read(line).orElseThrow());
    }

    private void voted(String user, Site home, String choice, int ballot, String digest) {
        var asked = Json.createObjectBuilder()
                .add("choice", choice)
                .add("ballot", ballot)
                .add("digest", digest)
                .build();
        did(user, home, Deed.VOTE, 201, asked, JsonValue.EMPTY_JSON_OBJECT);
        votes.get(home).add(new VoteRow(PARTY, ballot, user, choice.toUpperCase(Locale.ROOT), digest));
    }

    private void did(String user, Site site, Deed deed, int status, JsonObject asked, JsonObject told) {
        var event = deed == Deed.CREATE ? "" : PARTY;
        operations.add(new Operation(user, site, deed, event, asked, time++, time++, status, told));
    }

    private static JsonObject photo(PhotoRow photo) {
        return photo(photo.id());
    }

    private static JsonObject photo(String id) {
        return Json.createObjectBuilder()
                .add("photo", id)
                .add("sha256", sha256(id))
                .build();
    }

    private static String sha256(String photo) {
        return "bytes of " + photo;
    }

    private static JsonObject told(String name, String value) {
        return Json.createObjectBuilder().add(name, value).build();
    }

    private static String digest(PhotoRow... photos) {
        return Digest.of(
                        Style.PLAIN,
                        Arrays.stream(photos)
                                .map(photo -> new PhotoId(photo.id()))
                                .toList())
                .hex();
    }

    private static <T> void everywhere(Map<Site, List<T>> lists, Consumer<List<T>> change) {
        lists.values().forEach(change);
    }

    private void onlyViolated(Invariant invariant) {
        assertThat(violated()).containsExactly(invariant);
    }

    private Set<Invariant> violated() {
        var violated = new TreeSet<Invariant>();
        violations().forEach(violation -> violated.add(violation.invariant()));
        return violated;
    }

    private List<Violation> violations() {
        var states = Stream.of(Site.values())
                .map(site -> new SiteState(
                        site,
                        Map.of(PARTY, phases.getOrDefault(site, "PUBLISHED")),
                        Map.of(PARTY, photos.get(site)),
                        moves.get(site),
                        late,
                        votes.get(site),
                        ballots.get(site),
                        outcomes.get(site),
                        Map.of(PARTY, 2L)))
                .toList();
        return new Checker(new Evidence(operations, states, steps)).violations();
    }
}
