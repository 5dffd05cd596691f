package tutti.peers;

import jakarta.inject.Inject;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tutti.commit.SiteName;
import tutti.journal.Incarnations;
import tutti.journal.JsonText;
import tutti.journal.StorageUnavailable;
import tutti.photo.Sha256;
import tutti.site.SiteConfig;
import tutti.site.Standing;
import tutti.site.Times;

/**
 * Lets only this cluster's sites into the internal API. It looks at headers alone, so a stranger's body is never read; the
 * body's digest is checked while it streams. What it has let in is answered under the secret that it came with; a stranger
 * gets an answer that is worth nothing.
 */
@Provider
@PreMatching
public class SignatureCheck implements ContainerRequestFilter, ContainerResponseFilter {

    /** How far the clocks of two sites may be apart, and how long a recorded message stays one that could be replayed. */
    static final Duration WINDOW = Times.CLOCKS_APART_MAX;

    private static final long MESSAGE_BYTES_MAX = 64 * 1024;

    private static final String UNKNOWN =
            "This site knows the sender by another database. If that is lost, the sender has to be"
                    + " rebuilt from the others.";

    @Inject
    private SiteConfig config;

    @Inject
    private MessageNonces nonces;

    @Inject
    private Incarnations incarnations;

    @Inject
    private Standing standing;

    @Override
    public void filter(ContainerRequestContext request) {
        var signature = signature(request);
        var key = signature.flatMap(signed -> keyOf(signed, request.getHeaderString(Signature.MAC)));
        if (key.isEmpty() || !isPeer(signature.get().sender())) {
            request.abortWith(unsigned("This address is for the sites of this cluster only."));
            return;
        }
        var secret = key.get();
        request.setProperty(Signature.MAC, secret);
        var now = System.currentTimeMillis();
        if (Math.abs(now - signature.get().time()) > WINDOW.toMillis()) {
            request.abortWith(Response.fromResponse(unsigned("The sender's clock is too far from this site's."))
                    .header(Signature.TIME, Long.toString(now))
                    .build());
        } else if (namesCharset(request)) {
            request.abortWith(unsigned("The type of the body is not one that a site gives it."));
        } else if (!nonces.isNew(signature.get().nonce())) {
            request.abortWith(unsigned("This message was received before."));
        } else if (!isWelcome(request, signature.get())) {
            return;
        } else {
            var bytes = request.getMethod().equals("PUT") ? config.limits().photoBytesMax() : MESSAGE_BYTES_MAX;
            request.setEntityStream(
                    new CheckedBody(request.getEntityStream(), signature.get().digest(), bytes));
        }
    }

    /** The secret that was used; what is answered is signed with the same. */
    private Optional<byte[]> keyOf(Signature signature, String mac) {
        return config.clusterSecrets().stream()
                .filter(secret -> signature.isBy(secret, mac))
                .findFirst();
    }

    /** The type is not signed. Sites write UTF-8 without saying so; another charset would make other letters of the same bytes. */
    private static boolean namesCharset(ContainerRequestContext request) {
        var type = request.getMediaType();
        return type != null && !type.getParameters().isEmpty();
    }

    /** Whether both sites mean the databases that they have; while this one is being rebuilt, it can say nothing. */
    private boolean isWelcome(ContainerRequestContext request, Signature signature) {
        try {
            var own = incarnations.own();
            var meant = List.of(Signature.ANY, own.incarnation()).contains(signature.meant());
            if (!meant || !standing.serves()) {
                request.abortWith(cannotSay("This site's database is another one, or is being made again."));
                return false;
            }
            request.setProperty(Signature.INCARNATION, own.incarnation());
            var sender = new SiteName(signature.sender());
            if (!isAnnouncement(request) && !incarnations.isMet(sender, signature.incarnation())) {
                request.abortWith(Response.fromResponse(cannotSay(UNKNOWN))
                        .header(Signature.UNKNOWN, signature.incarnation())
                        .build());
                return false;
            }
            return true;
        } catch (StorageUnavailable e) {
            request.abortWith(cannotSay(e.getMessage()));
            return false;
        }
    }

    /** A site that has lost its disk says so with its new database's name. */
    private static boolean isAnnouncement(ContainerRequestContext request) {
        return request.getUriInfo().getRequestUri().getRawPath().endsWith(PeerApplication.PATH + PeerApi.LOSS);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(Signature.SENDER, config.self().name());
        if (request.getProperty(Signature.MAC) instanceof byte[] secret) {
            sign(request, response, secret);
        }
    }

    /** Whatever is answered, errors as well: the asking site draws something from each. */
    private static void sign(ContainerRequestContext request, ContainerResponseContext response, byte[] secret) {
        var path = request.getUriInfo().getRequestUri().getRawPath();
        var headers = response.getHeaders();
        headers.putSingle(Signature.DIGEST, Signature.digestOf(response.getEntity(), path));
        if (request.getProperty(Signature.INCARNATION) instanceof String own) {
            headers.putSingle(Signature.INCARNATION, own);
        }
        var answer = AnswerSignature.of(
                request.getHeaderString(Signature.NONCE), response.getStatus(), response::getHeaderString);
        headers.putSingle(Signature.MAC, answer.by(secret));
    }

    private static Optional<Signature> signature(ContainerRequestContext request) {
        try {
            return Optional.of(new Signature(
                    request.getMethod(),
                    request.getUriInfo().getRequestUri().getRawPath(),
                    new Sha256(request.getHeaderString(Signature.DIGEST)).hex(),
                    Long.parseLong(request.getHeaderString(Signature.TIME)),
                    request.getHeaderString(Signature.NONCE),
                    request.getHeaderString(Signature.SENDER),
                    Objects.requireNonNull(request.getHeaderString(Signature.INCARNATION)),
                    Objects.requireNonNull(request.getHeaderString(Signature.MEANT))));
        } catch (IllegalArgumentException | NullPointerException e) {
            return Optional.empty(); // a header is missing or malformed
        }
    }

    private boolean isPeer(String sender) {
        return config.peers().stream().anyMatch(peer -> peer.name().equals(sender));
    }

    private static Response unsigned(String detail) {
        return problem(Response.Status.UNAUTHORIZED, "unsigned", "Not signed by a site of this cluster", detail);
    }

    private static Response cannotSay(String detail) {
        return problem(Response.Status.SERVICE_UNAVAILABLE, "rebuilding", "Nothing to say now", detail);
    }

    private static Response problem(Response.Status status, String code, String title, String detail) {
        var problem = JsonText.object()
                .add("type", "urn:tutti:problem:" + code)
                .add("title", title)
                .add("status", status.getStatusCode())
                .add("detail", detail)
                .build();
        return Response.status(status)
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
