package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tutti.pictures.GeneratedPhotos;

/** What is wrong, huge or hostile gets a problem with a sentence for a person, and leaves nothing behind at any site. */
@ExtendWith(RunningCluster.Resolver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {

    private static final List<String> TABLES = List.of("event", "photo", "upload", "ballot", "vote", "commitment");

    private final RunningCluster cluster;
    private final Guest guest;
    private final Guest stranger;
    private final String event;
    private final String photo;
    private final String photos;
    private final String votes;
    private final String digest;
    private List<String> before;

    BadInputIT(RunningCluster cluster) {
        this.cluster = cluster;
        guest = Guest.named("Guest", cluster, EAST);
        stranger = Guest.named("Stranger", cluster, EAST);
        event = guest.creates("For bad input", 60);
        photo = guest.adds(event, Photos.small(40)).getString("id");
        photos = "/events/" + event + "/photos";
        votes = "/events/" + event + "/votes";
        digest = Guest.digestOf(guest.sees(event));
        Invariants.hold(cluster);
    }

    @BeforeEach
    void look_at_what_is_stored() {
        before = stored();
    }

    @AfterEach
    void nothing_was_stored() {
        assertThat(stored()).isEqualTo(before);
    }

    @AfterAll
    void all_sites_agree() {
        Invariants.hold(cluster);
    }

    private List<String> stored() {
        var found = new ArrayList<String>();
        for (var database : cluster.databases()) {
            for (var table : TABLES) {
                found.add(database.site() + " " + table + " " + database.number("SELECT COUNT(*) FROM " + table));
            }
            try (var files = Files.walk(cluster.photos(database.site()))) {
                found.add(database.site() + " files "
                        + files.filter(Files::isRegularFile).count());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    // Events

    static Stream<Arguments> events_that_cannot_be() {
        return Stream.of(
                        named("no JSON", "title=Summer"),
                        named("nothing", ""),
                        named("half of it", "{\"title\": \"Summer"),
                        named("two of it", "{\"title\": \"Summer\"}{\"title\": \"Winter\"}"),
                        named("a list", "[]"),
                        named("a text", "\"title\""),
                        named("null", "null"),
                        named("no title", "{}"),
                        named("a blank title", "{\"title\": \" \\t\\u0000 \"}"),
                        named("a title of 121", "{\"title\": \"" + "x".repeat(121) + "\"}"),
                        named(
                                "a description of 2001",
                                "{\"title\": \"x\", \"description\": \"" + "x".repeat(2001) + "\"}"),
                        named("a number as title", "{\"title\": 7}"),
                        named("an object as title", "{\"title\": {\"en\": \"Summer\"}}"),
                        named("a text as number", "{\"title\": \"x\", \"votingSeconds\": \"90\"}"),
                        named("a fraction", "{\"title\": \"x\", \"votingSeconds\": 90.5}"),
                        named("a huge number", "{\"title\": \"x\", \"votingSeconds\": 1e400}"),
                        named("beyond an int", "{\"title\": \"x\", \"maxContributors\": 4294967297}"),
                        named("nobody", "{\"title\": \"x\", \"maxContributors\": 0}"),
                        named("eleven", "{\"title\": \"x\", \"maxContributors\": 11}"),
                        named("4 seconds", "{\"title\": \"x\", \"votingSeconds\": 4}"),
                        named("601 seconds", "{\"title\": \"x\", \"votingSeconds\": 601}"),
                        named("a layout that is none", "{\"title\": \"x\", \"layout\": \"spiral\"}"),
                        named("a background that is none", "{\"title\": \"x\", \"background\": \"#fff\"}"),
                        named("a line of 81", "{\"title\": \"x\", \"textLine\": \"" + "x".repeat(81) + "\"}"),
                        named(
                                "a line that has no letters",
                                "{\"title\": \"x\", \"textLine\": \"\u590f \ud83c\udf89\"}"),
                        named("a day that never was", "{\"title\": \"x\", \"date\": \"2026-02-30\"}"),
                        named("a day with a time", "{\"title\": \"x\", \"date\": \"2026-02-03T10:00\"}"),
                        named("a day too far", "{\"title\": \"x\", \"date\": \"+12026-02-03\"}"),
                        named("deep nesting", "{\"title\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}"),
                        named("deep objects", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("events_that_cannot_be")
    void an_event_that_cannot_be_is_refused(String json) {
        var problem = guest.post("/events", json).isProblem(400, "validation").json();

        assertThat(problem.getJsonArray("violations")).isNotEmpty();
    }

    @Test
    void every_wrong_field_is_named() {
        var violations = guest.post(
                        "/events",
                        "{\"title\":\"\",\"maxContributors\":99,\"votingSeconds\":1,\"layout\":\"x\",\"background\":\"x\","
                                + "\"textLine\":\"\ud83c\udf89\",\"date\":\"x\"}")
                .isProblem(400, "validation")
                .json()
                .getJsonArray("violations")
                .getValuesAs(JsonObject.class);

        assertThat(violations)
                .extracting(violation -> violation.getString("field"))
                .containsExactlyInAnyOrder(
                        "title", "maxContributors", "votingSeconds", "layout", "background", "textLine", "date");
        assertThat(violations).allSatisfy(violation -> assertThat(violation.getString("message"))
                .isNotBlank());
    }

    @Test
    void a_huge_text_is_refused_whether_it_says_its_size_or_not() {
        var huge = ("{\"title\":\"" + "x".repeat(2_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);

        guest.post("/events", new String(huge, StandardCharsets.UTF_8)).isProblem(413, "too-large");
        var chunked = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(huge));
        Guest.send(guest.request("/events")
                        .header("Content-Type", "application/json")
                        .POST(chunked))
                .isProblem(413, "too-large");
    }

    // Addresses, methods, formats

    @Test
    void what_is_not_there_and_what_is_not_yours_look_alike() {
        var nobodys = "A".repeat(22);
        for (var id : List.of(nobodys, "x", "a%20b", "a'--", "%F0%9F%8E%89", "A".repeat(3000))) {
            guest.get("/events/" + id).isProblem(404, "not-found");
            guest.get("/events/" + id + "/photos").isProblem(404, "not-found");
            guest.get("/events/" + id + "/montage").isProblem(404, "not-found");
            guest.get("/events/" + id + "/ballots").isProblem(404, "not-found");
            guest.delete("/events/" + id).isProblem(404, "not-found");
            guest.vote(id, "accept", 1, digest).isProblem(404, "not-found");
            guest.upload(id, Photos.small(41)).isProblem(404, "not-found");
            guest.get(photos + "/" + id).isProblem(404, "not-found");
            guest.get(photos + "/" + id + "/tile").isProblem(404, "not-found");
            guest.get(photos + "/" + id + "/original").isProblem(404, "not-found");
            guest.delete(photos + "/" + id).isProblem(404, "not-found");
        }
        var foreign = stranger.get(photos + "/" + photo).isProblem(404, "not-found");
        var missing = stranger.get(photos + "/" + "A".repeat(43)).isProblem(404, "not-found");
        assertThat(foreign.text()).isEqualTo(missing.text());
        stranger.delete(photos + "/" + photo).isProblem(404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/nothing", "/events/", "/event", "/published/1", "/events/a/b/c/d/e", "/admin"})
    void an_address_that_means_nothing_is_not_found_or_not_possible(String path) {
        var answer = guest.get(path);

        assertThat(answer.status()).as(answer.toString()).isIn(404, 405);
        answer.isProblem(answer.status(), answer.status() == 404 ? "not-found" : "method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT /events", "PATCH /events", "GET /events", "DELETE /events", "POST /published"})
    void a_method_that_an_address_does_not_know_is_said_so(String call) {
        var words = call.split(" ");
        var answer = Guest.send(guest.request(words[1]).method(words[0], BodyPublishers.noBody()));

        answer.isProblem(405, "method-not-allowed");
        assertThat(answer.header("Allow")).isNotEmpty();
    }

    @Test
    void methods_on_an_event_and_below_it() {
        for (var path : List.of("/events/" + event, photos, votes, "/events/" + event + "/montage")) {
            Guest.send(guest.request(path)
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofString("{}")))
                    .isProblem(405, "method-not-allowed");
        }
    }

    @Test
    void an_answer_in_another_format_cannot_be_had() {
        guest.get("/events/" + event, "Accept", "application/xml").isProblem(406, "not-acceptable");
        guest.get("/published", "Accept", "text/csv").isProblem(406, "not-acceptable");
        guest.get("/events/" + event + "/montage", "Accept", "application/json").isProblem(406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "nonsense", "*/*;;"})
    void a_body_in_another_format_is_not_read(String type) {
        for (var path : List.of("/events", photos, votes)) {
            var answer = Guest.send(guest.request(path)
                    .header("Content-Type", type)
                    .header("If-Match", "\"" + digest + "\"")
                    .POST(BodyPublishers.ofString("{\"title\":\"x\"}")));
            assertThat(answer.status()).as(answer + " " + type).isIn(400, 415);
            answer.isProblem(answer.status(), answer.status() == 415 ? "unsupported-type" : "validation");
        }
    }

    // Photos

    static Stream<Arguments> files_that_are_no_photos() {
        var good = GeneratedPhotos.megapixels(1, 42);
        return Stream.of(
                Arguments.of(named("text named .jpg", "Not a photo".getBytes(StandardCharsets.UTF_8)), 415),
                Arguments.of(named("a page", "<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8)), 415),
                Arguments.of(
                        named(
                                "a drawing",
                                "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8)),
                        415),
                Arguments.of(named("one byte", new byte[] {(byte) 0xFF}), 415),
                Arguments.of(named("zeros", new byte[100_000]), 415),
                Arguments.of(named("a truncated JPEG", GeneratedPhotos.truncated(good)), 422),
                Arguments.of(named("the start of a JPEG", java.util.Arrays.copyOf(good, 300)), 422),
                Arguments.of(named("a PNG that unpacks to 30000 x 30000", GeneratedPhotos.pngBomb()), 413));
    }

    @ParameterizedTest
    @MethodSource("files_that_are_no_photos")
    void a_file_that_is_no_photo_is_refused(byte[] file, int status) {
        var code = status == 415 ? "unsupported-type" : status == 422 ? "unreadable-image" : "too-large";

        guest.upload(event, file).isProblem(status, code);
    }

    @Test
    void a_form_has_one_photo_that_is_not_empty() {
        guest.post(photos, new Multipart().field("name", "Nobody")).isProblem(400, "validation");
        guest.post(photos, new Multipart()).isProblem(400, "validation");
        guest.post(photos, Multipart.photo(new byte[0])).isProblem(400, "validation");
        guest.post(photos, Multipart.photo(Photos.small(43)).file("photo", "b.jpg", "image/jpeg", Photos.small(44)))
                .isProblem(400, "validation");
        guest.post(photos, new Multipart().file("picture", "a.jpg", "image/jpeg", Photos.small(43)))
                .isProblem(400, "validation");
    }

    @Test
    void a_form_that_ends_early_or_has_no_border_is_refused() {
        var form = Multipart.photo(Photos.small(45)).ended();
        var half = java.util.Arrays.copyOf(form, form.length / 2);

        for (var body : List.of(half, new byte[0], "no border at all".getBytes(StandardCharsets.UTF_8))) {
            var answer = Guest.send(guest.request(photos)
                    .header("Content-Type", Multipart.type())
                    .POST(BodyPublishers.ofByteArray(body)));
            answer.isProblem(400, "validation");
        }
        Guest.send(guest.request(photos)
                        .header("Content-Type", "multipart/form-data")
                        .POST(BodyPublishers.ofByteArray(form)))
                .isProblem(400, "validation");
    }

    @Test
    void a_form_of_very_many_parts_is_refused_before_it_fills_the_memory() {
        var parts = "--b\r\n\r\nx\r\n".repeat(100_000) + "--b--\r\n";

        Guest.send(guest.request(photos)
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(BodyPublishers.ofString(parts)))
                .isProblem(413, "too-large");
        guest.sees(event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\\"b\\\"\"", "\"\\\"x\"", "\"\"", "\"a b\""})
    void a_border_that_could_be_read_in_two_ways_is_none(String border) {
        Guest.send(guest.request(photos)
                        .header("Content-Type", "multipart/form-data; boundary=" + border)
                        .POST(BodyPublishers.ofByteArray(
                                Multipart.photo(Photos.small(48)).ended())))
                .isProblem(400, "validation");
    }

    @Test
    void a_photo_beyond_25_megabytes_is_refused_whether_it_says_its_size_or_not() {
        var huge = new byte[26 * 1024 * 1024];
        System.arraycopy(Photos.small(46), 0, huge, 0, 1000);

        guest.upload(event, huge).isProblem(413, "too-large");
        var chunked = BodyPublishers.fromPublisher(
                BodyPublishers.ofByteArray(Multipart.photo(huge).ended()));
        Guest.send(guest.request(photos)
                        .header("Content-Type", Multipart.type())
                        .POST(chunked))
                .isProblem(413, "too-large");
    }

    @Test
    void a_request_that_the_container_gives_up_while_its_photo_is_written_may_be_repeated() {
        var keeping = new Moment(
                "sun.nio.ch.FileChannelImpl",
                "force",
                Moment.Place.ENTRY,
                "Thread.currentThread().getName().startsWith(\"http-thread-pool\")");
        SiteAgent.in(ProcessHandle.of(cluster.processes(EAST).instance()).orElseThrow())
                .install("given up", keeping.rules("given up", "Thread.currentThread().interrupt()"));

        guest.upload(event, Photos.small(47)).isProblem(503, "storage-unavailable");
    }

    // Votes

    static Stream<Arguments> ballot_papers_that_cannot_be_read() {
        return Stream.of(
                        named("nothing", ""),
                        named("no JSON", "accept"),
                        named("a list", "[1]"),
                        named("no choice", "{\"ballot\":1}"),
                        named("no ballot", "{\"choice\":\"accept\"}"),
                        named("another choice", "{\"choice\":\"maybe\",\"ballot\":1}"),
                        named("a choice in capitals", "{\"choice\":\"ACCEPT\",\"ballot\":1}"),
                        named("a boolean", "{\"choice\":true,\"ballot\":1}"),
                        named("ballot 0", "{\"choice\":\"accept\",\"ballot\":0}"),
                        named("a ballot below 0", "{\"choice\":\"accept\",\"ballot\":-1}"),
                        named("a ballot as text", "{\"choice\":\"accept\",\"ballot\":\"1\"}"),
                        named("half a ballot", "{\"choice\":\"accept\",\"ballot\":1.5}"),
                        named("a ballot beyond all", "{\"choice\":\"accept\",\"ballot\":99999999999}"))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("ballot_papers_that_cannot_be_read")
    void a_ballot_paper_that_cannot_be_read_is_refused(String json) {
        guest.post(votes, json, "If-Match", "\"" + digest + "\"").isProblem(400, "validation");
    }

    @Test
    void the_montage_that_is_voted_on_is_named_in_full() {
        guest.post(votes, Guest.ballotPaper("accept", 1)).isProblem(428, "version-required");
        for (var tag : List.of("*", digest, "\"" + digest, "W/\"" + digest + "\"", "\"x\"", "\"" + digest + "0\"")) {
            guest.post(votes, Guest.ballotPaper("accept", 1), "If-Match", tag).isProblem(400, "validation");
        }
        guest.vote(event, "accept", 1, "f".repeat(64)).isProblem(412, "superseded");
        guest.vote(event, "accept", Integer.MAX_VALUE, digest).isProblem(409, "ballot-unknown");
        stranger.vote(event, "accept", 1, digest).isProblem(403, "not-a-contributor");
        guest.at(WEST).vote(event, "accept", 1, digest).isProblem(421, "wrong-site");
    }

    // Browsers

    @Test
    void a_request_that_comes_from_another_website_is_not_carried_out() {
        var form = "{\"title\":\"From elsewhere\"}";
        for (var origin : List.of("https://evil.example", "null", "http://localhost:1", cluster.url(EAST) + ".evil")) {
            guest.post("/events", form, "Origin", origin).isProblem(403, "foreign-origin");
            Guest.send(guest.request("/events/" + event, "Origin", origin).DELETE())
                    .isProblem(403, "foreign-origin");
        }
        guest.post("/events", "{}", "Origin", cluster.url(EAST).toString()).isProblem(400, "validation");
        guest.post("/events", "{}", "Origin", cluster.url(EUROPE).toString()).isProblem(400, "validation");
        guest.get("/events/" + event, "Origin", "https://evil.example").is(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT"})
    void a_form_in_the_query_of_a_link_is_not_carried_out(String method) {
        var links = List.of(
                "/?jakarta.faces.ViewState=stateless&create=create&create:title=x&create:maxContributors=10&create:submit=x",
                "/e/" + event + "?jakarta.faces.ViewState=stateless&vote=vote&vote:ballot=1&vote:digest=" + digest
                        + "&vote:accept=x",
                "/e/" + event + "?jakarta.faces.ViewState=stateless&eraseMine=eraseMine&eraseMine:do=x");
        for (var link : links) {
            var answer = guest.page(method, link);

            assertThat(answer.status()).as(answer.toString()).isEqualTo(method.equals("PUT") ? 405 : 302);
        }
        assertThat(guest.sees(event).getJsonObject("you").isNull("vote")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/events;x",
                "/api/v1/../v1/events",
                "/api/v1//events",
                "/api/v1/%65vents",
                "/openapi/../home.xhtml",
                "/admin/../home.xhtml",
                "/home.xhtml;x.css",
                "/me.xhtml;x",
                "//metrics",
                "/./metrics",
                "/e/%2e%2e/gallery",
                "/gallery%00",
                "/gallery%0d%0ax:y"
            })
    void an_address_that_is_written_in_another_way_is_none(String address) {
        for (var method : List.of("GET", "POST")) {
            var answer = RawRequest.to(cluster.url(EAST), method, address);

            assertThat(answer).as("%s %s", method, address).matches("(?s)HTTP/1.1 (404|400) .*");
            assertThat(answer).as("%s %s", method, address).doesNotContain("Exception", "<title>Tutti</title>");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/events", "/", "//nowhere", "/event.xhtml", "/health.xhtml"})
    void one_address_cannot_hold_all_threads_of_a_site(String address) throws IOException {
        var door = cluster.url(EAST);
        var type = address.startsWith("/api") ? "multipart/form-data; boundary=b" : "application/x-www-form-urlencoded";
        var path = address.startsWith("/api") ? Guest.API + photos : address;
        var unfinished = "POST " + path + " HTTP/1.1\r\nHost: " + door.getAuthority() + "\r\nContent-Type: " + type
                + "\r\nContent-Length: 1000\r\n\r\na";
        var slow = new ArrayList<Socket>();
        try {
            for (var i = 0; i < 250; i++) {
                var socket = new Socket(door.getHost(), door.getPort());
                slow.add(socket);
                socket.getOutputStream().write(unfinished.getBytes(StandardCharsets.US_ASCII));
            }
            var begun = System.nanoTime();
            if (Set.of("/api/v1/events", "/", "/health.xhtml").contains(address)) {
                Soon.until("refuses more of this address", () -> {
                    var refused = guest.get("/published").isProblem(429, "too-many-requests");
                    assertThat(refused.header("Retry-After")).isEqualTo("1");
                });
            } else {
                guest.get("/published").is(200);
            }
            assertThat(guest.page("GET", "/health/live").status()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("before the container gives the others up")
                    .isLessThan(Duration.ofSeconds(20));
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
        Soon.until("serves again", () -> guest.get("/published").is(200));
    }

    @Test
    void what_the_api_says_is_kept_by_no_cache_in_between() {
        for (var answer : List.of(
                guest.get("/events/" + event),
                guest.get(photos),
                guest.get("/events/nothing"),
                guest.post("/events", "{}"))) {
            assertThat(answer.header("Cache-Control")).as(answer.toString()).isEqualTo("private, no-store");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tutti_user=",
                "tutti_user=short",
                "tutti_user=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%00",
                "tutti_user=\"quoted\"",
                "tutti_user",
                "=; ;tutti_user=../../x",
                "tutti_user=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void a_malformed_cookie_is_replaced(String cookie) {
        var nobody = java.net.http.HttpRequest.newBuilder(cluster.url(EAST).resolve(Guest.API + "/published"))
                .header("Cookie", cookie);

        var answer = Guest.send(nobody).is(200);

        assertThat(answer.header("Set-Cookie")).matches("tutti_user=[A-Za-z0-9_-]{43};.*");
    }

    @Test
    void a_good_cookie_is_left_alone() {
        assertThat(guest.get("/published").is(200).header("Set-Cookie")).isEmpty();
    }
}
