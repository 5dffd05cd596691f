package tutti.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {

    private static final String EVENT = "AWkP6yDcfXprJGbVSMY2Bw";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "decided transaction=create:%s@west#1 outcome=COMMITTED",
                "step site=west event=%s revision=3",
                "publish:%s:2@east#7 PREPARED",
                "GET /api/v1/events/%s/photos 404",
                "http://localhost:8000/e/%s",
                "hints about event %s"
            })
    void no_link_to_an_event_can_be_made_of_it(String line) {
        assertThat(Bundle.withoutLinks(line.formatted(EVENT)))
                .doesNotContain(EVENT)
                .contains("event-")
                .startsWith(line.substring(0, line.indexOf('%')));
    }

    @Test
    void an_event_has_one_other_name_throughout_and_no_other_event_has_it() {
        var lines = Bundle.withoutLinks("event=%s event=%s event=%s".formatted(EVENT, EVENT, EVENT.toLowerCase()))
                .split(" ");

        assertThat(lines[0]).isEqualTo(lines[1]).isNotEqualTo(lines[2]);
    }

    @Test
    void what_is_no_event_stays() {
        var trace = "at tutti.journal.ReplicaJournal.look(ReplicaJournal.java:143) photo:" + "p".repeat(43);

        assertThat(Bundle.withoutLinks(trace)).isEqualTo(trace);
    }

    @Test
    void of_a_long_log_it_has_the_end() throws IOException {
        var log = folder.resolve("server.0.log");
        Files.writeString(
                log, "the beginning\n" + "x".repeat(Bundle.LOG_BYTES_MAX) + "\nevent=" + EVENT + " the end\n");
        var out = new ByteArrayOutputStream();
        var bundle = new Bundle(out);

        bundle.add("overview.txt", "All is well.");
        bundle.addLogs(List.of(log));
        bundle.finish();

        var texts = unpacked(out.toByteArray());
        assertThat(texts.keySet()).containsExactly("overview.txt", "log/server.0.log");
        assertThat(texts.get("log/server.0.log"))
                .endsWith(" the end\n")
                .doesNotContain("the beginning")
                .doesNotContain(EVENT);
    }

    private static Map<String, String> unpacked(byte[] archive) throws IOException {
        var texts = new LinkedHashMap<String, String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                texts.put(entry.getName(), new String(zip.readAllBytes()));
            }
        }
        return texts;
    }
}
