package tutti.pictures;

/** A file that will not become part of a montage: why, as a code of the public contract and as a sentence for a person. */
public final class BadPicture extends Exception {

    /** The codes of the public contract, with the HTTP status they go with. */
    public enum Code {
        /** 415: not a picture, or of a kind that is not read here. */
        UNSUPPORTED_TYPE("unsupported-type"),
        /** 413: more pixels than the limit. A limit was passed, the file itself may be in order. */
        TOO_LARGE("too-large"),
        /** 422: it ends early, or is damaged. */
        UNREADABLE("unreadable-image");

        private final String code;

        Code(String code) {
            this.code = code;
        }

        /** As in {@code urn:tutti:problem:CODE}. */
        public String code() {
            return code;
        }
    }

    private final Code code;

    BadPicture(Code code, String sentence) {
        super(sentence);
        this.code = code;
    }

    static BadPicture unreadable(String sentence) {
        return new BadPicture(Code.UNREADABLE, sentence);
    }

    static BadPicture endsEarly() {
        return unreadable("The picture ends early; part of it is missing.");
    }

    static BadPicture damaged() {
        return unreadable("The picture is damaged and cannot be read.");
    }

    public Code code() {
        return code;
    }

    /** One plain sentence for the person who sent the file. */
    public String sentence() {
        return getMessage();
    }
}
