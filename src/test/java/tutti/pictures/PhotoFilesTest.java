package tutti.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoFilesTest {

    /** FIPS 180-2, appendix B.1. */
    private static final String SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path root;

    private PhotoFiles photos;

    @BeforeEach
    void openStore() throws IOException {
        photos = new PhotoFiles(root.resolve("photos"), Room.onDisk());
    }

    @Test
    void a_kept_photo_is_found_under_its_digest() throws IOException {
        try (Received received = photos.receive(bytes("abc"), 3)) {
            assertThat(received.sha256()).isEqualTo(SHA256_OF_ABC);
            assertThat(received.bytes()).isEqualTo(3);
            assertThat(photos.exists(SHA256_OF_ABC)).isFalse();

            photos.keep(received);
        }

        assertThat(photos.exists(SHA256_OF_ABC)).isTrue();
        assertThat(photos.size(SHA256_OF_ABC)).isEqualTo(3);
        try (InputStream in = photos.open(SHA256_OF_ABC)) {
            assertThat(in).hasContent("abc");
        }
        try (LocalCopy copy = photos.localCopy(SHA256_OF_ABC)) {
            assertThat(copy.path()).hasContent("abc");
        }
        assertThat(files()).containsExactly("ba/" + SHA256_OF_ABC);
    }

    @Test
    void what_is_not_kept_is_gone_when_closed() throws IOException {
        photos.receive(bytes("abc"), 3).close();

        assertThat(files()).isEmpty();
    }

    @Test
    void a_photo_is_sound_while_it_has_its_very_bytes() throws IOException {
        keep("abc");
        assertThat(photos.isSound(SHA256_OF_ABC)).isTrue();

        Files.writeString(photos.path(SHA256_OF_ABC), "abd");

        assertThat(photos.isSound(SHA256_OF_ABC)).isFalse();
        assertThat(photos.isSound("0".repeat(64))).as("one that is not here").isFalse();
    }

    @Test
    void the_same_photo_twice_is_one_file() throws IOException {
        keep("abc");
        keep("abc");

        assertThat(files()).hasSize(1);
    }

    @Test
    void a_kept_file_that_is_cut_short_is_replaced() throws IOException {
        keep("abc");
        Files.writeString(photos.path(SHA256_OF_ABC), "a");

        keep("abc");

        assertThat(photos.path(SHA256_OF_ABC)).hasContent("abc");
    }

    @Test
    void one_byte_too_many_is_refused_and_nothing_is_left() throws IOException {
        assertThatThrownBy(() -> photos.receive(bytes("abcd"), 3))
                .isInstanceOfSatisfying(TooLarge.class, refusal -> assertThat(refusal.bytesMax())
                        .isEqualTo(3));

        assertThat(files()).isEmpty();
    }

    @Test
    void endless_bytes_are_not_read_to_their_end() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 7;
            }
        };

        assertThatThrownBy(() -> photos.receive(endless, 1 << 20)).isInstanceOf(TooLarge.class);
    }

    @Test
    void other_bytes_than_announced_are_refused_and_nothing_is_left() throws IOException {
        assertThatThrownBy(() -> photos.receive(bytes("abd"), 3, SHA256_OF_ABC)).isInstanceOf(DigestMismatch.class);

        assertThat(files()).isEmpty();
        photos.receive(bytes("abc"), 3, SHA256_OF_ABC).close();
    }

    @Test
    void a_sender_that_breaks_off_leaves_nothing() throws IOException {
        InputStream breaking = new InputStream() {
            private int left = 100_000;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("connection reset");
                }
                return 1;
            }
        };

        assertThatThrownBy(() -> photos.receive(breaking, 1 << 20)).hasMessage("connection reset");

        assertThat(files()).isEmpty();
    }

    @Test
    void a_deleted_photo_is_gone_and_deleting_again_does_no_harm() throws IOException {
        keep("abc");

        photos.delete(SHA256_OF_ABC);
        photos.delete(SHA256_OF_ABC);

        assertThat(photos.exists(SHA256_OF_ABC)).isFalse();
        assertThatThrownBy(() -> photos.open(SHA256_OF_ABC)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> photos.localCopy(SHA256_OF_ABC)).isInstanceOf(IOException.class);
    }

    @Test
    void a_start_removes_what_was_abandoned_and_spares_what_is_arriving() throws IOException {
        try (Received abandoned = photos.receive(bytes("old"), 3);
                Received arriving = photos.receive(bytes("new"), 3)) {
            Instant longAgo = Instant.now().minus(Duration.ofDays(1));
            Files.setLastModifiedTime(abandoned.path(), FileTime.from(longAgo));

            openStore();

            assertThat(abandoned.path()).doesNotExist();
            assertThat(arriving.path()).exists();
        }
    }

    @Test
    void names_that_are_no_digests_never_become_paths() {
        for (String name : List.of(
                "", "..", "../../etc/passwd", SHA256_OF_ABC.toUpperCase(java.util.Locale.ROOT), SHA256_OF_ABC + "/")) {
            assertThatThrownBy(() -> photos.exists(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void two_instances_may_keep_the_same_photo_at_once() throws Exception {
        int uploads = 8;
        CyclicBarrier together = new CyclicBarrier(uploads);
        ExecutorService threads = Executors.newFixedThreadPool(uploads);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < uploads; i++) {
                done.add(threads.submit(() -> {
                    PhotoFiles instance = new PhotoFiles(root.resolve("photos"), Room.onDisk());
                    try (Received received = instance.receive(bytes("abc"), 3)) {
                        together.await();
                        instance.keep(received);
                    }
                    return null;
                }));
            }
            for (Future<?> upload : done) {
                upload.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(files()).containsExactly("ba/" + SHA256_OF_ABC);
        assertThat(photos.path(SHA256_OF_ABC)).hasContent("abc");
    }

    @Test
    void takes_no_more_where_the_disk_has_too_little_left_and_gives_out_what_is_there() throws IOException {
        try (Received received = photos.receive(bytes("abc"), 3)) {
            photos.keep(received);
        }
        PhotoFiles cautious = new PhotoFiles(root.resolve("photos"), new Room(Long.MAX_VALUE, Long.MAX_VALUE));

        assertThatThrownBy(() -> cautious.receive(bytes("def"), 3)).isInstanceOf(NoSpace.class);
        try (InputStream in = cautious.open(SHA256_OF_ABC)) {
            assertThat(in).hasContent("abc");
        }
        assertThat(files()).containsExactly("ba/" + SHA256_OF_ABC);
    }

    @Test
    void photos_on_their_way_are_left_what_they_may_still_write() throws Exception {
        PhotoFiles cautious = new PhotoFiles(root.resolve("photos"), new Room(Long.MAX_VALUE, 100), () -> 115);
        CountDownLatch allSent = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<Received>> arriving = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                SlowSender sender = new SlowSender(allSent);
                arriving.add(threads.submit(() -> cautious.receive(sender, 10)));
                assertThat(sender.hasBegun.await(10, TimeUnit.SECONDS)).isTrue();
            }

            assertThatThrownBy(() -> cautious.receive(bytes("abcde"), 10))
                    .as("4 photos may write 5 bytes more each, and there are 15 to spare")
                    .isInstanceOf(NoSpace.class);
            allSent.countDown();

            for (Future<Received> photo : arriving) {
                photo.get().close();
            }
            cautious.receive(bytes("abcde"), 10).close();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Sends five bytes, and is slow to say that these were all. */
    private static final class SlowSender extends InputStream {

        private final CountDownLatch hasBegun = new CountDownLatch(1);
        private final CountDownLatch allSent;
        private int left = 5;

        SlowSender(CountDownLatch allSent) {
            this.allSent = allSent;
        }

        @Override
        public int read() throws IOException {
            return read(new byte[1], 0, 1);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left > 0) {
                int count = Math.min(left, length);
                left -= count;
                return count;
            }
            hasBegun.countDown();
            try {
                allSent.await();
            } catch (InterruptedException givenUp) {
                throw new IOException(givenUp);
            }
            return -1;
        }
    }

    @Test
    void takes_no_more_where_photos_have_no_more_room_until_some_are_gone() throws IOException {
        PhotoFiles small = new PhotoFiles(root.resolve("photos"), new Room(3, 0));
        try (Received received = small.receive(bytes("abc"), 3)) {
            small.keep(received);
        }
        try (Received again = photos.receive(bytes("abc"), 3)) {
            small.keep(again);
        }
        assertThat(small.bytesKept()).as("the same photo counts once").isEqualTo(3);
        assertThatThrownBy(() -> small.receive(bytes("def"), 3)).isInstanceOf(NoSpace.class);

        small.delete(SHA256_OF_ABC);
        small.delete(SHA256_OF_ABC);

        assertThat(small.bytesKept()).isZero();
        try (Received received = small.receive(bytes("def"), 3)) {
            assertThat(received.bytes()).isEqualTo(3);
        }
    }

    @Test
    void measures_what_is_there_already_and_what_others_have_added_or_taken() throws IOException {
        keep("abc");
        keep("something else");
        PhotoFiles other = new PhotoFiles(root.resolve("photos"), Room.onDisk());
        assertThat(other.bytesKept()).isZero();

        other.measure();
        assertThat(other.bytesKept()).isEqualTo(17);

        photos.delete(SHA256_OF_ABC);
        other.measure(0xba);
        assertThat(other.bytesKept()).isEqualTo(14);
    }

    @Test
    void a_full_disk_is_told_from_other_trouble() throws IOException {
        IOException other = new IOException("Input/output error");

        assertThatThrownBy(() -> NoSpace.unlessFull(root, new IOException("No space left on device")))
                .isInstanceOf(NoSpace.class);
        assertThat(NoSpace.unlessFull(root, other)).isSameAs(other);
    }

    private void keep(String text) throws IOException {
        try (Received received = photos.receive(bytes(text), 100)) {
            photos.keep(received);
        }
    }

    private List<String> files() throws IOException {
        Path folder = root.resolve("photos");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
