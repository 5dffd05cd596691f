package tutti.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A form in parts (RFC 2046, 5.1) on its way in, which fails where it has more of them than any form here. */
final class FewParts extends FilterInputStream {

    /** A photo, the two texts that may go with it, what a client may add, and the border after the last one. */
    static final int BORDERS_MAX = 12;

    private final byte[] border;

    /** After so many bytes of the border, how many are still its beginning where the next one is not its next. */
    private final int[] fallback;

    private int matched;
    private int borders;

    FewParts(InputStream body, String boundary) {
        super(body);
        border = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        fallback = new int[border.length + 1];
        for (int i = 1; i < border.length; i++) {
            fallback[i + 1] = step(fallback[i], border[i]);
        }
    }

    @Override
    public int read() throws IOException {
        var one = super.read();
        if (one >= 0) {
            seen((byte) one);
        }
        return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var count = super.read(buffer, offset, length);
        for (var i = 0; i < count; i++) {
            seen(buffer[offset + i]);
        }
        return count;
    }

    private void seen(byte next) throws TooMuch {
        matched = step(matched, next);
        if (matched == border.length) {
            matched = fallback[matched];
            borders++;
            if (borders > BORDERS_MAX) {
                throw new TooMuch("more than " + BORDERS_MAX + " borders between parts");
            }
        }
    }

    private int step(int from, byte next) {
        var length = from;
        while (length > 0 && border[length] != next) {
            length = fallback[length];
        }
        return border[length] == next ? length + 1 : 0;
    }
}
