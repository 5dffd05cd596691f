package tutti.bench;

/** A way to have a photo at four sites for good, or at none. */
interface PhotoKeeping {

    /** Returns when that is so. @param client who has one photo kept at a time */
    void keep(byte[] photo, int client) throws Exception;
}
