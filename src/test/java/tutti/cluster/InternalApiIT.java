package tutti.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.ASIA;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tutti.photo.Sha256;

/** The line between the sites lets in who knows the cluster's secret, and nobody else, on no port and with no trick. */
@ExtendWith(RunningCluster.Resolver.class)
class InternalApiIT {

    private static final String PING = "/internal/v1/ping";
    private static final String NOTHING = Sha256.of("").hex();
    private static final long HOUR_MILLIS = 3_600_000;

    private final RunningCluster cluster;
    private final String secret;

    InternalApiIT(RunningCluster cluster) throws IOException {
        this.cluster = cluster;
        var secrets = new Properties();
        try (var reader = Files.newBufferedReader(cluster.secrets())) {
            secrets.load(reader);
        }
        secret = secrets.getProperty("tutti.cluster.secret");
    }

    @AfterEach
    void all_sites_agree() {
        Invariants.hold(cluster);
    }

    @Test
    void who_does_not_sign_stays_outside_wherever_they_knock() {
        var doors = List.of(
                "GET /internal/v1/ping",
                "GET /internal/v1/nothing",
                "POST /internal/v1/events/" + "A".repeat(22) + "/prepare",
                "POST /internal/v1/events/" + "A".repeat(22) + "/decision",
                "HEAD /internal/v1/bytes/" + NOTHING,
                "PUT /internal/v1/bytes/" + NOTHING,
                "DELETE /internal/v1/ping");
        for (var door : doors) {
            var words = door.split(" ");
            var answer = Guest.send(to(cluster.internalUrl(ASIA), words[1]).method(words[0], BodyPublishers.noBody()));
            if (words[0].equals("HEAD")) {
                answer.is(401);
            } else {
                answer.isProblem(401, "unsigned");
            }
            assertThat(answer.header("Set-Cookie")).isEmpty();
            assertThat(answer.header("Tutti-Signature")).isEmpty();
            Guest.send(to(cluster.url(ASIA), words[1]).method(words[0], BodyPublishers.noBody()))
                    .is(404);
        }
    }

    @Test
    void at_the_door_for_users_a_signature_does_not_help_and_at_the_one_for_sites_no_user_is_served() {
        var signed = signed("GET", PING, NOTHING, System.currentTimeMillis(), nonce(), "west", secret);
        Guest.send(signed.uri(cluster.url(ASIA).resolve(PING)).GET()).is(404);
        for (var page : List.of("/", "/api/v1/published", "/admin/login", "/openapi")) {
            Guest.send(to(cluster.internalUrl(ASIA), page).GET()).is(404);
        }
        Guest.send(to(cluster.internalUrl(ASIA), "/health/ready").GET()).is(200);
    }

    @Test
    void while_the_secret_is_changed_the_other_one_opens_too_and_is_answered_with_itself() throws Exception {
        var nonce = nonce();
        var answer = Guest.send(signed(
                                "GET",
                                PING,
                                NOTHING,
                                System.currentTimeMillis(),
                                nonce,
                                "west",
                                ClusterConfig.SECOND_SECRET)
                        .GET())
                .is(204);

        isSigned(answer, nonce, ClusterConfig.SECOND_SECRET);
    }

    @Test
    void a_good_signature_opens_and_each_change_to_it_closes() {
        var now = System.currentTimeMillis();
        Guest.send(signed("GET", PING, NOTHING, now, nonce(), "west", secret).GET())
                .is(204);

        var wrong = List.of(
                signed("GET", PING, NOTHING, now, nonce(), "west", secret + "x"),
                signed("POST", PING, NOTHING, now, nonce(), "west", secret),
                signed("GET", PING, NOTHING, now, nonce(), "west", secret)
                        .uri(cluster.internalUrl(ASIA).resolve(PING + "/")),
                signed("GET", PING, Sha256.of("x").hex(), now, nonce(), "west", secret)
                        .setHeader("Tutti-Digest", NOTHING),
                signed("GET", PING, NOTHING, now, nonce(), "west", secret).setHeader("Tutti-Site", "east"),
                signed("GET", PING, NOTHING, now, nonce(), "west", secret).setHeader("Tutti-Nonce", nonce()),
                signed("GET", PING, NOTHING, now, nonce(), "west", secret)
                        .setHeader("Tutti-Time", Long.toString(now + 1)),
                signed("GET", PING, NOTHING, now, nonce(), "nowhere", secret),
                signed("GET", PING, NOTHING, now, nonce(), "asia", secret),
                signed("GET", PING, "no digest", now, nonce(), "west", secret));
        for (var request : wrong) {
            var answer = Guest.send(request.GET()).isProblem(401, "unsigned");
            assertThat(answer.header("Tutti-Time")).as("no clock for strangers").isEmpty();
        }
    }

    @Test
    void each_answer_is_signed_whatever_it_says() {
        var absent = "/internal/v1/bytes/" + Sha256.of("nobody has this").hex();
        var decision = "/internal/v1/events/" + "A".repeat(22) + "/decision";
        var decisionOfEast = "{\"id\":\"create:" + "A".repeat(22) + "@east#1\",\"outcome\":\"ABORTED\",\"carried\":0}";

        isSigned(204, "GET", PING, "");
        isSigned(200, "GET", "/internal/v1/report", "");
        isSigned(200, "POST", "/internal/v1/events", "{\"after\":\"\",\"limit\":3}");
        isSigned(400, "POST", "/internal/v1/events", "not a message");
        isSigned(403, "POST", decision, decisionOfEast);
        isSigned(404, "HEAD", absent, "");
        isSigned(404, "GET", absent, "");
        isSigned(404, "GET", "/internal/v1/nothing", "");
        isSigned(405, "DELETE", PING, "");
    }

    private void isSigned(int status, String method, String path, String body) {
        var nonce = nonce();
        var digest = Sha256.of(body).hex();
        var answer = Guest.send(signed(method, path, digest, System.currentTimeMillis(), nonce, "west", secret)
                        .header("Content-Type", "application/json")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)))
                .is(status);
        isSigned(answer, nonce, secret);
        assertThat(answer.header("Tutti-Digest"))
                .as(answer.toString())
                .isEqualTo(Sha256.of(answer.body()).hex());
    }

    @Test
    void a_photo_is_answered_under_its_name() {
        var guest = Guest.named("Gina", cluster, ASIA);
        var event = guest.creates("Signed bytes", 60);
        var digest = guest.adds(event, Photos.small(62)).getString("sha256");
        var nonce = nonce();

        var answer = Guest.send(signed(
                                "GET",
                                "/internal/v1/bytes/" + digest,
                                NOTHING,
                                System.currentTimeMillis(),
                                nonce,
                                "west",
                                secret)
                        .GET())
                .is(200);

        isSigned(answer, nonce, secret);
        assertThat(answer.header("Tutti-Digest"))
                .isEqualTo(digest)
                .isEqualTo(Sha256.of(answer.body()).hex());
    }

    @Test
    void a_recorded_message_cannot_be_played_again() {
        var now = System.currentTimeMillis();
        var nonce = nonce();
        Guest.send(signed("GET", PING, NOTHING, now, nonce, "west", secret).GET())
                .is(204);

        Guest.send(signed("GET", PING, NOTHING, now, nonce, "west", secret).GET())
                .isProblem(401, "unsigned");
    }

    @Test
    void a_message_of_another_time_is_answered_with_the_receivers_signed_time() {
        for (var apart : List.of(-HOUR_MILLIS, HOUR_MILLIS)) {
            var nonce = nonce();
            var time = System.currentTimeMillis() + apart;

            var refused = Guest.send(signed("GET", PING, NOTHING, time, nonce, "west", secret)
                            .GET())
                    .isProblem(401, "unsigned");

            var theirs = refused.header("Tutti-Time");
            assertThat(Long.parseLong(theirs)).isBetween(time - apart, System.currentTimeMillis());
            isSigned(refused, nonce, secret);
        }
    }

    @Test
    void a_message_of_or_to_another_database_is_heard_by_nobody() {
        var own = cluster.database(Site.WEST).incarnation();
        var meant = cluster.database(ASIA).incarnation();
        var now = System.currentTimeMillis();

        Guest.send(signed("GET", PING, NOTHING, now, nonce(), "west", secret, own, meant)
                        .GET())
                .is(204);
        Guest.send(signed("GET", PING, NOTHING, now, nonce(), "west", secret, own, "0".repeat(32))
                        .GET())
                .isProblem(503, "rebuilding");
        var nonce = nonce();
        var other = "1".repeat(32);
        var disowned = Guest.send(signed("GET", PING, NOTHING, now, nonce, "west", secret, other, meant)
                        .GET())
                .isProblem(503, "rebuilding");
        assertThat(disowned.header("Tutti-Incarnation-Unknown")).isEqualTo(other);
        isSigned(disowned, nonce, secret);
    }

    @Test
    void a_body_that_is_not_the_signed_one_is_not_taken() throws IOException {
        var file = Photos.small(60);
        var digest = Sha256.of(Photos.small(61)).hex();
        var path = "/internal/v1/bytes/" + digest;

        var answer = Guest.send(signed("PUT", path, digest, System.currentTimeMillis(), nonce(), "west", secret)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(file)));
        assertThat(answer.status()).as(answer + answer.text()).isBetween(400, 599);
        assertThat(Files.exists(
                        cluster.photos(ASIA).resolve(digest.substring(0, 2)).resolve(digest)))
                .isFalse();

        var question = "/internal/v1/events/" + "A".repeat(22) + "/question";
        var message = Guest.send(
                signed("POST", question, Sha256.of("{}").hex(), System.currentTimeMillis(), nonce(), "west", secret)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"id\":\"create:" + "A".repeat(22) + "@west#1\"}")));
        message.isProblem(401, "unsigned");
        assertThat(cluster.database(ASIA).rows("SELECT id FROM event WHERE id = ?", "A".repeat(22)))
                .isEmpty();
    }

    @Test
    void the_signed_body_is_not_read_as_other_letters() {
        var page = "{\"after\":\"\",\"limit\":3}";
        var path = "/internal/v1/events";

        var answer = Guest.send(
                signed("POST", path, Sha256.of(page).hex(), System.currentTimeMillis(), nonce(), "west", secret)
                        .header("Content-Type", "application/json;charset=ISO-8859-1")
                        .POST(BodyPublishers.ofString(page)));

        answer.isProblem(401, "unsigned");
    }

    @Test
    void a_stranger_is_refused_before_the_body_is_read() throws IOException {
        var url = cluster.internalUrl(ASIA);
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("PUT /internal/v1/bytes/" + NOTHING + " HTTP/1.1\r\nHost: " + url.getAuthority()
                                    + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 26000000\r\n\r\n")
                            .getBytes(UTF_8));
            var start = new String(socket.getInputStream().readNBytes(12), UTF_8);

            assertThat(start).isEqualTo("HTTP/1.1 401");
        }
    }

    @Test
    void a_site_cannot_speak_for_another_one() {
        var event = "A".repeat(22);
        var path = "/internal/v1/events/" + event + "/decision";
        var body = "{\"id\":\"create:" + event + "@east#1\",\"outcome\":\"ABORTED\",\"carried\":0}";

        var answer = Guest.send(
                signed("POST", path, Sha256.of(body).hex(), System.currentTimeMillis(), nonce(), "west", secret)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));

        assertThat(answer.status()).as(answer + answer.text()).isEqualTo(403);
        assertThat(cluster.database(ASIA).rows("SELECT id FROM event WHERE id = ?", event))
                .isEmpty();
    }

    private static void isSigned(Answer answer, String nonce, String key) {
        var said = Stream.of("Tutti-Digest", "Tutti-Incarnation", "Tutti-Incarnation-Unknown", "Tutti-Time")
                .map(answer::header)
                .map(value -> value.isEmpty() ? "-" : value);
        var text = Stream.concat(Stream.of("answer", "asia", nonce, Integer.toString(answer.status())), said);
        assertThat(answer.header("Tutti-Signature"))
                .as(answer.toString())
                .isEqualTo(mac(key, text.collect(Collectors.joining("\n"))));
    }

    private HttpRequest.Builder to(URI root, String path) {
        return HttpRequest.newBuilder(root.resolve(path));
    }

    private HttpRequest.Builder signed(
            String method, String path, String digest, long time, String nonce, String sender, String key) {
        var database = List.of("west", "east").contains(sender)
                ? cluster.database(Site.valueOf(sender.toUpperCase(Locale.ROOT)))
                        .incarnation()
                : "unknown";
        return signed(method, path, digest, time, nonce, sender, key, database, "-");
    }

    private HttpRequest.Builder signed(
            String method,
            String path,
            String digest,
            long time,
            String nonce,
            String sender,
            String key,
            String database,
            String meant) {
        var text = String.join("\n", method, path, digest, Long.toString(time), nonce, sender, database, meant);
        return to(cluster.internalUrl(ASIA), path)
                .setHeader("Tutti-Site", sender)
                .setHeader("Tutti-Time", Long.toString(time))
                .setHeader("Tutti-Nonce", nonce)
                .setHeader("Tutti-Digest", digest)
                .setHeader("Tutti-Incarnation", database)
                .setHeader("Tutti-Incarnation-Meant", meant)
                .setHeader("Tutti-Signature", mac(key, text));
    }

    private static String nonce() {
        return UUID.randomUUID().toString();
    }

    private static String mac(String key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
