package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** What somebody wants while a process dies: the good weather before, the request itself, and what has to be true of it after. */
interface CrashStory extends AutoCloseable {

    /** Everything before the request. */
    void begin();

    /** The request in whose course a process dies. */
    Answer request();

    /**
     * All processes are up again: waits until what was asked for has come to its end, checks that no promise was broken, and
     * asks for the same again, which must be safe.
     *
     * @param told empty where no answer came
     * @return how it ended, in a word
     */
    String end(Optional<Answer> told);

    /** Gives back what the story holds, however it went. */
    @Override
    default void close() {
        // Most hold nothing.
    }

    /** Whether the user was promised something; whoever was not has been told so in good order, or nothing at all. */
    static boolean isPromise(Optional<Answer> told) {
        told.ifPresent(answer ->
                assertThat(answer.status()).as("%s: %s", answer, answer.text()).isIn(200, 201, 202, 204, 503));
        return told.filter(answer -> answer.status() < 300).isPresent();
    }

    /** Waits until all sites have it, or none, if that may be. */
    static String everywhereOrNowhere(boolean promised, ToLongFunction<Site> count) {
        var here = new long[1];
        Soon.until(promised ? "what was promised is everywhere" : "it is everywhere or nowhere", () -> {
            var counts =
                    Arrays.stream(Site.values()).mapToLong(count).distinct().toArray();
            assertThat(counts).as("different numbers at the sites").hasSize(1);
            assertThat(counts[0]).isBetween(promised ? 1L : 0L, 1L);
            here[0] = counts[0];
        });
        return here[0] == 1 ? "everywhere" : "nowhere";
    }
}
