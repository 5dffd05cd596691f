package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** What must not be told to whoever reads logs. */
final class Secrecy {

    /** Where an instance writes; a log of accesses would be among it. */
    private static final List<String> WRITTEN_BY_INSTANCES = List.of("log", "payara", "run");

    private Secrecy() {}

    /** None of these is in anything that a site has logged or left behind. */
    static void isKept(RunningCluster cluster, Collection<String> secrets) {
        assertThat(secrets).isNotEmpty().allSatisfy(secret -> assertThat(secret).hasSizeGreaterThan(40));
        var logs = 0;
        for (var site : Site.values()) {
            for (var folder : WRITTEN_BY_INSTANCES) {
                for (var file : files(cluster.folder(site).resolve(folder))) {
                    logs += file.toString().endsWith(".log") ? 1 : 0;
                    var text = text(file);
                    assertThat(secrets.stream().filter(text::contains).toList())
                            .as(file.toString())
                            .isEmpty();
                }
            }
        }
        assertThat(logs).as("logs").isGreaterThanOrEqualTo(Site.values().length);
    }

    private static List<Path> files(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".jar"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
