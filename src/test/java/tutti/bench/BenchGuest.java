package tutti.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
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

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String BORDER = "tutti-bench-border";

    private String cookie = "";

    JsonObject create(URI site, String title) throws IOException, InterruptedException {
        return create(site, title, 60);
    }

    JsonObject create(URI site, String title, int votingSeconds) throws IOException, InterruptedException {
        var body = Json.createObjectBuilder()
                .add("title", title)
                .add("votingSeconds", votingSeconds)
                .build();
        return json(sent(request(site, "/events")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))));
    }

    JsonObject event(URI site, String event) throws IOException, InterruptedException {
        return json(sent(request(site, "/events/" + event).GET()));
    }

    /** Adds a photo. */
    HttpResponse<byte[]> upload(URI site, String event, byte[] photo) throws IOException, InterruptedException {
        var form = new ByteArrayOutputStream();
        var head = "--" + BORDER + "\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\n";
        form.write(head.getBytes(StandardCharsets.US_ASCII));
        form.write(photo);
        form.write(("\r\n--" + BORDER + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return sent(request(site, "/events/" + event + "/photos")
                .header("Content-Type", "multipart/form-data; boundary=" + BORDER)
                .POST(BodyPublishers.ofByteArray(form.toByteArray())));
    }

    /** Gets the montage; returns the HTTP status. */
    int montage(URI site, String event) throws IOException, InterruptedException {
        return sent(request(site, "/events/" + event + "/montage").GET()).statusCode();
    }

    int accept(URI site, String event, int ballot, String digest) throws IOException, InterruptedException {
        var body = Json.createObjectBuilder()
                .add("choice", "accept")
                .add("ballot", ballot)
                .build();
        return sent(request(site, "/events/" + event + "/votes")
                        .header("Content-Type", "application/json")
                        .header("If-Match", '"' + digest + '"')
                        .POST(BodyPublishers.ofString(body.toString())))
                .statusCode();
    }

    /** What a browser has to bring in order to be this user, as name and value. */
    String cookie() {
        return cookie;
    }

    private HttpRequest.Builder request(URI site, String path) {
        var request = HttpRequest.newBuilder(site.resolve("/api/v1" + path)).timeout(Duration.ofSeconds(60));
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private HttpResponse<byte[]> sent(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
        response.headers().firstValue("Set-Cookie").ifPresent(given -> cookie = given.substring(0, given.indexOf(';')));
        return response;
    }

    private static JsonObject json(HttpResponse<byte[]> response) {
        try (var reader = Json.createReader(new StringReader(new String(response.body(), StandardCharsets.UTF_8)))) {
            return reader.readObject();
        }
    }
}
