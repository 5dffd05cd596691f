package tutti.peers;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.commit.SiteName;
import tutti.photo.Sha256;

/** Signs what this site sends to one peer, by that peer's clock as far as a refusal has made it known. */
final class PeerSigning implements ClientRequestFilter, ClientResponseFilter {

    private static final Logger LOG = Logger.getLogger(PeerSigning.class.getName());

    /** SHA-256 of nothing, for requests without a body. */
    private static final String NOTHING = Sha256.of("").hex();

    private static final String BYTES = "/bytes/";

    private final byte[] secret;
    private final SiteName self;
    private final SiteName peer;
    private final PeerClock clock = new PeerClock();

    PeerSigning(byte[] secret, SiteName self, SiteName peer) {
        this.secret = secret;
        this.self = self;
        this.peer = peer;
    }

    @Override
    public void filter(ClientRequestContext request) {
        var random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        var path = request.getUri().getRawPath();
        var signature = new Signature(
                request.getMethod(),
                path,
                digest(request, path),
                clock.at(System.currentTimeMillis()),
                Base64.getUrlEncoder().withoutPadding().encodeToString(random),
                self.name());
        var headers = request.getHeaders();
        headers.putSingle(Signature.SENDER, signature.sender());
        headers.putSingle(Signature.TIME, Long.toString(signature.time()));
        headers.putSingle(Signature.NONCE, signature.nonce());
        headers.putSingle(Signature.DIGEST, signature.digest());
        headers.putSingle(Signature.MAC, signature.by(secret));
    }

    /** A refusal for time: the next try is signed by the peer's clock. */
    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        var time = response.getHeaderString(Signature.TIME);
        if (response.getStatus() != Response.Status.UNAUTHORIZED.getStatusCode() || time == null) {
            return;
        }
        var nonce = String.valueOf(request.getHeaders().getFirst(Signature.NONCE));
        var now = System.currentTimeMillis();
        if (clock.learn(secret, nonce, time, response.getHeaderString(Signature.MAC), now)) {
            LOG.log(Level.WARNING, "TUTTI033 peer={0} clock is {1} ms ahead of ours", new Object[] {
                peer, Long.toString(clock.at(0))
            });
        } else {
            LOG.log(Level.SEVERE, "TUTTI032 peer={0} is answered for by somebody who has not signed the time", peer);
        }
    }

    /** Photos' bytes are sent under their own hash; all other bodies are texts. */
    private static String digest(ClientRequestContext request, String path) {
        if (!request.hasEntity()) {
            return NOTHING;
        }
        var bytes = path.lastIndexOf(BYTES);
        return bytes >= 0
                ? path.substring(bytes + BYTES.length())
                : Sha256.of(request.getEntity().toString()).hex();
    }
}
