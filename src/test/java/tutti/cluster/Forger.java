package tutti.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Somebody on the line from one site to another who passes on all that is asked, and makes a yes of whatever else is answered:
 * who is missing has accepted, what is not promised is, and bytes that are not there are.
 */
final class Forger implements AutoCloseable {

    private static final String VOTE = "\\{\"vote\":\"(?:no|cannot-say)\".*";
    private static final String PROMISE = "{\"vote\":\"yes\",\"carried\":0}";
    private static final String MISSING =
            "\"accepted\":\\[],\"rejected\":\\[],\"missing\":(\\[[^]]+])"; // as a site says it of whoever is silent
    private static final String ACCEPTED = "\"accepted\":$1,\"rejected\":[],\"missing\":[]";

    /** Each connection has its own, which the server and the client see to. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection", "content-length", "date", "expect", "host", "keep-alive", "transfer-encoding", "upgrade");

    private final URI target;
    private final HttpServer door;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger forged = new AtomicInteger();
    private volatile boolean forging;

    Forger(URI target) throws IOException {
        this.target = target;
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.setExecutor(threads);
        door.createContext("/", this::pass);
        door.start();
    }

    /** Where the one site finds the other. */
    URI url() {
        return URI.create("http://localhost:" + door.getAddress().getPort());
    }

    void begin() {
        forged.set(0);
        forging = true;
    }

    /** Passes all on as it is from now on. @return how many answers were forged since it began */
    int end() {
        forging = false;
        return forged.get();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = client.send(request(exchange), BodyHandlers.ofByteArray());
            answer.headers().map().forEach((name, values) -> {
                if (isPassedOn(name)) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            var body = said(answer);
            exchange.sendResponseHeaders(status(exchange, answer), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (isPassedOn(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static boolean isPassedOn(String header) {
        return !OF_THE_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
    }

    private byte[] said(HttpResponse<byte[]> answer) {
        var text = new String(answer.body(), StandardCharsets.ISO_8859_1);
        var other = text.replaceAll(VOTE, PROMISE).replaceAll(MISSING, ACCEPTED);
        if (!forging || other.equals(text)) {
            return answer.body();
        }
        forged.incrementAndGet();
        return other.getBytes(StandardCharsets.ISO_8859_1);
    }

    private int status(HttpExchange exchange, HttpResponse<byte[]> answer) {
        if (!forging
                || answer.statusCode() != 404
                || !exchange.getRequestMethod().equals("HEAD")) {
            return answer.statusCode();
        }
        forged.incrementAndGet();
        return 204;
    }

    @Override
    public void close() {
        door.stop(0);
        threads.shutdownNow();
    }
}
