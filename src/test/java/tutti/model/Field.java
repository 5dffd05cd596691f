package tutti.model;

/** Some neighbouring bits in one of a state's words. A field of no bits is always 0. */
record Field(int word, int shift, int bits) {

    private static final int WORD = Long.SIZE;

    /** The field after this one; a field never lies across two words. */
    Field next(int size) {
        var end = shift + bits;
        return end + size <= WORD ? new Field(word, end, size) : new Field(word + 1, 0, size);
    }

    long get(long[] words) {
        return words[word] >>> shift & mask();
    }

    void set(long[] words, long value) {
        words[word] = words[word] & ~(mask() << shift) | value << shift;
    }

    private long mask() {
        return bits == WORD ? -1 : (1L << bits) - 1;
    }
}
