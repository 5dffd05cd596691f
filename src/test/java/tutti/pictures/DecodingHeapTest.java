package tutti.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two pictures at once, of those that need most for their pixels, in a heap of which 150 MB are taken by something else. */
class DecodingHeapTest {

    private static final int TAKEN_MEGABYTES = 150;
    private static final Duration MOST = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void two_pictures_with_large_pixels_are_in_memory_at_once() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Site.class.getName()));
        command.add(file("too-deep-for-one", GeneratedPhotos.deepPng(4000, 4000)));
        command.add(file("just-decoded-whole", GeneratedPhotos.deepPng(3300, 3300)));
        Path said = folder.resolve("said");

        Process site = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();

        try {
            assertThat(site.waitFor(MOST.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(site.exitValue()).as(Files.readString(said)).isZero();
        } finally {
            site.destroyForcibly();
        }
    }

    private String file(String name, byte[] picture) throws IOException {
        return Files.write(folder.resolve(name), picture).toString();
    }

    /** The part of a site that decodes. */
    static final class Site {

        private Site() {}

        public static void main(String[] files) throws Exception {
            List<byte[]> taken = new ArrayList<>();
            for (int i = 0; i < TAKEN_MEGABYTES; i++) {
                taken.add(new byte[1 << 20]);
            }
            TileMaker maker = new TileMaker(PictureLimits.standard());
            ExecutorService threads = Executors.newFixedThreadPool(2);
            for (String file : files) {
                List<Future<Tiles>> both = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    both.add(threads.submit(() -> maker.make(Path.of(file))));
                }
                for (Future<Tiles> one : both) {
                    one.get();
                }
            }
            threads.shutdown();
            if (taken.size() != TAKEN_MEGABYTES) {
                throw new IllegalStateException("what was taken was let go");
            }
        }
    }
}
