package tutti.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import tutti.site.SiteConfig;

/**
 * Refuses bodies that are too long, by what they say of themselves before they are read, else where they pass the limit; and
 * forms of too many parts, each of which would be kept in memory until the last one has come.
 */
@Provider
@PreMatching
public class BodyLimit implements ContainerRequestFilter {

    private static final long JSON_BYTES_MAX = 64 * 1024;

    /** For the names and borders around a photo. */
    private static final long FORM_BYTES_MAX = 64 * 1024;

    /** As RFC 2046 has it, but for blanks: what a parser might unquote would be another border to it than to {@link FewParts}. */
    private static final Pattern BORDER = Pattern.compile("[0-9A-Za-z'()+_,./:=?-]{1,70}");

    @Inject
    private SiteConfig config;

    @Override
    public void filter(ContainerRequestContext request) {
        var type = request.getMediaType();
        var isForm = type != null && type.getType().equalsIgnoreCase("multipart");
        var most = isForm ? config.limits().photoBytesMax() + FORM_BYTES_MAX : JSON_BYTES_MAX;
        var border = isForm ? type.getParameters().getOrDefault("boundary", "") : "";
        var length = length(request);
        if (length.isEmpty()) {
            request.abortWith(Problem.saying(ProblemKind.VALIDATION, "Say once how long the body is.")
                    .response());
        } else if (isForm && !BORDER.matcher(border).matches()) {
            request.abortWith(Problem.saying(ProblemKind.VALIDATION, "Say which border divides the parts of the form.")
                    .response());
        } else if (length.getAsInt() > most) {
            request.abortWith(new Problem(ProblemKind.TOO_LARGE).response());
        } else {
            var body = new Counted(request.getEntityStream(), most);
            request.setEntityStream(isForm ? new FewParts(body, border) : body);
        }
    }

    /** -1 where it is not said; empty where it is said in more than one way. */
    private static OptionalInt length(ContainerRequestContext request) {
        try {
            return OptionalInt.of(request.getLength());
        } catch (ProcessingException e) {
            return OptionalInt.empty();
        }
    }

    private static final class Counted extends FilterInputStream {

        private final long most;
        private long count;

        Counted(InputStream body, long most) {
            super(body);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            var one = super.read();
            counted(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            var read = super.read(buffer, offset, length);
            counted(Math.max(0, read));
            return read;
        }

        private void counted(int more) throws IOException {
            count += more;
            if (count > most) {
                throw new TooMuch("more than " + most + " bytes");
            }
        }
    }
}
