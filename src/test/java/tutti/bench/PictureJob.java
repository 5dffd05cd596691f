package tutti.bench;

/** What is made again and again, and of what. */
enum PictureJob {
    TILES_12("tiles of 12 megapixels", 12),
    TILES_48("tiles of 48 megapixels", 48),
    MONTAGE_10("montage of 10", 10),
    MONTAGE_24("montage of 24", 24);

    private final String what;
    private final int size;

    PictureJob(String what, int size) {
        this.what = what;
        this.size = size;
    }

    String what() {
        return what;
    }

    /** Megapixels of the photo, or photos of the montage. */
    int size() {
        return size;
    }

    boolean isMontage() {
        return this == MONTAGE_10 || this == MONTAGE_24;
    }
}
