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
import tutti.journal.Incarnations;
import tutti.photo.Sha256;
import tutti.site.SiteConfig;
import tutti.site.Standing;

/** Signs what this site sends to one peer, by that peer's clock as far as a refusal has made it known. */
final class PeerSigning implements ClientRequestFilter, ClientResponseFilter {

    private static final Logger LOG = Logger.getLogger(PeerSigning.class.getName());

    /** SHA-256 of nothing, for requests without a body. */
    private static final String NOTHING = Sha256.of("").hex();

    private static final String BYTES = "/bytes/";

    private final byte[] secret;
    private final SiteName self;
    private final Incarnations incarnations;
    private final Standing standing;
    private final SiteName peer;
    private final PeerClock clock = new PeerClock();

    PeerSigning(SiteConfig config, Incarnations incarnations, Standing standing, SiteName peer) {
        this.secret = config.clusterSecret();
        this.self = config.self();
        this.incarnations = incarnations;
        this.standing = standing;
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
                self.name(),
                incarnations.own().incarnation(),
                incarnations.of(peer).orElse(Signature.ANY));
        var headers = request.getHeaders();
        headers.putSingle(Signature.SENDER, signature.sender());
        headers.putSingle(Signature.TIME, Long.toString(signature.time()));
        headers.putSingle(Signature.NONCE, signature.nonce());
        headers.putSingle(Signature.DIGEST, signature.digest());
        headers.putSingle(Signature.INCARNATION, signature.incarnation());
        headers.putSingle(Signature.MEANT, signature.meant());
        headers.putSingle(Signature.MAC, signature.by(secret));
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        learnDatabase(request, response);
        learnTime(request, response);
    }

    /** The first answer of a peer makes its database known; a peer that knows another one of this site says so. */
    private void learnDatabase(ClientRequestContext request, ClientResponseContext response) {
        var name = response.getHeaderString(Signature.INCARNATION);
        var proof = response.getHeaderString(Signature.PROOF);
        if (name == null || proof == null) {
            return;
        }
        var nonce = String.valueOf(request.getHeaders().getFirst(Signature.NONCE));
        var own = String.valueOf(request.getHeaders().getFirst(Signature.INCARNATION));
        if (Signature.same(Signature.ofAnswer(secret, name, nonce), proof)) {
            incarnations.isMet(peer, name);
            standing.isKnownTo(peer);
        } else if (Signature.same(Signature.ofRefusal(secret, own, nonce), proof)) {
            standing.isDisownedBy(peer);
        }
    }

    /** A refusal for time: the next try is signed by the peer's clock. */
    private void learnTime(ClientRequestContext request, ClientResponseContext response) {
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
