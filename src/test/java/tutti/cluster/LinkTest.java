package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody who repeats each byte, and a link to them. */
class LinkTest {

    private static final int ANSWER_MOST_MILLIS = 20_000;
    private static final int SILENCE_MILLIS = 300;

    /** Whatever is held back comes late, and a lossy link loses at once. */
    private static final Random UNLUCKY = new Random(0) {
        private static final long serialVersionUID = 1L;

        @Override
        public double nextDouble() {
            return 0;
        }
    };

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket echo;
    private Link link;

    @BeforeEach
    void connect() throws IOException {
        echo = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        threads.execute(this::repeat);
        var url = URI.create("http://localhost:" + echo.getLocalPort());
        link = new Link(Site.WEST, Site.EAST, url, threads, UNLUCKY);
    }

    @AfterEach
    void disconnect() throws IOException {
        link.close();
        echo.close();
        threads.shutdownNow();
    }

    @Test
    void passes_all_in_clear_weather() throws IOException {
        try (var caller = call()) {
            assertThat(asked(caller, 7)).isEqualTo(7);
        }
    }

    @Test
    void holds_back_what_is_sent_while_it_is_cut() throws IOException {
        try (var caller = call()) {
            assertThat(asked(caller, 7)).isEqualTo(7);
            link.become(Weather.CUT);
            isSilent(caller, 8);

            link.become(Weather.CLEAR);

            assertThat(answer(caller, ANSWER_MOST_MILLIS)).isEqualTo(8);
        }
    }

    @Test
    void lets_requests_through_and_no_answers() throws IOException {
        try (var caller = call()) {
            link.become(Weather.ANSWERS_LOST);
            isSilent(caller, 9);

            link.become(Weather.CLEAR);

            assertThat(answer(caller, ANSWER_MOST_MILLIS)).isEqualTo(9);
        }
    }

    @Test
    void breaks_connections_when_it_is_lossy() throws IOException {
        try (var caller = call()) {
            link.become(Weather.LOSSY);

            assertThat(asked(caller, 7)).isEqualTo(-1);
        }
    }

    private Socket call() throws IOException {
        return new Socket("localhost", link.url().getPort());
    }

    private static int asked(Socket caller, int number) throws IOException {
        caller.getOutputStream().write(number);
        return answer(caller, ANSWER_MOST_MILLIS);
    }

    private static void isSilent(Socket caller, int number) throws IOException {
        caller.getOutputStream().write(number);
        assertThatThrownBy(() -> answer(caller, SILENCE_MILLIS)).isInstanceOf(SocketTimeoutException.class);
    }

    private static int answer(Socket caller, int mostMillis) throws IOException {
        caller.setSoTimeout(mostMillis);
        return caller.getInputStream().read();
    }

    private void repeat() {
        try (var caller = echo.accept()) {
            var in = caller.getInputStream();
            for (var number = in.read(); number >= 0; number = in.read()) {
                caller.getOutputStream().write(number);
            }
        } catch (IOException over) {
            // The test has ended.
        }
    }
}
