package tutti.journal;

import java.util.List;
import tutti.replica.Errand;

/**
 * A step that is on disk.
 *
 * @param answer what the step said
 * @param changed whether anything but bookkeeping of sends has changed
 * @param fresh what is owed to other sites now and was not before
 */
public record Saved<T>(T answer, boolean changed, List<Errand> fresh) {}
