package tutti.peers;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.commit.SiteName;
import tutti.journal.Incarnations;
import tutti.site.SiteConfig;
import tutti.site.Standing;

/**
 * Signs what this site sends to one peer, by that peer's clock as far as a refusal has made it known, and lets only those
 * answers in that the peer has signed.
 */
final class PeerSigning implements ClientRequestFilter, ClientResponseFilter {

    private static final Logger LOG = Logger.getLogger(PeerSigning.class.getName());

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
                Signature.digestOf(request.getEntity(), path),
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

    /** Nothing is drawn from an answer that the peer has not signed for this very message: it is as if none had come. */
    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) throws IOException {
        var nonce = String.valueOf(request.getHeaders().getFirst(Signature.NONCE));
        var answer = AnswerSignature.of(nonce, response.getStatus(), response::getHeaderString);
        if (!answer.site().equals(peer.name()) || !answer.isBy(secret, response.getHeaderString(Signature.MAC))) {
            throw new CheckedBody.NotTheSigned(
                    "what came with status " + answer.status() + " is not signed by " + peer);
        }
        response.getHeaders().remove(HttpHeaders.CONTENT_TYPE); // its charset, unsigned, would change what is read
        response.setEntityStream(new CheckedBody(response.getEntityStream(), answer.digest(), Long.MAX_VALUE));
        learnDatabase(answer);
        learnTime(answer);
    }

    /** The first answer of a peer makes its database known; a peer that knows another one of this site says so. */
    private void learnDatabase(AnswerSignature answer) {
        if (answer.isDisowning()) {
            standing.isDisownedBy(peer);
        } else if (answer.namesDatabase()) {
            incarnations.isMet(peer, answer.database());
            standing.isKnownTo(peer);
        }
    }

    /** A refusal for time: the next try is signed by the peer's clock. */
    private void learnTime(AnswerSignature answer) {
        if (answer.tellsTime()) {
            clock.learn(Long.parseLong(answer.time()), System.currentTimeMillis());
            LOG.log(Level.WARNING, "TUTTI033 peer={0} clock is {1} ms ahead of ours", new Object[] {
                peer, Long.toString(clock.at(0))
            });
        }
    }
}
