package tutti.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another instance of a site, on the same database and the same photos. It runs by the very command line of the first, with
 * ports and scratch folders of its own; the other sites do not know it.
 */
public final class SecondInstance implements AutoCloseable {

    /** Within the site's own: where a second instance keeps its scratch folders and its logs. */
    static final String FOLDER = "second";

    private static final Duration START_MOST = Duration.ofMinutes(4);
    private static final String UNPACKED = "-Dfish.payara.micro.UnpackDir=";

    private final Process process;
    private final URI url;

    private SecondInstance(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** @param folder of the site, in which the first instance keeps its own scratch folders */
    static SecondInstance beside(long first, Path folder) {
        try {
            var users = freePort();
            var process = new ProcessBuilder(commandLike(first, folder, users))
                    .redirectErrorStream(true)
                    .redirectOutput(
                            folder.resolve(FOLDER).resolve("console.log").toFile())
                    .start();
            var second = new SecondInstance(process, URI.create("http://localhost:" + users));
            second.awaitReady();
            return second;
        } catch (IOException e) {
            throw new IllegalStateException("a second instance cannot be started", e);
        }
    }

    private static List<String> commandLike(long first, Path folder, int users) throws IOException {
        var own = Files.createDirectories(folder.resolve(FOLDER));
        Files.createDirectories(own.resolve("tmp"));
        var command = new ArrayList<String>();
        var words =
                List.of(Files.readString(Path.of("/proc/" + first + "/cmdline")).split("\0"));
        for (var word : words) {
            var before = command.isEmpty() ? "" : command.get(command.size() - 1);
            switch (before) {
                case "--port" -> command.add(Integer.toString(users));
                case "--rootdir" -> command.add(freshRoot(words, own).toString());
                case "--prebootcommandfile" ->
                    command.add(changed(Path.of(word), own, "--listenerport \\d+", "--listenerport " + freePort()));
                case "--logproperties" ->
                    command.add(changed(Path.of(word), own, "(?m)^(.*)/log/server", "$1/" + FOLDER + "/server"));
                default -> command.add(word.replaceFirst("^(-Djava.io.tmpdir=).*", "$1" + own.resolve("tmp")));
            }
        }
        return command;
    }

    /** As it was unpacked: what the first one has written down since is its own. */
    private static Path freshRoot(List<String> words, Path own) throws IOException {
        var root = words.stream()
                .filter(word -> word.startsWith(UNPACKED))
                .map(word -> Path.of(word.substring(UNPACKED.length())))
                .findFirst()
                .orElseThrow();
        var copy = own.resolve("payara");
        for (var part : List.of("config", "lib", "docroot")) {
            try (var files = Files.walk(root.resolve(part))) {
                for (var file : (Iterable<Path>) files::iterator) {
                    var to = copy.resolve(root.relativize(file));
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(to);
                    } else {
                        Files.copy(file, to);
                    }
                }
            }
        }
        return copy;
    }

    private static String changed(Path file, Path own, String words, String instead) throws IOException {
        var text = Files.readString(file).replaceAll(words, instead);
        return Files.writeString(own.resolve(file.getFileName()), text).toString();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() {
        var ready = false;
        try {
            Soon.within(START_MOST, "a second instance is ready", this::isReady);
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    private void isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the second instance has ended: see its console.log");
        }
        Guest.send(HttpRequest.newBuilder(url.resolve("/health/ready"))).is(200);
    }

    /** Where users reach it; no slash at the end. */
    public URI url() {
        return url;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
