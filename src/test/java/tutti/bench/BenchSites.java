package tutti.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Where users reach the sites of the cluster that runs. */
final class BenchSites {

    private BenchSites() {}

    /** In the order of the configuration, which {@code TUTTI_CONFIG} may have elsewhere. */
    static List<URI> configured() throws IOException {
        var folder = Optional.ofNullable(System.getenv("TUTTI_CONFIG")).orElse("payara-config");
        var config = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(folder, "cluster.properties"))) {
            config.load(reader);
        }
        return Arrays.stream(config.getProperty("tutti.sites").split(","))
                .map(site -> URI.create(config.getProperty("tutti.site." + site.strip() + ".url")))
                .toList();
    }
}
