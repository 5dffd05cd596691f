package tutti.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static tutti.cluster.Site.WEST;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tutti.photo.Sha256;

/** A real process on the machine that fails; {@code dd} writes, and syncs where it is told to. */
class FrailMachineTest {

    private static final Duration MOST = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private FrailMachine machine;
    private Path photos;

    @BeforeEach
    void build() throws IOException {
        var data = folder.resolve("var");
        var built = FrailMachine.built(folder.resolve("machines"), data);
        assumeTrue(built.isPresent(), "a C compiler is here");
        machine = built.get();
        photos = Files.createDirectories(data.resolve("west/photos"));
        Files.createDirectories(data.resolve("west/db"));
    }

    @Test
    void a_power_cut_takes_what_was_not_synced_and_nothing_else() throws IOException {
        Files.writeString(photos.resolve("text"), "from long ago");
        written("synced", "fsync", "new and synced");
        written("text", "notrunc", "changed ...");
        written("new", "notrunc", "only in memory");

        machine.forget(WEST, photos.getParent());

        assertThat(photos.resolve("synced")).hasContent("new and synced");
        assertThat(photos.resolve("text")).hasContent("from long ago");
        assertThat(photos.resolve("new")).isEmptyFile();
    }

    @Test
    void a_power_cut_takes_new_names_whose_folder_was_not_synced() throws IOException {
        written("part", "fsync", "bytes");
        run("mv", photos.resolve("part").toString(), photos.resolve("name").toString());
        run("mkdir", photos.resolve("shelf").toString());

        machine.forget(WEST, photos.getParent());

        assertThat(photos.resolve("part")).hasContent("bytes");
        assertThat(photos.resolve("name")).doesNotExist();
        assertThat(photos.resolve("shelf")).doesNotExist();
    }

    @Test
    void what_survived_one_power_cut_survives_the_next() throws IOException {
        written("synced", "fsync", "here to stay");
        machine.forget(WEST, photos.getParent());
        written("synced", "notrunc", "overwritten!");

        machine.forget(WEST, photos.getParent());

        assertThat(photos.resolve("synced")).hasContent("here to stay");
    }

    @Test
    void a_full_disk_takes_nothing_more_until_there_is_room() throws IOException {
        machine.fillDisk(WEST);

        assertThatThrownBy(() -> written("more", "fsync", "does not fit")).hasMessageContaining("No space left");

        machine.makeRoom(WEST);
        written("more", "fsync", "fits again");
        assertThat(photos.resolve("more")).hasContent("fits again");
    }

    @Test
    void a_clock_jumps() {
        machine.setClock(WEST, Duration.ofHours(-5));

        var seconds = Long.parseLong(run("date", "+%s").strip());

        assertThat(Duration.between(Instant.ofEpochSecond(seconds), Instant.now()))
                .isBetween(
                        Duration.ofHours(5).minusSeconds(60),
                        Duration.ofHours(5).plusSeconds(60));
    }

    // What a site does on such a machine

    @Test
    void a_kept_photo_survives_a_power_cut() throws IOException {
        var photo = Files.writeString(folder.resolve("photo"), "a photo's bytes");

        keeps(photo, "keep");
        machine.forget(WEST, photos.getParent());

        assertThat(kept(photo)).hasSameBinaryContentAs(photo);
    }

    @Test
    void a_photo_that_was_named_by_somebody_who_died_survives_a_power_cut_once_it_is_confirmed() throws IOException {
        var photo = Files.writeString(folder.resolve("photo"), "a photo's bytes");
        Files.createDirectories(kept(photo).getParent());
        Files.copy(photo, photos.resolve("complete"));
        run("mv", photos.resolve("complete").toString(), kept(photo).toString());

        keeps(photo, "keep-on");
        machine.forget(WEST, photos.getParent());

        assertThat(kept(photo)).hasSameBinaryContentAs(photo);
    }

    private void keeps(Path photo, String how) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("java.class.path");
        run(java, "-cp", classes, PhotoKeeper.class.getName(), photos.toString(), photo.toString(), how);
    }

    private Path kept(Path photo) throws IOException {
        var sha256 = Sha256.of(Files.readAllBytes(photo)).hex();
        return photos.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    private void written(String file, String how, String text) throws IOException {
        var source = Files.writeString(folder.resolve("source"), text);
        run("dd", "if=" + source, "of=" + photos.resolve(file), "conv=notrunc," + how);
    }

    private String run(String... command) {
        var words = new String[command.length + 3];
        words[0] = machine.launcher().toString();
        words[1] = "instance";
        words[2] = WEST.id();
        System.arraycopy(command, 0, words, 3, command.length);
        return Command.run(MOST, words);
    }
}
