package tutti.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import tutti.bench.PictureMaker.Cost;
import tutti.cluster.RunningCluster;
import tutti.cluster.Site;
import tutti.pictures.BadPicture;

/**
 * What pictures cost: both tiles of a photo as phones make them, and of a large one, and montages; beside sharp and ImageMagick,
 * which make the same from the same files. Each has one thread; what counts is processor time, since sites share it. Then how
 * long contributors wait for the new montage after an upload, at a cluster of its own.
 */
public final class MontageBench {

    private static final Path FOLDER = Path.of("target/bench-montage").toAbsolutePath();
    private static final Path SHARP = Path.of("target/bench-sharp").toAbsolutePath();

    private final PrintStream out;
    private final PictureMaker own = new OwnPictures(FOLDER);
    private final Optional<PictureMaker> reference;
    private final List<PictureMaker> others;

    private MontageBench(PrintStream out, Optional<PictureMaker> reference, List<PictureMaker> others) {
        this.out = out;
        this.reference = reference;
        this.others = others;
    }

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException, BadPicture {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var table = new PictureTable(FOLDER);
        table.lay();
        out.printf(
                Locale.ROOT,
                "%nPictures on a machine with %d cores, Java %s; one thread each.%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
        var sharp = sharp(out, table);
        new MontageBench(out, sharp, magick(out, table)).run();
        afterUploads(out);
    }

    private static void afterUploads(PrintStream out) throws IOException, InterruptedException, ExecutionException {
        var threads = Executors.newCachedThreadPool();
        try (var cluster = RunningCluster.configured()) {
            cluster.startAll();
            var sites = Arrays.stream(Site.values()).map(cluster::url).toList();
            new MontageAfterUpload(out, sites, threads).run();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Optional<PictureMaker> sharp(PrintStream out, PictureTable table) throws InterruptedException {
        try {
            return Optional.of(SharpPictures.installed(SHARP, table));
        } catch (IOException e) {
            out.println("sharp: could not be had, so there are no ratios. " + e.getMessage());
            return Optional.empty();
        }
    }

    private static List<PictureMaker> magick(PrintStream out, PictureTable table)
            throws IOException, InterruptedException {
        var magick = MagickPictures.installed(FOLDER, table);
        if (magick.isEmpty()) {
            out.println("ImageMagick: not installed.");
            return List.of();
        }
        var start = magick.get().start();
        out.printf(
                Locale.ROOT,
                "ImageMagick: a process for each picture; its start alone takes %.0f ms, %.0f of the processor.%n",
                start.wallMillis(),
                start.cpuMillis());
        return List.of(magick.get());
    }

    private void run() throws IOException, InterruptedException {
        out.printf(
                "%n| %-22s | %-11s | %5s | %8s | %7s | %7s | %8s | %8s |%n",
                "what", "by", "times", "wall ms", "CPU ms", "× sharp", "RSS MB", "heap MB");
        out.println("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (var job : PictureJob.values()) {
            var against = reference.isPresent() ? Optional.of(reference.get().cost(job)) : Optional.<Cost>empty();
            row(job, own, own.cost(job), against);
            if (against.isPresent()) {
                row(job, reference.get(), against.get(), against);
            }
            for (var other : others) {
                row(job, other, other.cost(job), against);
            }
        }
    }

    private void row(PictureJob job, PictureMaker maker, Cost cost, Optional<Cost> against) {
        out.printf(
                Locale.ROOT,
                "| %-22s | %-11s | %5d | %8.1f | %7.1f | %7s | %8s | %8s |%n",
                job.what(),
                maker.name(),
                cost.times(),
                cost.wallMillis(),
                cost.cpuMillis(),
                against.map(other -> String.format(Locale.ROOT, "%.2f", cost.cpuMillis() / other.cpuMillis()))
                        .orElse(""),
                orNothing(cost.residentMegabytes()),
                orNothing(cost.heapMegabytes()));
    }

    private static String orNothing(long megabytes) {
        return megabytes == 0 ? "" : Long.toString(megabytes);
    }
}
