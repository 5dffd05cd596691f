package tutti.guest;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.TreeSet;
import tutti.photo.Sha256;

/**
 * Scripts, styles and icons of the pages. Their version is a hash of them: the same at every site, and a new one exactly
 * when there is something new to load.
 */
@Named
@ApplicationScoped
public class Assets {

    private static final String FOLDER = "/resources/tutti/";
    private static final int DIGITS = 12;

    @Inject
    ServletContext context;

    private String version;

    @PostConstruct
    void read() {
        var digest = Sha256.digest();
        for (var path : new TreeSet<>(context.getResourcePaths(FOLDER))) {
            try (var file = context.getResourceAsStream(path)) {
                digest.update(file.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + path + " of the war", e);
            }
        }
        version = HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    public String getVersion() {
        return version;
    }
}
