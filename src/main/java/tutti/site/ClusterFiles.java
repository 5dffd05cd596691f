package tutti.site;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The cluster's configuration as files: what all sites share, then what is this site's own, then the secrets.
 *
 * <p>Later files override earlier ones, and the environment overrides them all (its ordinal is 300). The
 * folder and the site are named by system property or environment: {@value #FOLDER}, {@value #SITE}, and
 * {@value #SECRETS}, which may name several files, separated like a class path. The files are read once: a
 * site changes its configuration by a restart.
 */
public class ClusterFiles implements ConfigSource {
    public static final String FOLDER = "tutti.config.dir";
    public static final String SITE = "tutti.site.name";
    public static final String SECRETS = "tutti.secrets.file";

    private final Map<String, String> values;

    /** As found by the container; empty where no folder is named, as in a unit test. */
    public ClusterFiles() {
        this(named(FOLDER), named(SITE), named(SECRETS));
    }

    ClusterFiles(String folder, String site, String secrets) {
        var read = new TreeMap<String, String>();
        if (!folder.isEmpty()) {
            addAll(read, Path.of(folder, "cluster.properties"));
            if (!site.isEmpty()) {
                addAll(read, Path.of(folder, site + ".properties"));
            }
        }
        for (String file : secrets.split(File.pathSeparator)) {
            if (!file.isEmpty()) {
                addAll(read, Path.of(file));
            }
        }
        values = Map.copyOf(read);
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public String getValue(String key) {
        return values.get(key);
    }

    @Override
    public Map<String, String> getProperties() {
        return values;
    }

    @Override
    public int getOrdinal() {
        return 200;
    }

    @Override
    public String getName() {
        return "Tutti's configuration files";
    }

    private static void addAll(Map<String, String> values, Path file) {
        var read = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            read.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new WrongSetting("The configuration file " + file + " cannot be read: " + e + ".");
        }
        read.stringPropertyNames()
                .forEach(key -> values.put(key, read.getProperty(key).strip()));
    }

    private static String named(String key) {
        String environment =
                System.getenv(key.toUpperCase(java.util.Locale.ROOT).replace('.', '_'));
        return System.getProperty(key, environment == null ? "" : environment);
    }
}
