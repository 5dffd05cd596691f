package tutti.journal;

/** This site's database cannot be reached, or does not answer in time. What was asked for may or may not be stored. */
public final class StorageUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StorageUnavailable(Throwable cause) {
        super("the database cannot be reached", cause);
    }

    /** What the database, or its driver, said about it; for operators, not for users. */
    public String why() {
        Throwable innermost = this;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return String.valueOf(innermost.getMessage());
    }
}
