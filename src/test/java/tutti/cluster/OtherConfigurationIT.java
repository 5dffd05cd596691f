package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two sites that are set up otherwise than usual: they speak TLS, with users and with each other, by the certificates that
 * {@code run-cluster.sh} makes; and each has room for one photo.
 */
class OtherConfigurationIT {

    private static final Duration MOST = Duration.ofMinutes(6);
    private static final Duration ANSWER_MOST = Duration.ofSeconds(60);
    private static final String PING = "/internal/v1/ping";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private static Script script;
    private static Map<Site, SitePorts> ports;

    @BeforeAll
    static void two_sites_start() throws IOException {
        script = new Script("tls");
        script.surroundByDefault("TUTTI_JAVA_OPTS", RunningCluster.SHORT_LIVES);
        ports = configured(script);
        script.call(MOST, "certificates");
        script.call(MOST, "start");
    }

    @AfterAll
    static void they_stop() {
        script.call(MOST, "stop");
    }

    @Test
    void users_and_sites_do_all_they_do_over_tls_as_long_as_there_is_room() throws Exception {
        var browser = client(context(authority(script), null));
        var arrival = send(browser, to(users(WEST), "/api/v1/published?limit=1").GET());
        assertThat(arrival.statusCode()).isEqualTo(200);
        assertThat(header(arrival, "Strict-Transport-Security")).contains("max-age=");
        assertThat(header(arrival, "Set-Cookie")).contains("Secure").contains("HttpOnly");
        var cookie = header(arrival, "Set-Cookie").split(";")[0];

        var created = send(
                browser,
                to(users(WEST), "/api/v1/events")
                        .headers("Cookie", cookie, "Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"title\": \"In closed envelopes\"}")));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        var event = header(created, "Location").replaceFirst(".*/", "");

        var added = send(browser, upload(event, cookie, Photos.small(1)));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        assertThat(header(added, "Server-Timing"))
                .matches("receive;dur=[\\d.]+, decode;dur=[\\d.]+, store;dur=[\\d.]+, commit;dur=[\\d.]+");
        Soon.until("west shows it, too", () -> assertThat(send(
                                browser,
                                to(users(WEST), "/api/v1/events/" + event)
                                        .header("Cookie", cookie)
                                        .GET())
                        .body())
                .containsPattern("\"version\":\\s*\\{\\s*\"number\":\\s*1\\b"));

        var oneTooMany = send(browser, upload(event, cookie, Photos.small(2)));
        assertThat(oneTooMany.statusCode()).isEqualTo(507);
        assertThat(oneTooMany.body()).contains("urn:tutti:problem:no-space");
    }

    private static HttpRequest.Builder upload(String event, String cookie, byte[] photo) {
        return to(users(EAST), "/api/v1/events/" + event + "/photos")
                .headers("Cookie", cookie, "Content-Type", Multipart.type())
                .POST(BodyPublishers.ofByteArray(
                        Multipart.photo(photo).field("name", "Wim").ended()));
    }

    private static HttpResponse<String> send(HttpClient browser, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void the_session_of_an_operator_is_never_sent_without_tls() throws Exception {
        var password = Files.readString(script.data().resolve("admin-password")).strip();

        var login = send(
                client(context(authority(script), null)),
                to(users(WEST), Operator.LOGIN)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(Operator.filledIn(password))));

        assertThat(login.statusCode()).isEqualTo(302);
        assertThat(header(login, "Set-Cookie"))
                .startsWith("tutti_admin_west=")
                .contains("; Secure", "; HttpOnly")
                .containsIgnoringCase("; SameSite=Strict");
    }

    @Test
    void no_site_listens_to_who_has_no_certificate_of_this_cluster() throws Exception {
        var authority = authority(script);
        var ofThisCluster = client(context(authority, keys(script, EAST)));
        assertThat(status(ofThisCluster, peers(WEST)))
                .as("let in, and told to sign")
                .isEqualTo(401);

        var stranger = new Script("stranger");
        configured(stranger);
        stranger.call(MOST, "certificates");
        assertThatIOException()
                .as("a certificate of another authority")
                .isThrownBy(() -> status(client(context(authority, keys(stranger, EAST))), peers(WEST)));
        assertThatIOException()
                .as("no certificate")
                .isThrownBy(() -> status(client(context(authority, null)), peers(WEST)));
        assertThatIOException()
                .as("no TLS")
                .isThrownBy(() -> status(
                        client(SSLContext.getDefault()),
                        URI.create("http://localhost:" + peers(WEST).getPort())));
    }

    @Test
    void a_certificate_does_not_open_the_door_for_sites_at_the_one_for_users() throws Exception {
        var ofThisCluster = client(context(authority(script), keys(script, EAST)));
        assertThat(status(ofThisCluster, users(WEST))).isEqualTo(404);
    }

    /** West and east alone; the ports of the other two are those of their doors with TLS. */
    private static Map<Site, SitePorts> configured(Script script) throws IOException {
        var ports = ClusterConfig.written(script.config());
        var shared = script.config().resolve("cluster.properties");
        var text = Files.readString(shared)
                .replaceAll("(?m)^tutti\\.site\\.(europe|asia)\\..*$", "")
                .replaceAll("(?m)^tutti\\.sites=.*$", "tutti.sites=west,east")
                .replaceAll("(?m)^(tutti\\.site\\.\\w+\\.internal-url=)http:", "$1https:");
        for (var site : new Site[] {WEST, EAST}) {
            var door = doorPort(ports, site);
            text = text.replaceAll("(?m)^(tutti\\.site\\." + site + "\\.url=).*$", "$1https://localhost:" + door);
            Files.writeString(
                    script.config().resolve(site + ".properties"),
                    "\ntutti.port=" + ports.get(site).users() + "\ntutti.tls.port=" + door + "\n",
                    StandardOpenOption.APPEND);
        }
        Files.writeString(
                shared, text.replaceAll("(?m)^tutti\\.limit\\.site-bytes-max=.*$", "tutti.limit.site-bytes-max=1"));
        return ports;
    }

    private static int doorPort(Map<Site, SitePorts> ports, Site site) {
        return ports.get(site == WEST ? EUROPE : ASIA).users();
    }

    private static URI users(Site site) {
        return URI.create("https://localhost:" + doorPort(ports, site));
    }

    private static URI peers(Site site) {
        return URI.create("https://localhost:" + ports.get(site).peers());
    }

    private static int status(HttpClient client, URI door) throws IOException, InterruptedException {
        return client.send(to(door, PING).GET().build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static HttpRequest.Builder to(URI door, String path) {
        return HttpRequest.newBuilder(door.resolve(path)).timeout(ANSWER_MOST);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static HttpClient client(SSLContext context) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build();
    }

    /** Whom this cluster's sites trust. */
    private static KeyStore authority(Script script) throws IOException, GeneralSecurityException {
        return store(script.data().resolve("west/tls/cacerts.p12"));
    }

    private static KeyStore keys(Script script, Site site) throws IOException, GeneralSecurityException {
        return store(script.data().resolve(site + "/tls/keystore.p12"));
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    /** @param keys whose certificate is shown; null where none is */
    private static SSLContext context(KeyStore trusted, KeyStore keys) throws GeneralSecurityException {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys == null ? null : own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
