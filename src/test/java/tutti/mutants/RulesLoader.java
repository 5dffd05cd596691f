package tutti.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Loads the rules, and what tests them, once more: apart from the real ones, and with some classes of its own. */
final class RulesLoader extends ClassLoader {

    private static final List<String> ROOMS =
            List.of("commit", "photo", "montage", "ballot", "event", "replica", "simulation");

    private final Map<String, byte[]> own;

    /** @param own the classes that differ from the real ones, by name */
    RulesLoader(Map<String, byte[]> own) {
        super(RulesLoader.class.getClassLoader());
        this.own = own;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (ROOMS.stream().noneMatch(room -> name.startsWith("tutti." + room + "."))) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            var known = findLoadedClass(name);
            return known != null ? known : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        var bytes = own.containsKey(name) ? own.get(name) : original(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] original(String name) throws ClassNotFoundException {
        try (var code = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (code == null) {
                throw new ClassNotFoundException(name);
            }
            return code.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
