package tutti.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.WEST;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
import tutti.chaos.SiteState.PhotoRow;
import tutti.chaos.SiteState.VoteRow;
import tutti.cluster.Site;
import tutti.montage.Digest;
import tutti.photo.PhotoId;

/** A story in which all is well, and for each invariant what it looks like when it is broken. */
class CheckerTest {

    private static final String PARTY = "party";
    private static final String ANA = "ana";
    private static final String BEN = "ben";
    private static final PhotoRow ANAS = new PhotoRow(PARTY, "a".repeat(43), ANA, "west", 1, 0);
    private static final PhotoRow BENS = new PhotoRow(PARTY, "b".repeat(43), BEN, "east", 2, 1);
    private static final String FIRST = digest(ANAS);
    private static final String SECOND = digest(ANAS, BENS);

    private final List<Operation> operations = new ArrayList<>();
    private final Map<Site, List<PhotoRow>> photos = new HashMap<>();
    private final Map<Site, List<VoteRow>> votes = new HashMap<>();
    private final Map<Site, List<BallotRow>> ballots = new HashMap<>();
    private final Map<Site, Map<String, String>> outcomes = new HashMap<>();
    private long time;

    /** Ana votes alone and rejects; Ben adds a photo; both accept. */
    @BeforeEach
    void all_is_well() {
        for (var site : Site.values()) {
            photos.put(site, new ArrayList<>(List.of(ANAS, BENS)));
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
        did("eve", EAST, Deed.PEEK, 200, JsonValue.EMPTY_JSON_OBJECT, JsonValue.EMPTY_JSON_OBJECT);
        did(ANA, WEST, Deed.PRY, 200, photo(ANAS), JsonValue.EMPTY_JSON_OBJECT);
        looks(ANA, WEST, "published", SECOND, ANAS);
    }

    @Test
    void finds_nothing_where_all_is_well() {
        assertThat(violations()).isEmpty();
    }

    @Test
    void sees_two_outcomes_of_one_transaction() {
        outcomes.get(EAST).put("photo", "ABORTED");

        onlyViolated(Invariant.ONE_OUTCOME);
    }

    @Test
    void sees_a_photo_that_came_in_during_a_ballot() {
        everywhere(photos, list -> list.set(1, new PhotoRow(PARTY, BENS.id(), BEN, "east", 2, 0)));

        onlyViolated(Invariant.FROZEN_WHILE_VOTING);
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
        votes.get(EAST).add(new VoteRow(PARTY, 1, BEN, "ACCEPT", SECOND));

        onlyViolated(Invariant.NOTHING_SUPERSEDED);
    }

    @Test
    void sees_two_votes_of_one_contributor() {
        votes.get(EAST).add(new VoteRow(PARTY, 1, ANA, "ACCEPT", FIRST));

        onlyViolated(Invariant.NOTHING_SUPERSEDED);
    }

    @Test
    void sees_that_a_publication_is_taken_back() {
        looks(ANA, WEST, "open", SECOND, ANAS);

        onlyViolated(Invariant.NO_SECOND_THOUGHTS);
    }

    @Test
    void sees_another_montage_than_the_published_one() {
        looks(ANA, WEST, "published", FIRST, ANAS);

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

        onlyViolated(Invariant.NOTHING_LOST);
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
                        done.told())
                : done);

        onlyViolated(Invariant.ONLY_THE_INVITED_SEE);
    }

    @Test
    void sees_that_somebody_got_the_original_of_another_one() {
        did(BEN, EAST, Deed.PRY, 200, photo(ANAS), JsonValue.EMPTY_JSON_OBJECT);

        onlyViolated(Invariant.ONLY_THE_INVITED_SEE);
    }

    @Test
    void does_not_hold_a_site_to_what_it_has_not_said() {
        did(BEN, EAST, Deed.UPLOAD, 0, photo("c"), JsonValue.EMPTY_JSON_OBJECT);
        did(BEN, EAST, Deed.UPLOAD, 503, photo("d"), JsonValue.EMPTY_JSON_OBJECT);
        did(BEN, EAST, Deed.UPLOAD, 409, photo("e"), JsonValue.EMPTY_JSON_OBJECT);

        assertThat(violations()).isEmpty();
    }

    // The story's words

    private void looks(String user, Site site, String status, String digest, PhotoRow... own) {
        var photos = Json.createArrayBuilder();
        Stream.of(own)
                .forEach(photo -> photos.add(
                        Json.createObjectBuilder().add("id", photo.id()).add("status", "committed")));
        did(user, site, Deed.LOOK, 200, JsonValue.EMPTY_JSON_OBJECT, view(status, digest, photos));
    }

    private static JsonObject view(String status, String digest, JsonArrayBuilder photos) {
        return Json.createObjectBuilder()
                .add("status", status)
                .add("version", told("digest", digest))
                .add("you", Json.createObjectBuilder().add("photos", photos))
                .build();
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
        return told("photo", photo.id());
    }

    private static JsonObject photo(String letter) {
        return told("photo", letter.repeat(43));
    }

    private static JsonObject told(String name, String value) {
        return Json.createObjectBuilder().add(name, value).build();
    }

    private static String digest(PhotoRow... photos) {
        return Digest.of(Arrays.stream(photos)
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
                        Map.of(PARTY, "PUBLISHED"),
                        Map.of(PARTY, photos.get(site)),
                        Set.of(),
                        votes.get(site),
                        ballots.get(site),
                        outcomes.get(site)))
                .toList();
        return new Checker(operations, states).violations();
    }
}
