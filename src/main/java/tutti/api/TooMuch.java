package tutti.api;

import java.io.IOException;

/** A request's body went on beyond what its address takes. */
final class TooMuch extends IOException {

    private static final long serialVersionUID = 1L;

    TooMuch(String what) {
        super(what);
    }
}
