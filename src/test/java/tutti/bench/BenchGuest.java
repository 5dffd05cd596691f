package tutti.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One user with one cookie, who may go to any site. */
final class BenchGuest {

    /** As browsers speak where there is no TLS: over one connection for all, many users would wait for each other. */
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private static final String BORDER = "tutti-bench-border";

    private String cookie;

    /** Somebody whom no site has seen before. */
    BenchGuest() {
        cookie = "";
    }

    /** Somebody whom the sites know. @param secret that only this user's browser has */
    BenchGuest(String secret) {
        cookie = "tutti_user=" + secret;
    }

    JsonObject create(URI site, String title) throws IOException, InterruptedException {
        return create(site, title, 60);
    }

    JsonObject create(URI site, String title, int votingSeconds) throws IOException, InterruptedException {
        return json(begin(site, title, votingSeconds));
    }

    /** Creates an event. */
    HttpResponse<byte[]> begin(URI site, String title) throws IOException, InterruptedException {
        return begin(site, title, 60);
    }

    private HttpResponse<byte[]> begin(URI site, String title, int votingSeconds)
            throws IOException, InterruptedException {
        var body = Json.createObjectBuilder()
                .add("title", title)
                .add("votingSeconds", votingSeconds)
                .build();
        return sent(request(site, "/events")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    JsonObject event(URI site, String event) throws IOException, InterruptedException {
        return json(look(site, event));
    }

    /** Gets the event as data. */
    HttpResponse<byte[]> look(URI site, String event) throws IOException, InterruptedException {
        return sent(request(site, "/events/" + event).GET());
    }

    /** Gets the event's page, without what belongs to it. */
    HttpResponse<byte[]> eventPage(URI site, String event) throws IOException, InterruptedException {
        return sent(to(site.resolve("/e/" + event)).GET());
    }

    /** Gets a page, at the root and not below the API; returns the HTTP status. */
    int page(URI site, String path) throws IOException, InterruptedException {
        return sent(to(site.resolve(path)).GET()).statusCode();
    }

    /** Asks for anything below the API; returns the HTTP status. */
    int get(URI site, String path) throws IOException, InterruptedException {
        return sent(request(site, path).GET()).statusCode();
    }

    /** Takes back anything below the API; returns the HTTP status. */
    int delete(URI site, String path) throws IOException, InterruptedException {
        return sent(request(site, path).DELETE()).statusCode();
    }

    /** Adds a photo. */
    HttpResponse<byte[]> upload(URI site, String event, byte[] photo) throws IOException, InterruptedException {
        var head = "--" + BORDER + "\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\n";
        var tail = "\r\n--" + BORDER + "--\r\n";
        return sent(request(site, "/events/" + event + "/photos")
                .header("Content-Type", "multipart/form-data; boundary=" + BORDER)
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofByteArray(photo),
                        BodyPublishers.ofString(tail))));
    }

    /** Gets the montage; returns the HTTP status. */
    int montage(URI site, String event) throws IOException, InterruptedException {
        return montage(site, event, "full");
    }

    /** As {@link #montage}, in one of the sizes of the public contract. */
    int montage(URI site, String event, String size) throws IOException, InterruptedException {
        return sent(request(site, "/events/" + event + "/montage?size=" + size).GET())
                .statusCode();
    }

    /** Gets the montage in a size that phones ask for. */
    HttpResponse<byte[]> montageOfAPhone(URI site, String event) throws IOException, InterruptedException {
        return sent(request(site, "/events/" + event + "/montage?size=768").GET());
    }

    int accept(URI site, String event, int ballot, String digest) throws IOException, InterruptedException {
        return vote(site, event, ballot, digest).statusCode();
    }

    /** Says yes. */
    HttpResponse<byte[]> vote(URI site, String event, int ballot, String digest)
            throws IOException, InterruptedException {
        var body = Json.createObjectBuilder()
                .add("choice", "accept")
                .add("ballot", ballot)
                .build();
        return sent(request(site, "/events/" + event + "/votes")
                .header("Content-Type", "application/json")
                .header("If-Match", '"' + digest + '"')
                .POST(BodyPublishers.ofString(body.toString())));
    }

    /** What a browser has to bring in order to be this user, as name and value. */
    String cookie() {
        return cookie;
    }

    private HttpRequest.Builder request(URI site, String path) {
        return to(site.resolve("/api/v1" + path));
    }

    private HttpRequest.Builder to(URI address) {
        var request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60));
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private HttpResponse<byte[]> sent(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
        response.headers().allValues("Set-Cookie").stream()
                .filter(given -> given.startsWith("tutti_user="))
                .forEach(given -> cookie = given.substring(0, given.indexOf(';')));
        return response;
    }

    static JsonObject json(HttpResponse<byte[]> response) {
        try (var reader = Json.createReader(new StringReader(new String(response.body(), StandardCharsets.UTF_8)))) {
            return reader.readObject();
        }
    }
}
