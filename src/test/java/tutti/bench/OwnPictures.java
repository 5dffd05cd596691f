package tutti.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tutti.montage.Frame;
import tutti.montage.Style;
import tutti.pictures.BadPicture;
import tutti.pictures.MontagePainter;
import tutti.pictures.PictureLimits;
import tutti.pictures.TileMaker;

/** Pictures as a site makes them, in a JVM with the options of a site. The collector's and the compiler's time counts, too. */
final class OwnPictures implements PictureMaker {

    private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC");
    private static final int WARM_UP = 20;
    private static final int TIMES = 40;

    private final Path folder;

    OwnPictures(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "Tutti";
    }

    @Override
    public Cost cost(PictureJob job) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OwnPictures.class.getName()));
        command.addAll(List.of(folder.toString(), job.name()));
        return Measurements.of(command, folder.resolve("own.log"));
    }

    /** The child: a folder, and what to make. */
    public static void main(String[] args) throws IOException, BadPicture {
        var table = new PictureTable(Path.of(args[0]));
        var job = PictureJob.valueOf(args[1]);
        for (var i = 0; i < WARM_UP; i++) {
            make(table, job);
        }
        ManagementFactory.getMemoryPoolMXBeans().forEach(pool -> pool.resetPeakUsage());
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        for (var i = 0; i < TIMES; i++) {
            var cpu = system.getProcessCpuTime();
            var wall = System.nanoTime();
            make(table, job);
            System.out.println(Measurements.each(System.nanoTime() - wall, system.getProcessCpuTime() - cpu));
        }
        System.out.println(Measurements.memory(residentBytesMax(), heapBytesMax()));
    }

    /** A maker and a painter of its own each time: a montage is laid out once, and so it is here. */
    private static void make(PictureTable table, PictureJob job) throws IOException, BadPicture {
        if (job.isMontage()) {
            new MontagePainter(Frame.standard(), 1).paint(Style.PLAIN, table.tiles(job));
        } else {
            new TileMaker(PictureLimits.standard()).make(table.photo(job));
        }
    }

    private static long heapBytesMax() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private static long residentBytesMax() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .findFirst()
                .orElse(0);
    }
}
