package tutti.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * Somebody at the console of a site who speaks HTTP without a browser.
 *
 * @param session the cookie of the console as it was given; empty before a login
 */
record Operator(URI door, String session) {

    static final String LOGIN = "/admin/login";

    private static final String FORM = "application/x-www-form-urlencoded";

    static Operator unknown(RunningCluster cluster, Site site) {
        return new Operator(cluster.url(site), "");
    }

    /** As the first start has told it. */
    static String password(RunningCluster cluster) {
        try {
            return Files.readString(cluster.folder(Site.WEST).resolveSibling("admin-password"))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the form of the login page with this password. */
    Answer triesToLogIn(String password, String... headers) {
        return sends(LOGIN, filledIn(password), headers);
    }

    /** The form of the login page, as a browser sends it. */
    static String filledIn(String password) {
        return "login=login&login%3Aname=Olga&login%3Apassword=" + URLEncoder.encode(password, StandardCharsets.UTF_8)
                + "&login%3Aenter=Log+in&jakarta.faces.ViewState=stateless";
    }

    /** The same one with the session that such an answer gives. */
    Operator with(Answer answer) {
        return new Operator(door, answer.is(302).header("Set-Cookie").split(";")[0]);
    }

    Answer looksAt(String path) {
        return Guest.send(to(path).GET());
    }

    /** Sends the form of a page. @param fields as a URL writes them */
    Answer sends(String path, String fields, String... headers) {
        return Guest.send(to(path, headers).header("Content-Type", FORM).POST(BodyPublishers.ofString(fields)));
    }

    HttpRequest.Builder to(String path, String... headers) {
        var request = HttpRequest.newBuilder(door.resolve(path));
        if (!session.isEmpty()) {
            request.header("Cookie", session);
        }
        return headers.length == 0 ? request : request.headers(headers);
    }
}
