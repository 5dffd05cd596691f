package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus and Grafana are given speaks of metrics that there are: those of the README's table. */
class MonitoringFilesTest {

    private static final Pattern METRIC = Pattern.compile("\\btutti_[a-z_]+[a-z]");

    @ParameterizedTest
    @ValueSource(strings = {"payara-config/prometheus-alerts.yml", "payara-config/grafana-dashboard.json"})
    void every_metric_is_in_the_table(String file) throws IOException {
        assertThat(metricsIn(file)).isNotEmpty();
        assertThat(metricsIn("README.md")).containsAll(metricsIn(file));
    }

    @Test
    void every_metric_of_the_table_is_registered() throws IOException {
        assertThat(metricsIn("src/main/java/tutti/site/SiteMetrics.java")).isEqualTo(metricsIn("README.md"));
    }

    @Test
    void every_metric_is_on_the_dashboard_which_is_json() throws IOException {
        assertThat(metricsIn("payara-config/grafana-dashboard.json")).isEqualTo(metricsIn("README.md"));
        try (var json = Json.createReader(Files.newBufferedReader(Path.of("payara-config/grafana-dashboard.json")))) {
            assertThat(json.readObject().getJsonArray("panels")).hasSize(14);
        }
    }

    private static TreeSet<String> metricsIn(String file) throws IOException {
        var text = Files.readString(Path.of(file));
        return METRIC.matcher(
                        file.equals("README.md")
                                ? text.split("\n### Metrics\n")[1].split("\n### ")[0]
                                : text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
