package tutti.mutants;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import tutti.commit.Promise;

/** Compiles one class against the rules as they are, without leaving a trace on the disk. */
final class Compiler {

    private Compiler() {}

    /**
     * The code of a class and of the classes within it, by name.
     *
     * @throws IllegalStateException when the source cannot be compiled
     */
    static Map<String, byte[]> compile(String className, String source) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new DiagnosticCollector<JavaFileObject>();
        var memory = new Memory(compiler.getStandardFileManager(problems, Locale.ROOT, null));
        var options = List.of("-proc:none", "-nowarn", "--release", "17", "-classpath", rules());
        if (!compiler.getTask(null, memory, problems, options, null, List.of(new Source(className, source)))
                .call()) {
            throw new IllegalStateException(className + " is no Java any more: " + problems.getDiagnostics());
        }
        return memory.classes();
    }

    private static String rules() {
        return Path.of(URI.create(Promise.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .toString();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Code extends SimpleJavaFileObject {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Code(String className) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.CLASS.extension), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, Code> codes = new TreeMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location to, String className, Kind kind, FileObject sibling) {
            return codes.computeIfAbsent(className, Code::new);
        }

        Map<String, byte[]> classes() {
            return codes.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, code -> code.getValue().bytes.toByteArray()));
        }
    }
}
