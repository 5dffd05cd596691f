package tutti.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tutti.photo.Sha256;

/**
 * The smallest site that there could be: an HTTP server that takes a message which is signed as the sites sign theirs, forces a
 * small record to the disk, and then answers with a proof of its own.
 */
final class SignedWriter implements AutoCloseable {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final String PATH = "/write";
    private static final String DIGEST = "Digest";
    private static final String TIME = "Time";
    private static final String NONCE = "Nonce";
    private static final String SIGNATURE = "Signature";
    private static final String SECRET = "a secret that all of them know";

    private static final int RECORD_BYTES = 128;
    private static final int NO_CONTENT = 204;
    private static final int UNAUTHORIZED = 401;

    private final FileChannel records;
    private final HttpServer server;

    SignedWriter(Path file, ExecutorService threads) throws IOException {
        records = FileChannel.open(file, CREATE, APPEND);
        // Else the head of an answer waits for its acknowledgement before the rest is sent.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(PATH, this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Returns when a record is on the disk. */
    void write() throws IOException {
        records.write(ByteBuffer.allocate(RECORD_BYTES));
        records.force(true);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var sent = exchange.getRequestHeaders();
            var nonce = sent.getFirst(NONCE);
            var expected = mac("POST", PATH, digest(body), sent.getFirst(TIME), nonce);
            if (!same(expected, sent.getFirst(SIGNATURE))) {
                exchange.sendResponseHeaders(UNAUTHORIZED, -1);
                return;
            }
            write();
            exchange.getResponseHeaders().set(SIGNATURE, mac("written", nonce));
            exchange.sendResponseHeaders(NO_CONTENT, -1);
        }
    }

    /** Returns when such a server has written. @param server itself, or a way to it */
    static void ask(URI server, String message) throws IOException, InterruptedException {
        var time = Long.toString(System.currentTimeMillis());
        var nonce = UUID.randomUUID().toString();
        var digest = digest(message);
        var request = HttpRequest.newBuilder(server.resolve(PATH))
                .header(DIGEST, digest)
                .header(TIME, time)
                .header(NONCE, nonce)
                .header(SIGNATURE, mac("POST", PATH, digest, time, nonce))
                .POST(BodyPublishers.ofString(message));
        var answer = CLIENT.send(request.build(), BodyHandlers.discarding());
        var proof = answer.headers().firstValue(SIGNATURE).orElse("");
        if (answer.statusCode() != NO_CONTENT || !same(mac("written", nonce), proof)) {
            throw new IllegalStateException(server + " answers with " + answer.statusCode());
        }
    }

    private static String digest(String text) {
        return Sha256.of(text).hex();
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
    }

    private static String mac(String... parts) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(String.join("\n", parts).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        records.close();
    }
}
