package tutti.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.nio.channels.ClosedByInterruptException;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.journal.StorageUnavailable;
import tutti.pictures.NoSpace;
import tutti.pictures.TooBusy;
import tutti.site.InvalidWish;

/** Makes a problem of everything that goes wrong; nobody outside ever sees a stack trace. */
final class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class.getName());

    /** The container interrupts the threads of requests that take too long for it, also when the clock was set forward. */
    private static final String GIVEN_UP = "This took too long and was given up. Try again; repeating is safe.";

    private ProblemMappers() {}

    @Provider
    public static class OfProblem implements ExceptionMapper<Problem> {
        @Override
        public Response toResponse(Problem problem) {
            return problem.response();
        }
    }

    /** What JAX-RS itself refuses: unknown paths, methods, formats. */
    @Provider
    public static class OfWebApplication implements ExceptionMapper<WebApplicationException> {
        @Override
        public Response toResponse(WebApplicationException e) {
            if (e.getCause() instanceof TooMuch) {
                return new Problem(ProblemKind.TOO_LARGE).response();
            }
            var status = e.getResponse().getStatus();
            if (status >= 500) {
                return internal(e);
            }
            var problem = said(status).response();
            var allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
            return allow == null
                    ? problem
                    : Response.fromResponse(problem)
                            .header(HttpHeaders.ALLOW, allow)
                            .build();
        }
    }

    /** The container's refusals concern the form of a request; the usual sentences would speak of photos and fields. */
    private static Problem said(int status) {
        var kind = ProblemKind.of(status);
        return switch (kind) {
            case VALIDATION -> Problem.saying(kind, "The request could not be read as what this address expects.");
            case UNSUPPORTED_TYPE -> Problem.saying(kind, "This address does not take that Content-Type.");
            default -> new Problem(kind);
        };
    }

    @Provider
    public static class OfInvalidWish implements ExceptionMapper<InvalidWish> {
        @Override
        public Response toResponse(InvalidWish e) {
            return Problem.invalid(e.violations()).response();
        }
    }

    @Provider
    public static class OfStorage implements ExceptionMapper<StorageUnavailable> {
        @Override
        public Response toResponse(StorageUnavailable e) {
            LOG.log(Level.WARNING, "TUTTI040 the database cannot be reached: {0}", e.why());
            return new Problem(ProblemKind.STORAGE_UNAVAILABLE).response();
        }
    }

    @Provider
    public static class OfAnything implements ExceptionMapper<Throwable> {
        @Override
        public Response toResponse(Throwable e) {
            for (var cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof TooMuch) {
                    return new Problem(ProblemKind.TOO_LARGE).response();
                }
                if (cause instanceof TooBusy) {
                    return new Problem(ProblemKind.TOO_MANY_REQUESTS).response();
                }
                if (cause instanceof ClosedByInterruptException) {
                    return Problem.saying(ProblemKind.STORAGE_UNAVAILABLE, GIVEN_UP)
                            .response();
                }
                if (cause instanceof NoSpace) {
                    return new Problem(ProblemKind.NO_SPACE).response();
                }
            }
            return internal(e);
        }
    }

    private static Response internal(Throwable e) {
        LOG.log(Level.SEVERE, "TUTTI041 a request failed", e);
        return new Problem(ProblemKind.INTERNAL).response();
    }
}
