package tutti.chaos;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import tutti.cluster.Multipart;
import tutti.cluster.RunningCluster;
import tutti.cluster.Site;
import tutti.photo.ContributorId;
import tutti.photo.PhotoId;
import tutti.photo.Sha256;

/** A browser with one cookie. Whatever it asks, and whatever comes back or does not, goes into the history. */
final class Visitor {

    private static final Duration ANSWER_MOST = Duration.ofSeconds(15);
    private static final HttpClient BROWSER = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();

    private final RunningCluster cluster;
    private final History history;
    private final String cookie;

    Visitor(RunningCluster cluster, History history, Random random) {
        this.cluster = cluster;
        this.history = history;
        var bits = new byte[32];
        random.nextBytes(bits);
        cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    ContributorId id() {
        return ContributorId.ofCookie(cookie);
    }

    Operation create(Site site, String title, int votingSeconds) {
        var asked = Json.createObjectBuilder()
                .add("title", title)
                .add("votingSeconds", votingSeconds)
                .build();
        var request =
                request(site, "").header("Content-Type", "application/json").POST(text(asked));
        return recorded(site, Deed.CREATE, "", asked, request);
    }

    Operation upload(Site site, String event, byte[] photo) {
        var asked = Json.createObjectBuilder()
                .add("photo", PhotoId.of(event, id(), Sha256.of(photo)).value())
                .add("sha256", Sha256.of(photo).hex())
                .build();
        var form = Multipart.photo(photo).field("name", "Somebody");
        var request = request(site, "/" + event + "/photos")
                .header("Content-Type", Multipart.type())
                .POST(BodyPublishers.ofByteArray(form.ended()));
        return recorded(site, Deed.UPLOAD, event, asked, request);
    }

    Operation vote(Site site, String event, String choice, int ballot, String digest) {
        var paper = Json.createObjectBuilder()
                .add("choice", choice)
                .add("ballot", ballot)
                .build();
        var asked = Json.createObjectBuilder(paper).add("digest", digest).build();
        var request = request(site, "/" + event + "/votes")
                .header("Content-Type", "application/json")
                .header("If-Match", '"' + digest + '"')
                .POST(text(paper));
        return recorded(site, Deed.VOTE, event, asked, request);
    }

    Operation remove(Site site, String event, PhotoId photo) {
        var asked = Json.createObjectBuilder().add("photo", photo.value()).build();
        return recorded(
                site,
                Deed.REMOVE,
                event,
                asked,
                request(site, "/" + event + "/photos/" + photo).DELETE());
    }

    Operation takeDown(Site site, String event) {
        var request = request(site, "/" + event + "/publication").DELETE();
        return recorded(site, Deed.TAKE_DOWN, event, JsonValue.EMPTY_JSON_OBJECT, request);
    }

    Operation look(Site site, String event) {
        return recorded(site, Deed.LOOK, event, JsonValue.EMPTY_JSON_OBJECT, request(site, "/" + event));
    }

    Operation peek(Site site, String event) {
        var request = request(site, "/" + event + "/montage");
        return recorded(site, Deed.PEEK, event, JsonValue.EMPTY_JSON_OBJECT, request);
    }

    Operation pry(Site site, String event, PhotoId photo) {
        var asked = Json.createObjectBuilder().add("photo", photo.value()).build();
        return recorded(site, Deed.PRY, event, asked, request(site, "/" + event + "/photos/" + photo + "/original"));
    }

    private HttpRequest.Builder request(Site site, String path) {
        return HttpRequest.newBuilder(cluster.url(site).resolve("/api/v1/events" + path))
                .timeout(ANSWER_MOST)
                .header("Cookie", "tutti_user=" + cookie);
    }

    private static HttpRequest.BodyPublisher text(JsonObject json) {
        return BodyPublishers.ofString(json.toString());
    }

    private Operation recorded(Site site, Deed deed, String event, JsonObject asked, HttpRequest.Builder request) {
        var sent = history.now();
        var status = 0;
        var told = JsonValue.EMPTY_JSON_OBJECT;
        try {
            var response = BROWSER.send(request.build(), BodyHandlers.ofByteArray());
            status = response.statusCode();
            told = told(response);
        } catch (IOException e) {
            told = Json.createObjectBuilder().add("silence", e.toString()).build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var operation = new Operation(id().value(), site, deed, event, asked, sent, history.now(), status, told);
        history.add(operation);
        return operation;
    }

    /** Of pictures, only what tells one from another. */
    private static JsonObject told(HttpResponse<byte[]> response) {
        if (!response.headers().firstValue("Content-Type").orElse("").contains("json")) {
            return Json.createObjectBuilder()
                    .add("sha256", Sha256.of(response.body()).hex())
                    .build();
        }
        try (var reader = Json.createReader(new ByteArrayInputStream(response.body()))) {
            return reader.readObject();
        } catch (JsonException cutShort) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }
}
