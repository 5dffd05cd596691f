package tutti.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A way to a server on which everything arrives later, by half of a round trip each way. As on a long line, any number of bytes
 * may be under way at once, and to open a connection takes a round trip before the first of them is sent.
 */
final class DelayedLink implements AutoCloseable {

    private static final int CHUNK_BYTES = 8192;

    private final URI target;
    private final ExecutorService threads;
    private final ServerSocket door;
    private volatile Duration roundTrip = Duration.ZERO;

    /** Bytes that have been sent, and when they arrive; none are the end. */
    private record UnderWay(byte[] bytes, long arrivesAtNanos) {}

    DelayedLink(URI target, ExecutorService threads) throws IOException {
        this.target = target;
        this.threads = threads;
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Where the server is found at the end of this way. */
    URI url() {
        return URI.create("http://localhost:" + door.getLocalPort());
    }

    /** From now on; what is under way keeps its time. */
    void takes(Duration each) {
        roundTrip = each;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var caller = door.accept();
                threads.execute(() -> connect(caller));
            } catch (IOException closed) {
                return; // the benchmark is over
            }
        }
    }

    private void connect(Socket caller) {
        try {
            var called = new Socket(target.getHost(), target.getPort());
            caller.setTcpNoDelay(true);
            called.setTcpNoDelay(true);
            TimeUnit.NANOSECONDS.sleep(roundTrip.toNanos());
            threads.execute(() -> pass(caller, called));
            pass(called, caller);
        } catch (IOException refused) {
            close(caller);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Socket source, Socket sink) {
        var underWay = new LinkedBlockingQueue<UnderWay>();
        threads.execute(() -> deliver(underWay, source, sink));
        try {
            InputStream in = source.getInputStream();
            var chunk = new byte[CHUNK_BYTES];
            for (var count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                underWay.add(sent(Arrays.copyOf(chunk, count)));
            }
        } catch (IOException broken) {
            // One side has gone; the other one learns of it when all that was sent has arrived.
        }
        underWay.add(sent(new byte[0]));
    }

    private UnderWay sent(byte[] bytes) {
        return new UnderWay(bytes, System.nanoTime() + roundTrip.dividedBy(2).toNanos());
    }

    private static void deliver(BlockingQueue<UnderWay> underWay, Socket source, Socket sink) {
        try (source;
                sink) {
            var out = sink.getOutputStream();
            for (var next = underWay.take(); next.bytes().length > 0; next = underWay.take()) {
                TimeUnit.NANOSECONDS.sleep(next.arrivesAtNanos() - System.nanoTime());
                out.write(next.bytes());
            }
        } catch (IOException broken) {
            // With both sockets closed the other side learns of it.
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is closed either way.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
