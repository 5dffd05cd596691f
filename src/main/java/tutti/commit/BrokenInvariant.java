package tutti.commit;

/** Something that cannot be, has been asked for. Nothing is changed; an operator has to look. */
public final class BrokenInvariant extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public BrokenInvariant(String message) {
        super(message);
    }
}
