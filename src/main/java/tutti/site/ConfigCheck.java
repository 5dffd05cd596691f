package tutti.site;

import java.util.Locale;
import java.util.Optional;

/** Lets an operator see a wrong setting in a moment, before a container has been started. */
public class ConfigCheck {
    private ConfigCheck() {}

    /** Takes the same system properties and environment as a site; exits with 1 and one sentence if it could not start. */
    public static void main(String[] arguments) {
        try {
            var files = new ClusterFiles();
            SiteConfig.read(
                    key -> firstOf(System.getProperty(key), environment(key), files.getValue(key)),
                    files.getPropertyNames());
        } catch (WrongSetting e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }

    /** MicroProfile Config's rule for names, and its order of sources. */
    private static String environment(String key) {
        String name = key.replaceAll("[^A-Za-z0-9_]", "_");
        return firstOf(System.getenv(name), System.getenv(name.toUpperCase(Locale.ROOT)))
                .orElse(null);
    }

    private static Optional<String> firstOf(String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
