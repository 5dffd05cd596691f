package tutti.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneJarTest {
    @TempDir
    Path folder;

    @Test
    void finds_in_one_jar_what_a_class_path_of_many_found() throws IOException {
        Files.createDirectory(folder.resolve("runtime"));
        jar("runtime/a.jar", Map.of(), Map.of("Twice.class", "a", "META-INF/services/Codec", "a.Codec"));
        jar("runtime/b.jar", Map.of(), Map.of("Twice.class", "b", "META-INF/services/Codec", "b.Codec", "only/", ""));
        jar(
                "runtime/c.jar",
                Map.of("Multi-Release", "true"),
                Map.of(
                        "C.class", "for 8",
                        "META-INF/versions/11/C.class", "for 11",
                        "META-INF/versions/99/C.class", "for 99",
                        "META-INF/KEY.SF", "signature",
                        "META-INF/versions/11/module-info.class", "module"));
        jar("runtime/d.rar", Map.of(), Map.of("D.class", "d"));
        jar(
                "launch.jar",
                Map.of("Class-Path", "runtime/a.jar runtime/b.jar runtime/c.jar runtime/d.rar", "Main-Class", "Start"),
                Map.of("Start.class", "start"));

        OneJar.main(new String[] {folder.resolve("launch.jar").toString()});

        assertThat(contents("runtime.jar"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Twice.class", "a",
                        "META-INF/services/Codec", "a.Codec\nb.Codec",
                        "only/", "",
                        "C.class", "for 11"));
        assertThat(contents("launch.jar")).containsExactly(Map.entry("Start.class", "start"));
        assertThat(attribute("launch.jar", Name.CLASS_PATH)).isEqualTo("runtime.jar runtime/d.rar");
        assertThat(attribute("launch.jar", Name.MAIN_CLASS)).isEqualTo("Start");
        try (var left = Files.list(folder.resolve("runtime"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("d.rar");
        }
    }

    private void jar(String name, Map<String, String> attributes, Map<String, String> contents) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        attributes.forEach(manifest.getMainAttributes()::putValue);
        try (var out = new JarOutputStream(Files.newOutputStream(folder.resolve(name)), manifest)) {
            for (var content : contents.entrySet()) {
                out.putNextEntry(new JarEntry(content.getKey()));
                out.write(content.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
    }

    private Map<String, String> contents(String name) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (var file = new JarFile(folder.resolve(name).toFile())) {
            List<JarEntry> entries = file.stream()
                    .filter(entry -> !entry.getName().equals(JarFile.MANIFEST_NAME))
                    .toList();
            for (var entry : entries) {
                contents.put(
                        entry.getName(), new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return contents;
    }

    private String attribute(String name, Name attribute) throws IOException {
        try (var file = new JarFile(folder.resolve(name).toFile())) {
            return file.getManifest().getMainAttributes().getValue(attribute);
        }
    }
}
