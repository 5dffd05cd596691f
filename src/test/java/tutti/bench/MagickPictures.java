package tutti.bench;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The same pictures by ImageMagick, with one thread; a process for each picture, its start included. */
final class MagickPictures implements PictureMaker {

    private static final int WARM_UP = 3;
    private static final int TIMES = 15;

    /** Runs its arguments, and says their wall and processor seconds in the last line. */
    private static final String TIMED = "TIMEFORMAT='%3R %3U %3S'; { time \"$@\" 2> /dev/null; } 2>&1";

    private final String program;
    private final Path folder;
    private final PictureTable table;

    private MagickPictures(String program, Path folder, PictureTable table) {
        this.program = program;
        this.folder = folder;
        this.table = table;
    }

    /** Nothing where it is not installed; a program of its name need not be it. */
    static Optional<MagickPictures> installed(Path folder, PictureTable table) throws InterruptedException {
        for (var program : List.of("magick", "convert")) {
            if (isMagick(program, folder)) {
                return Optional.of(new MagickPictures(program, folder, table));
            }
        }
        return Optional.empty();
    }

    private static boolean isMagick(String program, Path folder) throws InterruptedException {
        try {
            var said = Measurements.output(List.of(program, "-version"), folder.resolve("magick.log"));
            return !said.isEmpty() && said.get(0).startsWith("Version: ImageMagick");
        } catch (IOException notThere) {
            return false;
        }
    }

    @Override
    public String name() {
        return "ImageMagick";
    }

    @Override
    public Cost cost(PictureJob job) throws IOException, InterruptedException {
        return cost(job.isMontage() ? montage(table.montage(job)) : tiles(table.photo(job)));
    }

    /** What a process of it costs that makes nothing. */
    Cost start() throws IOException, InterruptedException {
        return cost(List.of("-size", "1x1", "xc:white", "null:"));
    }

    /** With the hint that lets the decoder leave out what is too fine for twice the tile. */
    private List<String> tiles(Path photo) {
        var words = new ArrayList<>(List.of("-define", "jpeg:size=2048x2048", photo.toString(), "-auto-orient"));
        words.addAll(List.of("-resize", "1024x1024>", "-strip", "-quality", "90"));
        words.addAll(List.of("-write", folder.resolve("magick-tile.jpg").toString()));
        words.addAll(List.of(
                "-resize", "512x512>", folder.resolve("magick-small.jpg").toString()));
        return words;
    }

    private List<String> montage(JsonObject montage) {
        var words = new ArrayList<String>();
        words.addAll(List.of("-size", montage.getInt("width") + "x" + montage.getInt("height")));
        words.add("xc:" + montage.getString("background"));
        for (var place : montage.getJsonArray("places").getValuesAs(JsonObject.class)) {
            words.addAll(List.of("(", place.getString("file"), "-resize"));
            words.addAll(List.of(place.getInt("width") + "x" + place.getInt("height") + "!", ")", "-geometry"));
            words.addAll(List.of("+" + place.getInt("left") + "+" + place.getInt("top"), "-composite"));
        }
        words.addAll(
                List.of("-quality", "85", folder.resolve("magick-montage.jpg").toString()));
        return words;
    }

    private Cost cost(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("bash", "-c", TIMED, "bash", program, "-limit", "thread", "1"));
        command.addAll(arguments);
        var wall = new Figures("wall");
        var cpu = 0.0;
        for (var i = -WARM_UP; i < TIMES; i++) {
            var said = Measurements.output(command, folder.resolve("magick.log"));
            var seconds = said.get(said.size() - 1).split(" ");
            if (i >= 0) {
                wall.add(Math.round(Double.parseDouble(seconds[0]) * 1e9));
                cpu += Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2]);
            }
        }
        return new Cost(TIMES, wall.median(), cpu * 1e3 / TIMES, 0, 0);
    }
}
