package tutti.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tutti.cluster.Site;

/**
 * The machine below each process, with a disk that forgets, a disk that can be full, and a clock that jumps: the library of
 * {@code src/test/c/frailmachine.c}, loaded before the C library. It needs a C compiler and no root.
 */
final class FrailMachine {

    private static final String SOURCE = "src/test/c/frailmachine.c";
    private static final Duration COMMAND_MOST = Duration.ofMinutes(1);

    private static final String LAUNCHER =
            """
            #!/bin/sh
            # instance or db, the site, and the command that this becomes
            case $1 in db) data=db ;; *) data=photos ;; esac
            machine=%1$s/$2
            export FRAIL_ROOT="%2$s/$2/$data" FRAIL_LOG="$machine/$data"
            export FRAIL_FULL="$machine/full" FRAIL_CLOCK="$machine/clock"
            shift 2
            exec env LD_PRELOAD="%1$s/frailmachine.so" "$@"
            """;

    private final Path folder;

    private FrailMachine(Path folder) {
        this.folder = folder;
    }

    /** Builds it for sites whose data is below a folder; empty where that cannot be, and why is said. */
    static Optional<FrailMachine> built(Path folder, Path data) throws IOException {
        var machine = new FrailMachine(folder);
        Files.createDirectories(folder);
        try {
            machine.compile("frailmachine.so", "-shared", "-fPIC", "-O2");
            machine.compile("frailmachine", "-DFRAIL_PROGRAM", "-O2");
        } catch (Command.Failed e) {
            System.out.println("No power cuts, full disks and jumping clocks: those need a C compiler (apt-get install"
                    + " gcc libc6-dev). " + e.getMessage());
            return Optional.empty();
        }
        for (var site : Site.values()) {
            Files.createDirectories(machine.of(site).resolve("db"));
            Files.createDirectories(machine.of(site).resolve("photos"));
            machine.setClock(site, Duration.ZERO);
        }
        Files.writeString(machine.launcher(), LAUNCHER.formatted(folder, data));
        Files.setPosixFilePermissions(machine.launcher(), PosixFilePermissions.fromString("rwxr-xr-x"));
        return Optional.of(machine);
    }

    private void compile(String name, String... flags) {
        var command = new ArrayList<>(List.of("cc", "-std=gnu11"));
        command.addAll(List.of(flags));
        command.addAll(List.of("-o", folder.resolve(name).toString(), SOURCE, "-ldl"));
        Command.run(COMMAND_MOST, command.toArray(String[]::new));
    }

    /** Puts the machine below a process; for {@code run-cluster.sh}. */
    Path launcher() {
        return folder.resolve("launch");
    }

    private Path of(Site site) {
        return folder.resolve(site.id());
    }

    /** Takes back whatever a site's processes, which must all have ended, have written and not synced; says which files. */
    String forget(Site site, Path data) {
        var program = folder.resolve("frailmachine").toString();
        var forgotten = new StringBuilder();
        for (var kind : new String[] {"db", "photos"}) {
            forgotten.append(Command.run(
                    COMMAND_MOST,
                    program,
                    data.resolve(kind).toString(),
                    of(site).resolve(kind).toString()));
        }
        return forgotten.toString();
    }

    void fillDisk(Site site) {
        write(of(site).resolve("full"), new byte[0]);
    }

    void makeRoom(Site site) {
        try {
            Files.deleteIfExists(of(site).resolve("full"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param ahead of the real clock; negative where it is behind */
    void setClock(Site site, Duration ahead) {
        var number =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(ahead.toNanos());
        write(of(site).resolve("clock"), number.array());
    }

    /** In place: a running process has the file mapped. */
    private static void write(Path file, byte[] bytes) {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
