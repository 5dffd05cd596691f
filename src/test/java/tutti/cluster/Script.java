package tutti.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code run-cluster.sh} as anybody would call it, with a configuration and data of a test's own. */
final class Script {

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Duration RESET_MOST = Duration.ofMinutes(3);
    private static final Path WAR = PROJECT.resolve("target/tutti.war");

    private final Path config;
    private final Path data;
    private final Path calls;
    private final Path runtime;
    private final Map<String, String> surroundings = new HashMap<>();

    /**
     * What an earlier run has left there is stopped and deleted.
     *
     * @param name of the folders of this test's configuration and data, in the build's folder
     * @throws IllegalStateException where the build has not brought what the script would otherwise have to fetch
     */
    Script(String name) throws IOException {
        var home = System.getProperty("tutti.mariadb.home", "");
        if (home.isEmpty() || !Files.isDirectory(Path.of(home)) || !Files.exists(WAR)) {
            throw new IllegalStateException("These tests need MariaDB, Payara Micro and the built application:"
                    + " \"./run-cluster.sh test\" brings them and runs all tests.");
        }
        config = PROJECT.resolve("target/" + name + "-config");
        data = PROJECT.resolve("target/" + name + "-var");
        calls = PROJECT.resolve("target/" + name + "-calls.log");
        runtime = Path.of(home).getParent();
        surround("TUTTI_JAVA_OPTS", System.getenv("TUTTI_JAVA_OPTS"));
        Files.deleteIfExists(calls);
        if (Files.exists(config) && Files.exists(data)) {
            call(RESET_MOST, "reset", "--yes");
        }
        // The build that runs these tests has just made it; Maven leaves an old date on a war that did not change.
        Files.setLastModifiedTime(WAR, FileTime.from(Instant.now()));
    }

    Path config() {
        return config;
    }

    /** Where the sites keep what they have: a folder each. */
    Path data() {
        return data;
    }

    /** Sets a variable of the environment in which the script is called, if there is a value. */
    void surround(String variable, String value) {
        if (value != null) {
            surroundings.put(variable, value);
        }
    }

    void surroundByDefault(String variable, String value) {
        surroundings.putIfAbsent(variable, value);
    }

    /** @return what it has said @throws IllegalStateException where it fails, or does not end in that time */
    String call(Duration most, String... arguments) {
        var command = new ArrayList<>(List.of(PROJECT.resolve("run-cluster.sh").toString()));
        command.addAll(List.of(arguments));
        return run(most, command);
    }

    /** Another command in the same surroundings; else as {@link #call}. */
    String run(Duration most, List<String> command) {
        var builder = new ProcessBuilder(command).directory(PROJECT.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TUTTI_"));
        builder.environment()
                .putAll(Map.of(
                        "TUTTI_VAR", data.toString(),
                        "TUTTI_CONFIG", config.toString(),
                        "TUTTI_RUNTIME", runtime.toString()));
        builder.environment().putAll(surroundings);
        try {
            // A file and not a pipe: the sites live on, and would keep a pipe open.
            var output = Files.createTempFile(PROJECT.resolve("target"), "call", ".log");
            var process = builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            var ended = process.waitFor(most.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroy();
            }
            var said = Files.readString(output);
            Files.delete(output);
            note(command, said);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(command + (ended ? " failed: " : " does not end: ") + said);
            }
            return said;
        } catch (IOException e) {
            throw new IllegalStateException(command + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command + " was interrupted", e);
        }
    }

    private void note(List<String> command, String said) throws IOException {
        var text = Instant.now() + " " + String.join(" ", command) + "\n" + said;
        Files.writeString(calls, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
