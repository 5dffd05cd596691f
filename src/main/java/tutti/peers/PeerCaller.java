package tutti.peers;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import tutti.commit.SiteName;
import tutti.journal.Incarnations;
import tutti.site.PeerUnavailable;
import tutti.site.SiteConfig;
import tutti.site.Standing;

/**
 * Calls one peer: again where no answer came, within bounds, and not at all for a moment where it keeps failing. Each peer
 * has a bean class of its own ({@link PeerCallers}), because the container keeps circuits per class: one dead site must not
 * close the line to the others.
 */
public abstract class PeerCaller {

    private static final Logger LOG = Logger.getLogger(PeerCaller.class.getName());
    private static final int UNAUTHORIZED = 401;

    private SiteName peer;
    private PeerApi quick;
    private PeerApi patient;

    /** Readies the line to a peer; called once, before the first call. */
    public void connect(SiteName site, SiteConfig config, Incarnations incarnations, Standing standing) {
        peer = site;
        var signing = new PeerSigning(config, incarnations, standing, peer);
        quick = client(config, signing, config.times().peerCallTimeout().toMillis());
        patient = client(config, signing, config.times().bytesTimeout().toMillis());
    }

    private PeerApi client(SiteConfig config, PeerSigning signing, long readMillis) {
        return RestClientBuilder.newBuilder()
                .baseUri(URI.create(config.internalUrl(peer) + PeerApplication.PATH))
                .connectTimeout(config.times().peerConnectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(readMillis, TimeUnit.MILLISECONDS)
                .property("jersey.config.client.request.entity.processing", "CHUNKED")
                .register(signing)
                .build(PeerApi.class);
    }

    /** A message and its answer. */
    @Retry(maxRetries = 1, delay = 50, jitter = 40, maxDuration = 5_000, retryOn = PeerUnavailable.class)
    @Timeout(6_000)
    @CircuitBreaker(
            requestVolumeThreshold = 8,
            failureRatio = 0.75,
            delay = 1_000,
            successThreshold = 1,
            failOn = PeerUnavailable.class)
    public <T> T call(Function<PeerApi, T> message) {
        return sent(quick, message);
    }

    /** How it stands, for people who wait for it: asked once, since no answer is one as well, and never spared. */
    @Timeout(6_000)
    public <T> T look(Function<PeerApi, T> question) {
        return sent(quick, question);
    }

    /** Photos' bytes; every try opens them anew. */
    @Retry(maxRetries = 1, delay = 100, jitter = 50, maxDuration = 25_000, retryOn = PeerUnavailable.class)
    @Timeout(45_000)
    @CircuitBreaker(
            requestVolumeThreshold = 8,
            failureRatio = 0.75,
            delay = 1_000,
            successThreshold = 1,
            failOn = PeerUnavailable.class)
    public void send(String sha256, BytesSource source) {
        sent(patient, api -> {
            try (var bytes = source.open()) {
                return api.bytes(sha256, bytes).getStatus();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Photos' bytes the other way; every try begins anew. */
    @Retry(maxRetries = 1, delay = 100, jitter = 50, maxDuration = 25_000, retryOn = PeerUnavailable.class)
    @Timeout(45_000)
    public void fetch(String sha256, BytesSink sink) {
        sent(patient, api -> {
            try (var response = api.bytesOf(sha256);
                    var bytes = response.readEntity(InputStream.class)) {
                sink.take(bytes);
                return sha256;
            } catch (IOException e) {
                throw new ProcessingException(e);
            }
        });
    }

    /** Takes the bytes of a photo in. */
    @FunctionalInterface
    public interface BytesSink {
        void take(InputStream bytes) throws IOException;
    }

    /** Opens the bytes of a photo. */
    @FunctionalInterface
    public interface BytesSource {
        InputStream open() throws IOException;
    }

    private <T> T sent(PeerApi api, Function<PeerApi, T> message) {
        try {
            return message.apply(api);
        } catch (WebApplicationException e) {
            var status = e.getResponse().getStatus();
            if (status < 500 && status != UNAUTHORIZED) {
                LOG.log(Level.SEVERE, "TUTTI032 peer={0} refuses a message: {1}", new Object[] {peer, e.getMessage()});
            }
            throw new PeerUnavailable(peer, e);
        } catch (ProcessingException e) {
            throw new PeerUnavailable(peer, e);
        }
    }
}
