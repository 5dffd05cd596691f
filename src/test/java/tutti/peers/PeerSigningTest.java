package tutti.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tutti.commit.SiteName;
import tutti.journal.Incarnations;
import tutti.journal.ThisDatabase;
import tutti.photo.Sha256;
import tutti.site.SiteConfig;
import tutti.site.Standing;

/** West asks east to prepare something, and east says no. */
class PeerSigningTest {

    private static final SiteName EAST = new SiteName("east");
    private static final byte[] SECRET = "of the cluster".getBytes(StandardCharsets.US_ASCII);
    private static final String NO = "{\"vote\":\"no\"}";
    private static final long HOUR_MILLIS = 3_600_000;

    private final List<String> learnt = new ArrayList<>();
    private final PeerSigning signing = new PeerSigning(new West(), new Databases(), new Standings(), EAST);
    private final MultivaluedMap<String, Object> sent = new MultivaluedHashMap<>();
    private final ClientRequestContext request = request();

    @Test
    void takes_what_the_peer_has_answered_to_this_very_message() throws IOException {
        signing.filter(request);

        assertThat(read(new Answer(200, NO).signed())).isEqualTo(NO);
        assertThat(learnt).containsExactly("east has d1", "known to east");
    }

    @Test
    void takes_a_signed_refusal_as_the_peers_as_well() throws IOException {
        signing.filter(request);

        assertThat(read(new Answer(409, "").signed())).isEmpty();
    }

    @Test
    void nothing_is_drawn_from_an_answer_that_somebody_has_changed() {
        signing.filter(request);

        isRefused(new Answer(503, "").signed().with(200));
        isRefused(new Answer(200, NO)
                .signed()
                .with(Signature.DIGEST, Sha256.of("{\"vote\":\"yes\"}").hex()));
        isRefused(new Answer(200, NO).signed().with(Signature.INCARNATION, "d2"));
        isRefused(new Answer(200, NO).signed().with(Signature.UNKNOWN, "d1"));
        isRefused(new Answer(200, NO).signed().with(Signature.TIME, "1"));
        isRefused(new Answer(200, NO).signed().without(Signature.MAC));
        isRefused(new Answer(200, NO).signed().without(Signature.INCARNATION));
    }

    @Test
    void nothing_is_drawn_from_an_answer_of_somebody_else_or_to_another_message() {
        signing.filter(request);
        var earlier = new Answer(200, NO).signed();
        signing.filter(request);

        isRefused(earlier);
        isRefused(new Answer(200, NO).with(Signature.SENDER, "asia").signed());
        isRefused(new Answer(200, NO).signed("stranger".getBytes(StandardCharsets.US_ASCII)));
        isRefused(new Answer(401, "not signed by a site of this cluster"));
        isRefused(new Answer(404, "").without(Signature.SENDER));
    }

    @Test
    void another_body_than_the_signed_one_fails_as_it_is_read() {
        signing.filter(request);

        for (var other : List.of("{\"vote\":\"yes\"}", "{\"vote\":\"no\"", NO + " ", "")) {
            assertThatThrownBy(() -> read(new Answer(200, NO).signed().of(other)))
                    .as(other)
                    .isInstanceOf(CheckedBody.NotTheSigned.class);
        }
    }

    @Test
    void the_type_of_an_answer_is_not_signed_and_so_not_read() throws IOException {
        signing.filter(request);
        var answer = new Answer(200, NO).signed();
        answer.others.putSingle(HttpHeaders.CONTENT_TYPE, "application/json;charset=ISO-8859-1");

        assertThat(read(answer)).isEqualTo(NO);
        assertThat(answer.others).isEmpty();
    }

    @Test
    void a_refusal_for_its_time_puts_the_next_try_to_the_peers_clock() throws IOException {
        signing.filter(request);
        var theirs = System.currentTimeMillis() + HOUR_MILLIS;

        read(new Answer(401, "").with(Signature.TIME, Long.toString(theirs)).signed());
        signing.filter(request);

        assertThat(Long.parseLong(sent.getFirst(Signature.TIME).toString()))
                .isBetween(theirs, System.currentTimeMillis() + HOUR_MILLIS);
    }

    @Test
    void a_peer_that_knows_another_database_of_this_site_is_heard() throws IOException {
        signing.filter(request);

        read(new Answer(503, "").with(Signature.UNKNOWN, "d0").signed());

        assertThat(learnt).containsExactly("disowned by east");
    }

    private void isRefused(Answer answer) {
        assertThatThrownBy(() -> read(answer)).isInstanceOf(CheckedBody.NotTheSigned.class);
        assertThat(learnt).isEmpty();
    }

    private String read(Answer answer) throws IOException {
        signing.filter(request, answer.context());
        return new String(answer.body.readAllBytes(), StandardCharsets.UTF_8);
    }

    private ClientRequestContext request() {
        return stub(
                ClientRequestContext.class,
                Map.of(
                        "getMethod", any -> "POST",
                        "getUri", any -> URI.create("http://localhost/internal/v1/events/e/prepare"),
                        "getEntity", any -> "{}",
                        "getHeaders", any -> sent));
    }

    private static <T> T stub(Class<T> type, Map<String, Function<Object[], Object>> methods) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> methods.get(method.getName()).apply(arguments)));
    }

    /** What comes in at west. */
    private final class Answer {

        private int status;
        private InputStream body;
        private final Map<String, String> headers = new HashMap<>();
        private final MultivaluedMap<String, String> others = new MultivaluedHashMap<>();

        Answer(int status, String text) {
            this.status = status;
            of(text);
            with(Signature.SENDER, "east");
            with(Signature.INCARNATION, "d1");
            with(Signature.DIGEST, Sha256.of(text).hex());
        }

        Answer of(String text) {
            body = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        Answer with(int other) {
            status = other;
            return this;
        }

        Answer with(String header, String value) {
            headers.put(header, value);
            return this;
        }

        Answer without(String header) {
            headers.remove(header);
            return this;
        }

        Answer signed() {
            return signed(SECRET);
        }

        Answer signed(byte[] secret) {
            var nonce = sent.getFirst(Signature.NONCE).toString();
            return with(
                    Signature.MAC,
                    AnswerSignature.of(nonce, status, headers::get).by(secret));
        }

        ClientResponseContext context() {
            return stub(
                    ClientResponseContext.class,
                    Map.of(
                            "getStatus", any -> status,
                            "getHeaders", any -> others,
                            "getHeaderString", name -> headers.get(name[0].toString()),
                            "getEntityStream", any -> body,
                            "setEntityStream", stream -> body = (InputStream) stream[0]));
        }
    }

    private static final class West extends SiteConfig {

        @Override
        public SiteName self() {
            return new SiteName("west");
        }

        @Override
        public byte[] clusterSecret() {
            return SECRET.clone();
        }
    }

    private final class Databases extends Incarnations {

        @Override
        public ThisDatabase own() {
            return new ThisDatabase("d0", ThisDatabase.State.SERVING, "");
        }

        @Override
        public Optional<String> of(SiteName peer) {
            return Optional.empty();
        }

        @Override
        public boolean isMet(SiteName peer, String name) {
            return learnt.add(peer + " has " + name);
        }
    }

    private final class Standings extends Standing {

        @Override
        public void isKnownTo(SiteName peer) {
            learnt.add("known to " + peer);
        }

        @Override
        public void isDisownedBy(SiteName peer) {
            learnt.add("disowned by " + peer);
        }
    }
}
