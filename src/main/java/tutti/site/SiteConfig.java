package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import tutti.commit.SiteName;

/**
 * This site's one configuration, typed and checked before anything else runs.
 *
 * <p>A missing or wrong value stops the start with one sentence that names the key: a site that comes up with
 * half of its settings would promise what it cannot keep. {@link #read} needs no container, so {@link
 * ConfigCheck} and the tests see exactly what the running site sees.
 */
@ApplicationScoped
public class SiteConfig {
    private static final Logger LOG = Logger.getLogger(SiteConfig.class.getName());

    /** A line to a peer is a bean class, and there are seven of them. */
    private static final int SITES_MAX = 8;

    /** What is read elsewhere: by {@code run-cluster.sh}, or by the one class that it is for. */
    private static final Set<String> READ_BY_OTHERS =
            Set.of("tutti.db.port", "tutti.db.root-password", "tutti.rebuild");

    private static final String SECRET = "tutti.cluster.secret";
    private static final int SECRET_MIN = 32;

    private SiteName self;
    private Map<SiteName, URI> urls;
    private Set<Integer> userPorts;
    private Map<SiteName, URI> internalUrls;
    private List<SiteName> sites;
    private Path photosDir;
    private Path cacheDir;
    private List<byte[]> clusterSecrets;
    private PasswordHash operatorPassword;
    private Limits limits;
    private Times times;
    private Rates rates;
    private Set<String> proxies;
    private SortedMap<String, String> measures;

    /** For the container's proxy only. */
    protected SiteConfig() {}

    /** Logs a wrong setting itself, since a container buries the cause of a failed bean below its own words. */
    @Inject
    SiteConfig(Config config) {
        try {
            fill(new Settings(key -> config.getOptionalValue(key, String.class)), inFiles(config));
        } catch (WrongSetting e) {
            LOG.log(Level.SEVERE, "TUTTI001 {0}", e.getMessage());
            throw e;
        }
    }

    /**
     * @param given the keys that somebody has written down
     * @throws WrongSetting if a value is missing, malformed, or does not go with another one, or a key is none
     */
    public static SiteConfig read(Function<String, Optional<String>> source, Set<String> given) {
        var config = new SiteConfig();
        config.fill(new Settings(source), given);
        return config;
    }

    private static Set<String> inFiles(Config config) {
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .filter(ClusterFiles.class::isInstance)
                .flatMap(files -> files.getPropertyNames().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public SiteName self() {
        return self;
    }

    /** All sites in the configured order, which is the same everywhere. */
    public List<SiteName> sites() {
        return sites;
    }

    /** All sites but this one. */
    public List<SiteName> peers() {
        return sites.stream().filter(site -> !site.equals(self)).toList();
    }

    /** Where browsers reach that site; no slash at the end. */
    public URI url(SiteName site) {
        return known(urls, site);
    }

    /** The ports at which users, or proxies for them, are served. */
    public Set<Integer> userPorts() {
        return userPorts;
    }

    /** Where this site reaches that one; no slash at the end. */
    public URI internalUrl(SiteName site) {
        return known(internalUrls, site);
    }

    public Path photosDir() {
        return photosDir;
    }

    /** What can be made again from the photos. */
    public Path cacheDir() {
        return cacheDir;
    }

    /** The key with which this site signs what it tells others: at least 32 bytes. */
    public byte[] clusterSecret() {
        return clusterSecrets().get(0);
    }

    /** The keys of which others may have used any: while the secret is changed, two are good. */
    public List<byte[]> clusterSecrets() {
        return clusterSecrets.stream().map(byte[]::clone).toList();
    }

    public PasswordHash operatorPassword() {
        return operatorPassword;
    }

    public Limits limits() {
        return limits;
    }

    public Times times() {
        return times;
    }

    public Rates rates() {
        return rates;
    }

    /** The addresses of reverse proxies in front of this site, which are believed when they say whom they speak for. */
    public Set<String> proxies() {
        return proxies;
    }

    /** All limits, times and rates by their keys, which should be the same at all sites. */
    public SortedMap<String, String> measures() {
        return measures;
    }

    private void fill(Settings settings, Set<String> given) {
        sites = siteNames(settings);
        self = self(settings);
        urls = roots(settings, "url");
        userPorts = userPorts(settings);
        internalUrls = roots(settings, "internal-url");
        photosDir = Path.of(settings.text("tutti.photos.dir"));
        cacheDir = Path.of(settings.text("tutti.cache.dir"));
        clusterSecrets = Stream.concat(
                        Stream.of(settings.secret(SECRET, SECRET_MIN)),
                        settings.secretIfAny(SECRET + "-also", SECRET_MIN).stream())
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
        operatorPassword = new PasswordHash(settings.secret("tutti.admin.password-hash", 32));
        databaseIsNamed(settings);
        limits = Limits.read(settings);
        times = Times.read(settings);
        rates = Rates.read(settings);
        proxies = settings.several("tutti.proxies");
        measures = Collections.unmodifiableSortedMap(settings.measures());
        settings.requireAsked(without(READ_BY_OTHERS, given));
    }

    private static Set<String> without(Set<String> some, Set<String> all) {
        var others = new TreeSet<>(all);
        others.removeAll(some);
        return others;
    }

    private static List<SiteName> siteNames(Settings settings) {
        String value = settings.text("tutti.sites");
        List<String> names = Arrays.stream(value.split(",")).map(String::strip).toList();
        if (names.stream().distinct().count() < names.size()) {
            throw Settings.wrong("tutti.sites", value, "names a site twice");
        }
        if (names.size() > SITES_MAX) {
            throw Settings.wrong("tutti.sites", value, "names more than " + SITES_MAX + " sites");
        }
        try {
            return names.stream().map(SiteName::new).toList();
        } catch (IllegalArgumentException e) {
            throw Settings.wrong("tutti.sites", value, "is wrong: " + e.getMessage());
        }
    }

    private SiteName self(Settings settings) {
        String value = settings.text(ClusterFiles.SITE);
        return sites.stream()
                .filter(site -> site.name().equals(value))
                .findFirst()
                .orElseThrow(() -> Settings.wrong(ClusterFiles.SITE, value, "is not one of tutti.sites=" + sites));
    }

    private Map<SiteName, URI> roots(Settings settings, String kind) {
        var roots = new TreeMap<SiteName, URI>();
        var keys = new HashMap<URI, String>();
        for (SiteName site : sites) {
            String key = "tutti.site." + site + "." + kind;
            URI root = settings.root(key);
            String other = keys.putIfAbsent(root, key);
            Settings.require(other == null, key, root, "is the same as", other, root);
            roots.put(site, root);
        }
        return Map.copyOf(roots);
    }

    /** The container connects; here only a missing key is told apart from a database that is away. */
    private static void databaseIsNamed(Settings settings) {
        String url = settings.text("tutti.db.url");
        if (!url.startsWith("jdbc:mariadb://")) {
            throw Settings.wrong("tutti.db.url", url, "must begin with jdbc:mariadb://");
        }
        settings.text("tutti.db.user");
        settings.secret("tutti.db.password", 1);
    }

    /** Behind a proxy, the site listens where no browser's address says so. */
    private Set<Integer> userPorts(Settings settings) {
        return Stream.concat(
                        Stream.of("tutti.port", "tutti.tls.port")
                                .flatMap(key -> settings.several(key).stream().map(value -> port(key, value))),
                        Stream.of(url(self).getPort()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static int port(String key, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw Settings.wrong(key, value, "must be the number of a port");
        }
    }

    private static URI known(Map<SiteName, URI> roots, SiteName site) {
        URI root = roots.get(site);
        if (root == null) {
            throw new IllegalArgumentException("no such site: " + site);
        }
        return root;
    }
}
