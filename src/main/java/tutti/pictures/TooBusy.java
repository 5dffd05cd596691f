package tutti.pictures;

/** Too many want something that is costly to make; whoever asks again in a while will find it made. */
public final class TooBusy extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooBusy(String what) {
        super("too many wait for " + what);
    }
}
