package tutti.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import tutti.pictures.GeneratedPhotos;

/**
 * How long contributors wait for the new montage after a photo is in, which is when its sender has the answer: at the sender's
 * site, and at another one, both at once. They ask as pages do, for the size of a phone; a browser's part is {@link PageBench}'s.
 */
final class MontageAfterUpload {

    private static final int EVENTS = 8;
    private static final int PHOTOS = 10;
    /** Of each event's uploads: the last ones. */
    private static final int MEASURED = 5;

    private static final String SIZE = "1120";
    private static final long PAUSE_MILLIS = 5;
    private static final long GIVE_UP_NANOS = 60_000_000_000L;

    private final PrintStream out;
    private final List<URI> sites;
    private final ExecutorService threads;
    private final byte[] photo = GeneratedPhotos.megapixels(12, 4);
    private long number = System.nanoTime();

    MontageAfterUpload(PrintStream out, List<URI> sites, ExecutorService threads) {
        this.out = out;
        this.sites = sites;
        this.threads = threads;
    }

    private static final class Waits {

        private final Figures version;
        private final Figures montage;

        Waits(String where) {
            version = new Figures("until the new version is known at " + where);
            montage = new Figures("until its montage has come from " + where);
        }
    }

    void run() throws IOException, InterruptedException, ExecutionException {
        var near = new Waits("the same site");
        var far = new Waits("another site");
        event(new Waits("warm-up"), new Waits("warm-up"));
        for (var i = 0; i < EVENTS; i++) {
            event(near, far);
        }
        out.printf(
                Locale.ROOT,
                "%nAfter the 201 of an upload, %d sites on this machine; photos of 12 megapixels, montages of %d to %d of them.%n%n",
                sites.size(),
                PHOTOS - MEASURED + 1,
                PHOTOS);
        out.printf("| %-52s | %5s | %9s | %9s |%n", "what", "times", "p50 ms", "p99 ms");
        out.println("| --- | ---: | ---: | ---: |");
        for (var figures : List.of(near.version, near.montage, far.version, far.montage)) {
            out.println(figures.row());
        }
    }

    private void event(Waits near, Waits far) throws IOException, InterruptedException, ExecutionException {
        var host = new BenchGuest();
        var event = host.create(sites.get(0), "Benchmark").getString("id");
        var from = System.nanoTime();
        for (var site : sites) {
            while (!"open".equals(host.event(site, event).getString("status", ""))) {
                pause(from, site);
            }
        }
        upload(host, sites.get(0), event);
        for (var i = 2; i <= PHOTOS; i++) {
            var site = sites.get(i % sites.size());
            upload(new BenchGuest(), site, event);
            var counts = i > PHOTOS - MEASURED;
            var photos = i;
            var said = System.nanoTime();
            var here = threads.submit(seen(host, site, event, photos, said, counts ? near : new Waits("-")));
            var other = sites.get((i + 1) % sites.size());
            var there = threads.submit(seen(host, other, event, photos, said, counts ? far : new Waits("-")));
            here.get();
            there.get();
        }
    }

    private void upload(BenchGuest guest, URI site, String event) throws IOException, InterruptedException {
        var answer = guest.upload(site, event, GeneratedPhotos.numbered(photo, number++));
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("an upload was answered with " + answer.statusCode());
        }
    }

    private Callable<Void> seen(BenchGuest guest, URI site, String event, int photos, long said, Waits waits) {
        return () -> {
            while (version(guest, site, event) < photos) {
                pause(said, site);
            }
            waits.version.add(System.nanoTime() - said);
            var status = guest.montage(site, event, SIZE);
            if (status != 200) {
                throw new IllegalStateException("a montage was answered with " + status);
            }
            waits.montage.add(System.nanoTime() - said);
            return null;
        };
    }

    private static int version(BenchGuest guest, URI site, String event) throws IOException, InterruptedException {
        var view = guest.event(site, event);
        return view.containsKey("version") && !view.isNull("version")
                ? view.getJsonObject("version").getInt("number")
                : 0;
    }

    private static void pause(long from, URI site) throws InterruptedException {
        if (System.nanoTime() - from > GIVE_UP_NANOS) {
            throw new IllegalStateException(site + " does not show it within a minute");
        }
        Thread.sleep(PAUSE_MILLIS);
    }
}
