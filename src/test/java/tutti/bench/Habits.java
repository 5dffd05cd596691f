package tutti.bench;

import java.time.Duration;
import java.util.List;

/**
 * What people are like.
 *
 * @param think how long somebody looks at what has come before asking again, on average
 * @param photosEach how many each member of a group adds before the group votes; the groups take it in turns
 * @param uploads how often somebody who may adds a photo instead of looking on, 0 to 1
 * @param photo what they add, in other bytes each time
 */
record Habits(Duration think, List<Integer> photosEach, double uploads, byte[] photo) {}
