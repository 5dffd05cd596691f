package tutti.peers;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import java.util.Optional;
import tutti.photo.Sha256;
import tutti.site.SiteConfig;

/**
 * Lets only this cluster's sites into the internal API. It looks at headers alone, so a stranger's body is never read; the
 * body's digest is checked while it streams.
 */
@Provider
@PreMatching
public class SignatureCheck implements ContainerRequestFilter, ContainerResponseFilter {

    /** How far the clocks of two sites may be apart, and how long a recorded message stays one that could be replayed. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final long MESSAGE_BYTES_MAX = 64 * 1024;

    @Inject
    private SiteConfig config;

    @Inject
    private Nonces nonces;

    @Override
    public void filter(ContainerRequestContext request) {
        var signature = signature(request);
        var secret = config.clusterSecret();
        var mac = request.getHeaderString(Signature.MAC);
        if (signature.isEmpty()
                || mac == null
                || !signature.get().isBy(secret, mac)
                || !isPeer(signature.get().sender())) {
            request.abortWith(unsigned("This address is for the sites of this cluster only."));
            return;
        }
        var now = System.currentTimeMillis();
        var nonce = signature.get().nonce();
        if (Math.abs(now - signature.get().time()) > WINDOW.toMillis()) {
            request.abortWith(Response.fromResponse(unsigned("The sender's clock is too far from this site's."))
                    .header(Signature.TIME, now)
                    .header(Signature.MAC, Signature.ofClock(secret, now, nonce))
                    .build());
        } else if (!nonces.isNew(nonce, WINDOW)) {
            request.abortWith(unsigned("This message was received before."));
        } else {
            var bytes = request.getMethod().equals("PUT") ? config.limits().photoBytesMax() : MESSAGE_BYTES_MAX;
            request.setEntityStream(
                    new CheckedBody(request.getEntityStream(), signature.get().digest(), bytes));
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(Signature.SENDER, config.self().name());
    }

    private static Optional<Signature> signature(ContainerRequestContext request) {
        try {
            return Optional.of(new Signature(
                    request.getMethod(),
                    request.getUriInfo().getRequestUri().getRawPath(),
                    new Sha256(request.getHeaderString(Signature.DIGEST)).hex(),
                    Long.parseLong(request.getHeaderString(Signature.TIME)),
                    request.getHeaderString(Signature.NONCE),
                    request.getHeaderString(Signature.SENDER)));
        } catch (IllegalArgumentException | NullPointerException e) {
            return Optional.empty(); // a header is missing or malformed
        }
    }

    private boolean isPeer(String sender) {
        return config.peers().stream().anyMatch(peer -> peer.name().equals(sender));
    }

    private static Response unsigned(String detail) {
        var problem = Json.createObjectBuilder()
                .add("type", "urn:tutti:problem:unsigned")
                .add("title", "Not signed by a site of this cluster")
                .add("status", 401)
                .add("detail", detail)
                .build();
        return Response.status(Response.Status.UNAUTHORIZED)
                .type(new MediaType("application", "problem+json"))
                .entity(problem.toString())
                .build();
    }

    /** A body that turns out to be another one than was signed, as late as it is seen. */
    @Provider
    public static class OfBody implements ExceptionMapper<CheckedBody.NotTheSigned> {
        @Override
        public Response toResponse(CheckedBody.NotTheSigned e) {
            return unsigned("The body is not the one that was signed.");
        }
    }
}
