package tutti.verify;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Where one site keeps what it has: its database and the folder of its photos' bytes. */
public record SiteStore(String site, String url, String user, String password, Path photos) {

    Connection open() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** Where the bytes of this digest are, if they are here. */
    Path file(String sha256) {
        return photos.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    @Override
    public String toString() {
        return site;
    }
}
