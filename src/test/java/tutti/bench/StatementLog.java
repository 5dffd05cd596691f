package tutti.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import tutti.cluster.RunningCluster;
import tutti.cluster.Site;

/**
 * Every statement that a site sends to its database, from here until it is closed. Only the server's root may ask for that, who
 * is let in through the socket alone.
 */
final class StatementLog implements AutoCloseable {

    private static final String STATEMENTS = "SELECT REPLACE(CONVERT(argument USING utf8mb4), '\\n', ' ')"
            + " FROM mysql.general_log WHERE command_type IN ('Query', 'Execute') AND user_host LIKE 'tutti%'";

    private final Path folder;
    private final String password;

    private StatementLog(Path folder, String password) {
        this.folder = folder;
        this.password = password;
    }

    static StatementLog of(RunningCluster cluster, Site site) throws IOException {
        var folder = cluster.folder(site);
        var secrets = new Properties();
        try (var reader = Files.newBufferedReader(folder.resolve("secrets.properties"))) {
            secrets.load(reader);
        }
        var log = new StatementLog(folder, secrets.getProperty("tutti.db.root-password"));
        log.asRoot("SET GLOBAL log_output = 'TABLE'; TRUNCATE TABLE mysql.general_log; SET GLOBAL general_log = ON");
        return log;
    }

    /** Those so far, in their order, with the values of their parameters. */
    List<String> statements() throws IOException {
        return asRoot(STATEMENTS).lines().toList();
    }

    @Override
    public void close() throws IOException {
        asRoot("SET GLOBAL general_log = OFF; TRUNCATE TABLE mysql.general_log");
    }

    private String asRoot(String sql) throws IOException {
        var client = Path.of(System.getProperty("tutti.mariadb.home"), "bin", "mariadb");
        var builder = new ProcessBuilder(
                        client.toAbsolutePath().toString(),
                        "--no-defaults",
                        "--skip-ssl",
                        "--protocol=socket",
                        "--socket=mariadb.sock",
                        "--user=root",
                        "--batch",
                        "--skip-column-names",
                        "--raw",
                        "--execute=" + sql)
                .directory(folder.resolve("db").toFile())
                .redirectErrorStream(true);
        builder.environment().put("MYSQL_PWD", password);
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // Its end is near: it has closed its output.
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("the database's root is told: " + said);
        }
        return said;
    }
}
