package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.EUROPE;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Requests that nobody's browser would send, at both doors of a site: none may find it at a loss, keep it waiting, make it
 * talk of its inside, fill its memory, or leave anything behind that breaks an invariant. {@code -Dtutti.fuzz.seed=N} repeats a day's requests.
 */
@ExtendWith(RunningCluster.Resolver.class)
class FuzzIT {

    private static final int REQUESTS = 1_500;
    private static final int UNTIL_ALL_CODE_IS_LOADED = 300;
    /** A closed connection stays for minutes with its 6 kB, which is Grizzly's way: 7 MB here. What grows further leaks. */
    private static final long GROWTH_BYTES_MOST = 15 << 20;

    private static final long SEED =
            Long.getLong("tutti.fuzz.seed", LocalDate.now().toEpochDay());
    private static final int CONNECTING_MILLIS_MOST = 5_000;
    private static final int ANSWER_MILLIS_MOST = 15_000;

    private static final String NO_ANSWER = "nothing, for " + ANSWER_MILLIS_MOST + " ms";
    private static final String NO_SUCH_HTTP = "505";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
    private static final Pattern INSIDE =
            Pattern.compile("Exception|\\bat (org|com|java|jakarta|tutti)\\.|SELECT |Payara|root:x:");

    private final RunningCluster cluster;

    FuzzIT(RunningCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void no_request_finds_a_site_at_a_loss_or_stays_in_its_memory() {
        var guest = Guest.named("Guest", cluster, EUROPE);
        var event = guest.creates("For odd requests", 60);
        var photo = guest.adds(event, Photos.small(SEED)).getString("id");
        var fuzzer = new Fuzzer(event, photo, guest.secret());
        var doors = List.of(cluster.url(EUROPE), cluster.url(EUROPE), cluster.internalUrl(EUROPE));
        var complaints = new ArrayList<String>();
        var before = 0L;

        for (var i = 0; i < REQUESTS && complaints.size() < 20; i++) {
            if (i == UNTIL_ALL_CODE_IS_LOADED) {
                before = cluster.liveBytes(EUROPE);
            }
            var number = SEED * REQUESTS + i;
            var request = fuzzer.request(number);
            var answer = answer(doors.get(i % doors.size()), request);
            if (isWrong(answer)) {
                complaints.add("request " + number + ": " + start(text(request)) + "\n  got " + start(answer));
            }
        }

        assertThat(complaints).as("seed %d", SEED).isEmpty();
        assertThat(cluster.liveBytes(EUROPE) - before)
                .as("bytes more in the heap")
                .isLessThan(GROWTH_BYTES_MOST);
        assertThat(guest.get("/events/" + event).status()).isIn(200, 404);
        Invariants.hold(cluster);
    }

    /** To be cut off is an answer, too, for what is no HTTP; to be kept waiting is none. */
    private static boolean isWrong(String answer) {
        var status = STATUS.matcher(answer);
        return answer.equals(NO_ANSWER)
                || status.lookingAt()
                        && status.group(1).startsWith("5")
                        && !status.group(1).equals(NO_SUCH_HTTP)
                || INSIDE.matcher(answer).find();
    }

    private static String answer(URI door, byte[] request) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(door.getHost(), door.getPort()), CONNECTING_MILLIS_MOST);
            socket.setSoTimeout(ANSWER_MILLIS_MOST);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            } catch (IOException alreadyAnswered) {
                // A site need not read to its end what it refuses.
            }
            return text(socket.getInputStream().readAllBytes());
        } catch (SocketTimeoutException e) {
            return NO_ANSWER;
        } catch (IOException cutOff) {
            return "";
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String start(String text) {
        return text.substring(0, Math.min(text.length(), 600));
    }
}
