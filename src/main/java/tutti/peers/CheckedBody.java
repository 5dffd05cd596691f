package tutti.peers;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import tutti.photo.Sha256;

/** A signed body on its way in, of a message or of an answer: fails when it is longer than it may be, or ends as something else than was signed. */
final class CheckedBody extends FilterInputStream {

    private final MessageDigest digest = Sha256.digest();
    private final String expected;
    private final long bytesMax;
    private long bytes;
    private boolean ended;

    CheckedBody(InputStream body, String expected, long bytesMax) {
        super(body);
        this.expected = expected;
        this.bytesMax = bytesMax;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var count = super.read(buffer, offset, length);
        if (count < 0) {
            if (!ended && !HexFormat.of().formatHex(digest.digest()).equals(expected)) {
                throw new NotTheSigned("the body is not the one that was signed");
            }
            ended = true;
            return count;
        }
        digest.update(buffer, offset, count);
        bytes += count;
        if (bytes > bytesMax) {
            throw new NotTheSigned("the body is longer than " + bytesMax + " bytes");
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** What came is no message of a site of this cluster, whatever its headers say. */
    static final class NotTheSigned extends IOException {

        private static final long serialVersionUID = 1L;

        NotTheSigned(String message) {
            super(message);
        }
    }
}
