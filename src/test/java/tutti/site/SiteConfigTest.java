package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tutti.commit.SiteName;
import tutti.pictures.Room;

class SiteConfigTest {
    private static final SiteName WEST = new SiteName("west");
    private static final SiteName EAST = new SiteName("east");

    private final Map<String, String> values = new HashMap<>(Map.ofEntries(
            Map.entry("tutti.sites", "west, east"),
            Map.entry("tutti.site.name", "east"),
            Map.entry("tutti.site.west.url", "http://localhost:8000/"),
            Map.entry("tutti.site.east.url", "https://east.example.org"),
            Map.entry("tutti.site.west.internal-url", "http://localhost:8200"),
            Map.entry("tutti.site.east.internal-url", "http://localhost:8201"),
            Map.entry("tutti.photos.dir", "/photos"),
            Map.entry("tutti.cache.dir", "/cache"),
            Map.entry("tutti.cluster.secret", "0123456789abcdef0123456789abcdef"),
            Map.entry("tutti.admin.password-hash", "PBKDF2WithHmacSHA512:1:c2FsdA==:aGFzaA=="),
            Map.entry("tutti.db.url", "jdbc:mariadb://localhost:8100/tutti"),
            Map.entry("tutti.db.user", "tutti"),
            Map.entry("tutti.db.password", "p")));

    @Test
    void knows_the_sites_in_their_order_and_itself_among_them() {
        var config = read();

        assertThat(config.self()).isEqualTo(EAST);
        assertThat(config.sites()).containsExactly(WEST, EAST);
        assertThat(config.peers()).containsExactly(WEST);
    }

    @Test
    void urls_have_no_slash_at_the_end() {
        assertThat(read().url(WEST)).isEqualTo(URI.create("http://localhost:8000"));
        assertThat(read().internalUrl(EAST)).isEqualTo(URI.create("http://localhost:8201"));
    }

    @Test
    void has_the_documented_defaults() {
        var config = read();

        assertThat(config.limits())
                .isEqualTo(new Limits(
                        120,
                        2000,
                        80,
                        10,
                        5,
                        600,
                        90,
                        60,
                        20,
                        26_214_400,
                        100_000_000,
                        2L << 30,
                        new Room(1L << 50, 512L << 20)));
        assertThat(config.rates()).isEqualTo(new Rates(50, 600, 60, 600, 60, 600, 100));
        assertThat(config.proxies()).isEmpty();
        assertThat(config.times().preparingTime()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.times().pauseMin()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.photosDir()).isEqualTo(Path.of("/photos"));
    }

    @Test
    void the_secret_cannot_be_changed_from_outside() {
        var config = read();

        config.clusterSecret()[0] = 0;

        assertThat(config.clusterSecret()[0]).isEqualTo((byte) '0');
    }

    @Test
    void while_the_secret_is_changed_two_are_good() {
        values.put("tutti.cluster.secret-also", "another-secret-another-secret-32");

        assertThat(read().clusterSecrets())
                .containsExactly(
                        "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8),
                        "another-secret-another-secret-32".getBytes(StandardCharsets.UTF_8));
        assertThat(read().clusterSecret()).isEqualTo(read().clusterSecrets().get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tutti.sites",
                "tutti.site.name",
                "tutti.site.west.url",
                "tutti.site.west.internal-url",
                "tutti.photos.dir",
                "tutti.cluster.secret",
                "tutti.admin.password-hash",
                "tutti.db.url",
                "tutti.db.password"
            })
    void a_missing_key_is_named(String key) {
        values.put(key, " ");

        assertThatThrownBy(this::read)
                .isInstanceOf(WrongSetting.class)
                .hasMessage(key + " is missing in the configuration.");
    }

    @ParameterizedTest
    @CsvSource({
        "tutti.sites, 'west,west'",
        "tutti.sites, 'west,East'",
        "tutti.site.name, mars",
        "tutti.site.west.url, localhost:8000",
        "tutti.site.west.url, http://localhost:8000/tutti",
        "tutti.site.west.url, 'http://local host'",
        "tutti.site.west.url, https://east.example.org",
        "tutti.db.url, jdbc:postgresql://localhost/tutti",
        "tutti.limit.title-max, many",
        "tutti.limit.title-max, 0",
        "tutti.limit.photos-per-contributor-max, 61",
        "tutti.limit.voting-seconds-default, 601",
        "tutti.limit.voting-seconds-default, 4",
        "tutti.time.grace, 10",
        "tutti.time.grace, 0s",
        "tutti.time.last-reports, 10s",
        "tutti.time.pause-min, 31s",
        "tutti.time.in-doubt-after, 6s",
        "tutti.time.peer-call-timeout, 6s",
        "tutti.time.peer-connect-timeout, 3s",
    })
    void a_wrong_value_is_named_with_its_key(String key, String value) {
        values.put(key, value);

        assertThatThrownBy(this::read)
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value)
                .hasMessageEndingWith(".");
    }

    @ParameterizedTest
    @CsvSource({
        "tutti.limit.photos-per-contributor-max, 60",
        "tutti.limit.voting-seconds-default, 600",
        "tutti.limit.voting-seconds-default, 5",
        "tutti.time.last-reports, 9999ms",
        "tutti.time.pause-min, 30s",
        "tutti.time.in-doubt-after, 5s",
        "tutti.time.peer-call-timeout, 5s",
        "tutti.time.peer-connect-timeout, 2s",
    })
    void a_value_at_its_bound_is_allowed(String key, String value) {
        values.put(key, value);

        assertThat(read().self()).isEqualTo(EAST);
    }

    @Test
    void a_relation_names_both_keys_and_both_values() {
        values.put("tutti.time.last-reports", "1min");
        values.put("tutti.time.grace", "500ms");

        assertThatThrownBy(this::read)
                .hasMessage("tutti.time.last-reports=60s must be shorter than tutti.time.grace=500ms.");
    }

    @Test
    void a_secret_that_is_too_short_is_not_shown() {
        values.put("tutti.cluster.secret", "geheim");

        assertThatThrownBy(this::read)
                .hasMessageContaining("tutti.cluster.secret")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void a_misspelt_key_is_named_before_its_default_is_believed() {
        values.put("tutti.limit.titel-max", "60");

        assertThatThrownBy(this::read)
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("tutti.limit.titel-max is not a setting");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tutti.db.port", "tutti.port", "tutti.rebuild", "other.software.setting", "tutti.limit.title-max"
            })
    void a_key_that_somebody_reads_is_none_of_its_business(String key) {
        values.put(key, "60");

        assertThat(read().self()).isEqualTo(EAST);
    }

    private SiteConfig read() {
        return SiteConfig.read(key -> Optional.ofNullable(values.get(key)), values.keySet());
    }
}
