package tutti.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stranger with an event's page open at one site, until the montage is public there. As pages do, it looks when the site says
 * that there is something new, and now and then by itself; to look all the time would take the processors from the ballot.
 */
final class Onlooker implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final long LOOKS_MILLIS = 500;
    private static final int LOOKS_MOST = 120;

    private final BenchGuest stranger = new BenchGuest();
    private final URI site;
    private final String event;
    private final CompletableFuture<Long> published = new CompletableFuture<>();
    private WebSocket page;

    private Onlooker(URI site, String event) {
        this.site = site;
        this.event = event;
    }

    /** Returns when the page listens. */
    static Onlooker at(URI site, String event) throws IOException, InterruptedException {
        var onlooker = new Onlooker(site, event);
        onlooker.look();
        onlooker.page = CLIENT.newWebSocketBuilder()
                .header("Cookie", onlooker.stranger.cookie())
                .buildAsync(
                        URI.create("ws" + site.toString().substring("http".length()) + "/e/" + event + "/news"),
                        onlooker)
                .join();
        return onlooker;
    }

    /** When it was seen that the montage is public, by {@link System#nanoTime}. */
    long seenPublicAt() throws IOException, InterruptedException, ExecutionException {
        for (var looks = 0; looks < LOOKS_MOST; looks++) {
            try {
                return published.get(LOOKS_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                look();
            }
        }
        throw new IllegalStateException(site + " does not show event " + event + " in public within a minute");
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence hint, boolean last) {
        try {
            look();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        socket.request(1);
        return null;
    }

    private void look() throws IOException, InterruptedException {
        if ("published".equals(stranger.event(site, event).getString("status", ""))) {
            published.complete(System.nanoTime());
        }
    }

    @Override
    public void close() {
        page.abort();
    }
}
