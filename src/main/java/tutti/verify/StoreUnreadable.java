package tutti.verify;

/** A site's database or files cannot be read, so nothing can be said about it. */
public final class StoreUnreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreUnreadable(SiteStore store, Exception cause) {
        super("The data of " + store + " cannot be read: " + cause.getMessage(), cause);
    }
}
