package tutti.launch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipFile;

/**
 * Puts the three hundred jars on the class path of an unpacked Payara Micro into one.
 *
 * <p>Whoever looks for what is not there, such as a class of the application by way of Payara's loader, asks each jar in turn.
 * That took a third of the CPU time of the main thread of a start.
 */
public final class OneJar {
    private static final String ALL = "runtime.jar";

    /** Texts that name what a jar provides: of these each jar's own counts, of all else only the first. */
    private static final Pattern JOINED = Pattern.compile("META-INF/(services|hk2-locator|loggerinfo|logmessages)/.+");

    /** What speaks of a jar as a whole. */
    private static final Pattern OF_ONE_JAR =
            Pattern.compile("META-INF/(MANIFEST\\.MF|INDEX\\.LIST|[^/]+\\.(SF|RSA|DSA|EC))|(.*/)?module-info\\.class");

    /** The Java that Tutti needs at least: of a jar for several, the merged one has what is for this. */
    private static final Runtime.Version JAVA = Runtime.Version.parse("17");

    private OneJar() {}

    /** Takes the launcher, whose manifest names the others; names only the one jar, and what is not a jar, when it returns. */
    public static void main(String[] arguments) throws IOException {
        var launcher = Path.of(arguments[0]);
        var folder = launcher.toAbsolutePath().getParent();
        var manifest = manifestOf(launcher);
        var classPath = List.of(
                manifest.getMainAttributes().getValue(Name.CLASS_PATH).trim().split("\\s+"));
        var jars = classPath.stream().filter(name -> name.endsWith(".jar")).toList();
        merge(jars.stream().map(folder::resolve).toList(), folder.resolve(ALL));
        var shorter = new ArrayList<>(List.of(ALL));
        classPath.stream().filter(name -> !jars.contains(name)).forEach(shorter::add);
        manifest.getMainAttributes().put(Name.CLASS_PATH, String.join(" ", shorter));
        giveManifest(launcher, manifest);
        for (String jar : jars) {
            Files.delete(folder.resolve(jar));
        }
    }

    private static void merge(List<Path> jars, Path into) throws IOException {
        Set<String> written = new HashSet<>();
        Map<String, byte[]> joined = new LinkedHashMap<>();
        try (var out = open(into, new Manifest())) {
            for (Path jar : jars) {
                try (var file = new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, JAVA)) {
                    for (JarEntry entry : file.versionedStream().toList()) {
                        String name = entry.getName();
                        if (JOINED.matcher(name).matches()) {
                            joined.merge(name, read(file, entry), OneJar::joined);
                        } else if (!OF_ONE_JAR.matcher(name).matches() && written.add(name)) {
                            write(out, name, read(file, entry));
                        }
                    }
                }
            }
            for (var text : joined.entrySet()) {
                write(out, text.getKey(), text.getValue());
            }
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + 1 + second.length);
        both[first.length] = '\n';
        System.arraycopy(second, 0, both, first.length + 1, second.length);
        return both;
    }

    private static Manifest manifestOf(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            return file.getManifest();
        }
    }

    private static void giveManifest(Path jar, Manifest manifest) throws IOException {
        var other = jar.resolveSibling(jar.getFileName() + ".new");
        try (var file = new JarFile(jar.toFile());
                var out = open(other, manifest)) {
            for (JarEntry entry : file.stream().toList()) {
                if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    write(out, entry.getName(), read(file, entry));
                }
            }
        }
        Files.move(other, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] read(JarFile file, JarEntry entry) throws IOException {
        try (var in = file.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static JarOutputStream open(Path jar, Manifest manifest) throws IOException {
        manifest.getMainAttributes().putIfAbsent(Name.MANIFEST_VERSION, "1.0");
        var out = new JarOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)), manifest);
        out.setLevel(Deflater.BEST_SPEED);
        return out;
    }

    private static void write(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }
}
