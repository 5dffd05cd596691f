package tutti.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * What the end of a ballot takes of messages and of the disk, and nothing else: the vote is written at its home and reported to
 * the master, which writes before it asks its peers to write, writes again, and asks them once more. That is three round trips and
 * five forced writes in sequence, without a database, a rule or a photo.
 */
final class BallotFloor implements AutoCloseable {

    /** About as long as the messages of the sites. */
    private static final String MESSAGE = "m".repeat(300);

    private final ExecutorService threads;
    private final SignedWriter master;
    private final List<SignedWriter> peers = new ArrayList<>();
    private final List<DelayedLink> links = new ArrayList<>();

    /** @param count of the peers that are asked at the same time; the first of them is the vote's home */
    BallotFloor(Path folder, int count, ExecutorService threads) throws IOException {
        this.threads = threads;
        Files.createDirectories(folder);
        master = new SignedWriter(folder.resolve("master"), threads);
        links.add(new DelayedLink(master.url(), threads));
        for (var i = 0; i < count; i++) {
            var peer = new SignedWriter(folder.resolve("peer" + i), threads);
            peers.add(peer);
            links.add(new DelayedLink(peer.url(), threads));
        }
    }

    /** Returns when the last peer has written. @param roundTrip none: by the straight way */
    void publish(Duration roundTrip) throws IOException, InterruptedException {
        links.forEach(link -> link.takes(roundTrip));
        peers.get(0).write();
        SignedWriter.ask(way(0, roundTrip), MESSAGE);
        askPeers(roundTrip);
        master.write();
        askPeers(roundTrip);
    }

    private URI way(int index, Duration roundTrip) {
        if (!roundTrip.isZero()) {
            return links.get(index).url();
        }
        return index == 0 ? master.url() : peers.get(index - 1).url();
    }

    private void askPeers(Duration roundTrip) throws IOException, InterruptedException {
        var others = new ArrayList<CompletableFuture<Void>>();
        for (var i = 2; i <= peers.size(); i++) {
            var way = way(i, roundTrip);
            others.add(CompletableFuture.runAsync(() -> askUnchecked(way), threads));
        }
        SignedWriter.ask(way(1, roundTrip), MESSAGE);
        others.forEach(CompletableFuture::join);
    }

    private static void askUnchecked(URI way) {
        try {
            SignedWriter.ask(way, MESSAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        links.forEach(DelayedLink::close);
        master.close();
        for (var peer : peers) {
            peer.close();
        }
    }
}
