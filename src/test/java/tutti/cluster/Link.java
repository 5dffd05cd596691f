package tutti.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The way from one site to another: everything that the one asks of the other, and the answers, passes through here. What a
 * cut link holds back comes through late, or never, when it is mended, as with a network that repeats lost packets.
 */
public final class Link implements AutoCloseable {

    private static final int CHUNK_BYTES = 8192;
    private static final double BREAKS = 0.15;
    private static final double COMES_LATE = 0.5;
    private static final int SLOW_MILLIS_MOST = 600;

    private final Site from;
    private final Site to;
    private final URI target;
    private final ServerSocket door;
    private final ExecutorService threads;
    private final Random random;
    private Weather weather = Weather.CLEAR;

    public Link(Site from, Site to, URI target, ExecutorService threads, Random random) throws IOException {
        this.from = from;
        this.to = to;
        this.target = target;
        this.threads = threads;
        this.random = random;
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public Site from() {
        return from;
    }

    public Site to() {
        return to;
    }

    /** Where the one site finds the other. */
    public URI url() {
        return URI.create("http://localhost:" + door.getLocalPort());
    }

    public synchronized void become(Weather next) {
        weather = next;
        notifyAll();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var caller = door.accept();
                threads.execute(() -> connect(caller));
            } catch (IOException closed) {
                return; // the run is over
            }
        }
    }

    private void connect(Socket caller) {
        try {
            var called = new Socket(target.getHost(), target.getPort());
            threads.execute(() -> pass(caller, called, false));
            pass(called, caller, true);
        } catch (IOException refused) {
            close(caller);
        }
    }

    private void pass(Socket source, Socket sink, boolean answers) {
        try (source;
                sink) {
            InputStream in = source.getInputStream();
            OutputStream out = sink.getOutputStream();
            var chunk = new byte[CHUNK_BYTES];
            for (var count = in.read(chunk); count >= 0 && mayPass(answers); count = in.read(chunk)) {
                out.write(chunk, 0, count);
                out.flush();
            }
        } catch (IOException broken) {
            // One side has gone, and with both sockets closed the other side learns of it.
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the chunk may pass; false where the connection breaks instead. */
    private boolean mayPass(boolean answers) throws InterruptedException {
        switch (awaitPassage(answers)) {
            case SLOW -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(SLOW_MILLIS_MOST)));
            case LOSSY -> {
                return random.nextDouble() >= BREAKS;
            }
            case CUT, ANSWERS_LOST -> {
                return random.nextDouble() < COMES_LATE;
            }
            case CLEAR -> {}
        }
        return true;
    }

    /** The weather that this chunk met; one that keeps it back is over when this returns. */
    private synchronized Weather awaitPassage(boolean answers) throws InterruptedException {
        var met = weather == Weather.ANSWERS_LOST && !answers ? Weather.CLEAR : weather;
        while (weather == Weather.CUT || (weather == Weather.ANSWERS_LOST && answers)) {
            wait();
        }
        return met;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is closed either way.
        }
    }

    @Override
    public void close() throws IOException {
        become(Weather.CLEAR);
        door.close();
    }

    @Override
    public String toString() {
        return from + "→" + to;
    }
}
