package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFilesTest {
    @TempDir
    Path folder;

    @Test
    void a_sites_own_file_overrides_what_all_share_and_secrets_override_both() throws IOException {
        write("cluster.properties", "a=shared", "b=shared", "c=shared", "d=shared");
        write("west.properties", "b=own", "c=own", "d=own");
        write("east.properties", "a=foreign");
        write("secrets.properties", "c=secret", "d=secret");
        write("more-secrets.properties", "d=more");

        var files = new ClusterFiles(
                folder.toString(),
                "west",
                path("secrets.properties") + File.pathSeparator + path("more-secrets.properties"));

        assertThat(files.getProperties())
                .containsEntry("a", "shared")
                .containsEntry("b", "own")
                .containsEntry("c", "secret")
                .containsEntry("d", "more")
                .hasSize(4);
        assertThat(files.getPropertyNames()).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void the_environment_overrides_all_files() {
        assertThat(new ClusterFiles("", "", "").getOrdinal()).isLessThan(300);
    }

    @Test
    void reads_utf_8_and_drops_blanks_at_the_end() throws IOException {
        write("cluster.properties", "name=Zoë ☂  ");

        assertThat(new ClusterFiles(folder.toString(), "", "").getValue("name")).isEqualTo("Zoë ☂");
    }

    @Test
    void is_empty_where_no_folder_is_named() {
        assertThat(new ClusterFiles("", "", "").getPropertyNames()).isEmpty();
    }

    @Test
    void a_file_that_is_not_there_is_named() throws IOException {
        write("cluster.properties", "a=b");

        assertThatThrownBy(() -> new ClusterFiles(folder.toString(), "west", ""))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining(path("west.properties"));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void write(String name, String... lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines));
    }
}
