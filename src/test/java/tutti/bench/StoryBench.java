package tutti.bench;

import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tutti.pictures.GeneratedPhotos;

/**
 * The story of a group, told again and again to a running cluster: how long people wait for each part of it. One client,
 * three contributors at three sites, photos of about 1 MB.
 */
public final class StoryBench {

    private static final int STORIES = 20;
    private static final int WARM_UP = 3;
    private static final int PHOTO_BYTES = 1_000_000;
    private static final long GIVE_UP_NANOS = 60_000_000_000L;

    private final PrintStream out;
    private final List<URI> sites;
    private final Figures answered = new Figures("upload of 1 MB: until its 201 (decided and durable)");
    private final Figures everywhere = new Figures("upload of 1 MB: until committed at all sites");
    private final Figures montage = new Figures("first view of the new montage, after the 201");
    private final Figures published = new Figures("last vote: until public at all sites");
    private long seed = System.nanoTime();

    private StoryBench(PrintStream out, List<URI> sites) {
        this.out = out;
        this.sites = sites;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var bench = new StoryBench(out, BenchSites.configured());
        for (var i = 0; i < WARM_UP; i++) {
            bench.story(false);
        }
        for (var i = 0; i < STORIES; i++) {
            bench.story(true);
        }
        bench.print();
    }

    private void story(boolean counts) throws IOException, InterruptedException {
        var guests = List.of(new BenchGuest(), new BenchGuest(), new BenchGuest());
        var event = guests.get(0).create(sites.get(0), "Benchmark").getString("id");
        await(guests.get(0), event, view -> "open".equals(view.getString("status", "")));
        for (var i = 0; i < guests.size(); i++) {
            upload(guests.get(i), sites.get(i % sites.size()), event, i + 1, counts);
        }
        vote(guests, event, counts);
    }

    private void upload(BenchGuest guest, URI site, String event, int photos, boolean counts)
            throws IOException, InterruptedException {
        var photo = GeneratedPhotos.noiseOfBytes(PHOTO_BYTES, seed++);
        var from = System.nanoTime();
        require(guest.upload(site, event, photo).statusCode(), 201, "upload");
        var said = System.nanoTime();
        await(
                guest,
                event,
                view -> view.containsKey("version")
                        && view.getJsonObject("version").getInt("number") == photos);
        var there = System.nanoTime();
        require(guest.montage(site, event), 200, "montage");
        if (counts) {
            answered.add(said - from);
            everywhere.add(there - from);
            montage.add(System.nanoTime() - there);
        }
    }

    private void vote(List<BenchGuest> guests, String event, boolean counts) throws IOException, InterruptedException {
        var view = guests.get(0).event(sites.get(0), event);
        var digest = view.getJsonObject("version").getString("digest");
        var ballot = view.getInt("ballotNumber");
        for (var i = 0; i < guests.size(); i++) {
            var from = System.nanoTime();
            require(guests.get(i).accept(sites.get(i % sites.size()), event, ballot, digest), 201, "vote");
            if (i == guests.size() - 1) {
                await(guests.get(i), event, seen -> "published".equals(seen.getString("status")));
                if (counts) {
                    published.add(System.nanoTime() - from);
                }
            }
        }
    }

    /** Asks all sites until each shows it. */
    private void await(BenchGuest guest, String event, Predicate<JsonObject> shown)
            throws IOException, InterruptedException {
        var from = System.nanoTime();
        for (var site : sites) {
            while (!shown.test(guest.event(site, event))) {
                if (System.nanoTime() - from > GIVE_UP_NANOS) {
                    throw new IllegalStateException(site + " does not show it within a minute");
                }
            }
        }
    }

    private static void require(int status, int wanted, String what) {
        if (status != wanted) {
            throw new IllegalStateException(what + " was answered with " + status + " instead of " + wanted);
        }
    }

    private void print() throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "%n%d sites on one machine with %d cores, Java %s; one client.%n%n",
                sites.size(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
        out.printf("| %-52s | %5s | %9s | %9s |%n", "what", "times", "p50 ms", "p99 ms");
        out.println("| --- | ---: | ---: | ---: |");
        for (var figures : List.of(answered, everywhere, montage, published)) {
            out.println(figures.row());
        }
        out.println();
        var started = Path.of(Optional.ofNullable(System.getenv("TUTTI_VAR")).orElse("var"), "last-start");
        out.println("Last start: "
                + (Files.exists(started) ? Files.readString(started).strip() : "not measured"));
        for (var process : processes()) {
            out.println(process);
        }
    }

    /** The memory of each process, as the kernel counts it. */
    private static List<String> processes() throws IOException, InterruptedException {
        var status = new ProcessBuilder("./run-cluster.sh", "status").start();
        var rows = new ArrayList<String>();
        var total = 0L;
        try (var lines = new BufferedReader(new InputStreamReader(status.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var words = line.strip().split("\\s+");
                for (var entry : Map.of(2, "instance", 6, "database").entrySet()) {
                    var kilobytes = Memory.resident(words[entry.getKey()]);
                    total += kilobytes;
                    rows.add(String.format(
                            Locale.ROOT, "Memory of %s's %s: %d MB", words[0], entry.getValue(), kilobytes / 1024));
                }
            }
        }
        status.waitFor();
        rows.sort(null);
        rows.add(String.format(Locale.ROOT, "Memory of all: %d MB", total / 1024));
        return rows;
    }
}
