package tutti.peers;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import tutti.commit.SiteName;
import tutti.photo.Sha256;

/** Signs what this site sends to one peer, by that peer's clock as far as a refusal has made it known. */
final class PeerSigning implements ClientRequestFilter {

    /** SHA-256 of nothing, for requests without a body. */
    private static final String NOTHING = Sha256.of("").hex();

    private static final String BYTES = "/bytes/";

    private final byte[] secret;
    private final SiteName self;
    private final AtomicLong aheadMillis;

    PeerSigning(byte[] secret, SiteName self, AtomicLong aheadMillis) {
        this.secret = secret;
        this.self = self;
        this.aheadMillis = aheadMillis;
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
                System.currentTimeMillis() + aheadMillis.get(),
                Base64.getUrlEncoder().withoutPadding().encodeToString(random),
                self.name());
        var headers = request.getHeaders();
        headers.putSingle(Signature.SENDER, signature.sender());
        headers.putSingle(Signature.TIME, Long.toString(signature.time()));
        headers.putSingle(Signature.NONCE, signature.nonce());
        headers.putSingle(Signature.DIGEST, signature.digest());
        headers.putSingle(Signature.MAC, signature.by(secret));
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
