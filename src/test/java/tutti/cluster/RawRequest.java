package tutti.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request whose address no library puts right on its way. */
final class RawRequest {

    private static final int ANSWER_MOST_MILLIS = 20_000;

    private RawRequest() {}

    /** All that was answered, headers first. */
    static String to(URI site, String method, String address) {
        try (var socket = new Socket(site.getHost(), site.getPort())) {
            socket.setSoTimeout(ANSWER_MOST_MILLIS);
            var request = method + " " + address + " HTTP/1.1\r\nHost: " + site.getAuthority()
                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
