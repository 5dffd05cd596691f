package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;

/** The two processes of one site, by pid. */
public record SiteProcesses(long instance, long database) {

    LongStream pids() {
        return LongStream.of(instance, database);
    }

    static void awaitEnd(long pid) {
        Soon.until("process " + pid + " is gone", () -> assertThat(ProcessHandle.of(pid))
                .isEmpty());
    }
}
