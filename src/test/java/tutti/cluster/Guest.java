package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;

/** Somebody with a browser: one cookie, known at all sites, and one site that is near. */
final class Guest {

    static final String API = "/api/v1";

    private static final HttpClient BROWSER = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final Duration ANSWER_MOST = Duration.ofSeconds(60);

    private final RunningCluster cluster;
    private final String name;
    private final Site site;
    private final String cookie;
    private final URI door;

    private Guest(RunningCluster cluster, String name, Site site, String cookie, URI door) {
        this.cluster = cluster;
        this.name = name;
        this.site = site;
        this.cookie = cookie;
        this.door = door;
    }

    /** Somebody who has not come yet, and has no cookie. */
    static Guest unknown(RunningCluster cluster, Site site) {
        return new Guest(cluster, "", site, "", cluster.url(site));
    }

    /** Somebody who comes for the first time, and is given a cookie. */
    static Guest named(String name, RunningCluster cluster, Site site) {
        var first = new Guest(cluster, name, site, "", cluster.url(site))
                .get("/published?limit=1")
                .is(200);
        var given = first.header("Set-Cookie");
        assertThat(given).startsWith("tutti_user=").contains("HttpOnly").contains("SameSite=Lax");
        return new Guest(cluster, name, site, given.substring(0, given.indexOf(';')), cluster.url(site));
    }

    /** The same browser at another site. */
    Guest at(Site other) {
        return new Guest(cluster, name, other, cookie, cluster.url(other));
    }

    /** The same browser at the same site, by the address of one of its instances. */
    Guest through(URI instance) {
        return new Guest(cluster, name, site, cookie, instance);
    }

    Site site() {
        return site;
    }

    /** What makes this guest this guest. */
    String secret() {
        return cookie.substring(cookie.indexOf('=') + 1);
    }

    Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    Answer post(String path, String json, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    Answer post(String path, Multipart form, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", Multipart.type())
                .POST(BodyPublishers.ofByteArray(form.ended())));
    }

    /** Sends the form of a page, at the root and not below the API. @param fields as a URL writes them */
    Answer sendForm(String path, String fields, String... headers) {
        return send(to(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields)));
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** A page, at the root and not below the API. */
    Answer page(String path) {
        return page("GET", path);
    }

    Answer page(String method, String path) {
        return send(to(path).method(method, BodyPublishers.noBody()));
    }

    HttpRequest.Builder request(String path, String... headers) {
        return to(API + path, headers);
    }

    private HttpRequest.Builder to(String path, String... headers) {
        var request = HttpRequest.newBuilder(door.resolve(path)).timeout(ANSWER_MOST);
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    static Answer send(HttpRequest.Builder builder) {
        var request = builder.build();
        try {
            var response = BROWSER.send(request, BodyHandlers.ofByteArray());
            return new Answer(
                    request.method() + " " + request.uri(), response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new NoAnswer(request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(request + " was interrupted", e);
        }
    }

    // What people do

    Answer create(String title, int votingSeconds) {
        return post(
                "/events",
                Json.createObjectBuilder()
                        .add("title", title)
                        .add("votingSeconds", votingSeconds)
                        .build()
                        .toString());
    }

    /**
     * Creates an event and returns when it is open at every site. Just after a site's return the others may not have
     * noticed, and then it is created a moment later.
     */
    String creates(String title, int votingSeconds) {
        var event = soonDone(create(title, votingSeconds)).getString("id");
        seesEverywhere(event, view -> assertThat(view.getString("status")).isEqualTo("open"));
        return event;
    }

    Answer upload(String event, byte[] photo) {
        return post("/events/" + event + "/photos", Multipart.photo(photo).field("name", name));
    }

    /** Adds a photo and returns when every site shows it. */
    JsonObject adds(String event, byte[] photo) {
        var added = soonDone(upload(event, photo));
        assertThat(added.getString("site")).isEqualTo(site.id());
        for (var other : Site.values()) {
            Soon.until("the photo is at " + other, () -> assertThat(at(other)
                            .photo(event, added.getString("id"))
                            .is(200)
                            .json()
                            .getString("status"))
                    .isEqualTo("committed"));
        }
        return added;
    }

    private static JsonObject soonDone(Answer answer) {
        return answer.status() == 202 ? answer.json() : answer.is(201).json();
    }

    Answer photo(String event, String photo) {
        return get("/events/" + event + "/photos/" + photo);
    }

    JsonObject sees(String event) {
        return get("/events/" + event).is(200).json();
    }

    /** Waits until what this guest sees of an event is so at every site. */
    void seesEverywhere(String event, Consumer<JsonObject> soon) {
        for (var other : Site.values()) {
            Soon.until(
                    "as seen by " + name + " at " + other,
                    () -> soon.accept(at(other).sees(event)));
        }
    }

    Answer vote(String event, String choice, int ballot, String digest) {
        return post("/events/" + event + "/votes", ballotPaper(choice, ballot), "If-Match", "\"" + digest + "\"");
    }

    static String ballotPaper(String choice, int ballot) {
        return Json.createObjectBuilder()
                .add("choice", choice)
                .add("ballot", ballot)
                .build()
                .toString();
    }

    /** Votes on what is to be seen now, in the ballot of now. */
    Answer votes(String event, String choice) {
        var view = sees(event);
        return vote(event, choice, view.getInt("ballotNumber"), digestOf(view));
    }

    /** All of them say yes, until the montage is public at all sites. */
    static void publish(String event, Guest... guests) {
        for (var guest : guests) {
            guest.votes(event, "accept").is(201);
        }
        guests[0].seesEverywhere(
                event, view -> assertThat(view.getString("status")).isEqualTo("published"));
    }

    static String digestOf(JsonObject view) {
        return view.getJsonObject("version").getString("digest");
    }

    @Override
    public String toString() {
        return name + " at " + site;
    }
}
