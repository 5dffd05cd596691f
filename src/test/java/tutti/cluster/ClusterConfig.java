package tutti.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/** The repository's own configuration, with free ports in the place of the usual ones. */
final class ClusterConfig {

    private static final int FIRST_PORT = 8300;
    private static final int LAST_PORT = 8999;

    /** Enough for a cluster that is only about to take its ports. */
    private static final int PORTS_APART = 16;

    /** How long a change may take to be prepared everywhere; no transaction is begun that is not decided by then. */
    static final Duration PREPARING = Duration.ofSeconds(10);

    /** A busy test machine may answer late; that is not what these tests are about. */
    private static final String PATIENCE =
            """

            # For tests on machines that have more to do.
            tutti.time.preparing=%ds
            tutti.time.peer-connect-timeout=2s
            tutti.time.peer-call-timeout=3s
            """
                    .formatted(PREPARING.toSeconds());

    /** Tests are quicker than people, and all come from one address; {@code DeploymentIT} has the usual bounds. */
    private static final String HASTE =
            """

            tutti.rate.events-per-user-day=100000
            tutti.rate.events-per-address-hour=100000
            tutti.rate.uploads-per-user-minute=100000
            tutti.rate.uploads-per-address-minute=100000
            tutti.rate.changes-per-user-minute=100000
            tutti.rate.changes-per-address-minute=100000
            tutti.rate.requests-per-address-at-once=150
            """;

    /** Good at all sites beside the one that they sign with, as while that is changed. */
    static final String SECOND_SECRET = "the-second-of-two-secrets-at-once";

    private static final String TWO_SECRETS = "\ntutti.cluster.secret-also=" + SECOND_SECRET + "\n";

    /** What the sites did is laid beside the model of the protocol. */
    private static final String EVERY_STEP = """

            tutti.journal.level=FINE
            """;

    private ClusterConfig() {}

    /** Copies the configuration and says which ports it names now. */
    static Map<Site, SitePorts> written(Path to) throws IOException {
        var from = Path.of("payara-config");
        Files.createDirectories(to);
        var free = freePorts(to);
        var ports = new EnumMap<Site, SitePorts>(Site.class);
        var shared = Files.readString(from.resolve("cluster.properties"));
        for (var site : Site.values()) {
            var own = new SitePorts(free.nextInt(), free.nextInt(), free.nextInt());
            ports.put(site, own);
            shared = withPort(shared, "tutti.site." + site + ".url=http://localhost:", own.users());
            shared = withHost(shared, "tutti.site." + site + ".url=http://", site.host());
            shared = withPort(shared, "tutti.site." + site + ".internal-url=http://localhost:", own.peers());
            var file = site + ".properties";
            Files.writeString(
                    to.resolve(file), withPort(Files.readString(from.resolve(file)), "tutti.db.port=", own.database()));
        }
        Files.writeString(
                to.resolve("cluster.properties"), without(shared, PATIENCE + HASTE) + PATIENCE + HASTE + TWO_SECRETS);
        for (var commands : List.of("preboot.txt", "postdeploy.txt")) {
            Files.writeString(to.resolve(commands), Files.readString(from.resolve(commands)));
        }
        var logging = Files.readString(from.resolve("logging.properties"));
        Files.writeString(to.resolve("logging.properties"), logging + EVERY_STEP);
        return ports;
    }

    private static String withPort(String text, String key, int port) {
        var changed = text.replaceAll("(?m)^(" + key.replace(".", "\\.") + ")\\d+", "$1" + port);
        if (changed.equals(text) && !text.contains(key + port)) {
            throw new IllegalStateException("the configuration has no " + key);
        }
        return changed;
    }

    private static String withHost(String text, String key, String host) {
        return text.replace(key + "localhost:", key + host + ":");
    }

    private static String without(String text, String settings) {
        var replaced = text;
        for (var line : settings.lines().filter(one -> one.startsWith("tutti.")).toList()) {
            var key = line.substring(0, line.indexOf('=') + 1);
            replaced = replaced.replaceAll("(?m)^" + key.replace(".", "\\.") + ".*$", "");
        }
        return replaced;
    }

    /** Each checkout begins elsewhere: two that are tested at once would both find the same ports free. */
    private static PrimitiveIterator.OfInt freePorts(Path folder) {
        var places = (LAST_PORT - FIRST_PORT) / PORTS_APART - 1;
        var first = FIRST_PORT + Math.floorMod(folder.hashCode(), places) * PORTS_APART;
        return IntStream.rangeClosed(first, LAST_PORT)
                .filter(ClusterConfig::isFree)
                .iterator();
    }

    /** A free port that no site will take. */
    static int freePortBeside(Collection<SitePorts> taken) {
        var highest = taken.stream()
                .mapToInt(ports -> Math.max(Math.max(ports.users(), ports.peers()), ports.database()))
                .max();
        return IntStream.rangeClosed(highest.orElse(FIRST_PORT) + 1, LAST_PORT)
                .filter(ClusterConfig::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
