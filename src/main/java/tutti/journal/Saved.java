package tutti.journal;

/**
 * A step that is on disk.
 *
 * @param answer what the step said
 * @param news what it changed and left to do
 */
public record Saved<T>(T answer, Remembered news) {}
