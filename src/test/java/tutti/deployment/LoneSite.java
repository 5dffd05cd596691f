package tutti.deployment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A MariaDB of its own and the configuration of a cluster that has one site. Both end with the tests' JVM. */
final class LoneSite {

    private static final Path FOLDER = Path.of(System.getProperty("tutti.deployment.dir", "target/deployment"));
    private static final String PASSWORD = "only-for-the-deployment-tests";

    private LoneSite() {}

    /** Starts the database and writes what the site needs to know of it. */
    static void prepare() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER.resolve("config"));
        var port = freePort();
        startDatabase(port);
        var photos = Files.createDirectories(FOLDER.resolve("photos"));
        var cache = Files.createDirectories(FOLDER.resolve("cache"));
        Files.writeString(
                FOLDER.resolve("config/cluster.properties"),
                """
                tutti.sites=west
                tutti.site.west.url=http://localhost:18080
                tutti.site.west.internal-url=http://localhost:18080
                tutti.cluster.secret=0123456789abcdef0123456789abcdef
                tutti.admin.password-hash=not-a-hash-that-any-password-has
                tutti.proxies=127.0.0.1
                tutti.photos.dir=%s
                tutti.cache.dir=%s
                tutti.db.url=jdbc:mariadb://127.0.0.1:%d/tutti
                tutti.db.user=tutti
                tutti.db.password=%s
                """
                        .formatted(photos.toAbsolutePath(), cache.toAbsolutePath(), port, PASSWORD));
        Files.writeString(FOLDER.resolve("config/west.properties"), "");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void startDatabase(int port) throws IOException, InterruptedException {
        var home = System.getProperty("tutti.mariadb.home", "");
        if (home.isEmpty()) {
            throw new IllegalStateException("Run the tests with ./run-cluster.sh test: it says where MariaDB is.");
        }
        var data = Files.createTempDirectory(FOLDER, "db").toAbsolutePath();
        var user = "--user=" + System.getProperty("user.name");
        var temporary = Files.createTempDirectory(FOLDER, "tmp").toAbsolutePath();
        var installer = new ProcessBuilder(
                        home + "/scripts/mariadb-install-db",
                        "--no-defaults",
                        "--basedir=" + home,
                        "--datadir=" + data,
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db",
                        user)
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("install-db.log").toFile());
        // A server that starts clears its folder for temporary tables: another one's must not be the same.
        installer.environment().put("TMPDIR", temporary.toString());
        var installed = installer.start();
        if (!installed.waitFor(2, TimeUnit.MINUTES) || installed.exitValue() != 0) {
            throw new IllegalStateException("MariaDB could not be set up: see " + FOLDER.resolve("install-db.log"));
        }
        var init = Files.writeString(
                FOLDER.resolve("init.sql"),
                "CREATE DATABASE tutti CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;\n"
                        + "CREATE USER tutti@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "';\n"
                        + "GRANT ALL ON tutti.* TO tutti@'127.0.0.1';\n"
                        + "GRANT PROCESS ON *.* TO tutti@'127.0.0.1';\n");
        var server = new ProcessBuilder(List.of(
                        home + "/bin/mariadbd",
                        "--no-defaults",
                        "--basedir=" + home,
                        "--datadir=" + data,
                        "--socket=mariadb.sock",
                        "--tmpdir=" + temporary,
                        "--bind-address=127.0.0.1",
                        "--port=" + port,
                        "--skip-ssl",
                        "--skip-name-resolve",
                        "--init-file=" + init.toAbsolutePath(),
                        "--innodb-flush-log-at-trx-commit=1",
                        "--innodb-buffer-pool-size=64M",
                        user))
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("db.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
        Awaitility.await("MariaDB answers")
                .atMost(Duration.ofMinutes(1))
                .until(() -> answers("jdbc:mariadb://127.0.0.1:" + port + "/tutti"));
    }

    private static boolean answers(String url) {
        try (var connection = DriverManager.getConnection(url, "tutti", PASSWORD)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
