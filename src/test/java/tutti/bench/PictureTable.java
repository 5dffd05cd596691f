package tutti.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import tutti.montage.Frame;
import tutti.montage.Layout;
import tutti.montage.Place;
import tutti.montage.Style;
import tutti.montage.TileSize;
import tutti.pictures.BadPicture;
import tutti.pictures.GeneratedPhotos;
import tutti.pictures.PictureLimits;
import tutti.pictures.TileMaker;

/** All that pictures are made of, as files: two photos, and the tiles of as many others as the largest montage shows. */
final class PictureTable {

    private static final int TILES = PictureJob.MONTAGE_24.size();
    private static final int LONG_SIDE = 1600;
    private static final int SHORT_SIDE = 1200;

    private final Path folder;

    PictureTable(Path folder) {
        this.folder = folder;
    }

    void lay() throws IOException, BadPicture {
        Files.createDirectories(folder);
        for (var job : List.of(PictureJob.TILES_12, PictureJob.TILES_48)) {
            Files.write(photo(job), GeneratedPhotos.megapixels(job.size(), job.size()));
        }
        var maker = new TileMaker(PictureLimits.standard());
        var photo = folder.resolve("photo.jpg");
        for (var i = 0; i < TILES; i++) {
            var upright = i % 3 == 0;
            Files.write(
                    photo,
                    GeneratedPhotos.jpeg(
                            upright ? SHORT_SIDE : LONG_SIDE, upright ? LONG_SIDE : SHORT_SIDE, 1, i + 1, 0.88));
            var tiles = maker.make(photo);
            Files.write(tile("small", i), tiles.small());
            Files.write(tile("tile", i), tiles.tile());
        }
    }

    Path photo(PictureJob job) {
        return folder.resolve("photo-" + job.size() + ".jpg");
    }

    /** Of each photo of a montage its tiles, the smallest first. */
    List<List<Path>> tiles(PictureJob job) {
        return IntStream.range(0, job.size())
                .mapToObj(i -> List.of(tile("small", i), tile("tile", i)))
                .toList();
    }

    private Path tile(String kind, int number) {
        return folder.resolve(kind + "-" + number + ".jpg");
    }

    /** Where each tile goes, and which, for those who do not lay montages out by themselves. */
    JsonObject montage(PictureJob job) throws IOException {
        var sizes = new ArrayList<TileSize>();
        for (var tiles : tiles(job)) {
            sizes.add(size(tiles.get(1)));
        }
        var layout = Layout.of(Style.PLAIN, sizes, Frame.standard());
        var places = Json.createArrayBuilder();
        for (var i = 0; i < job.size(); i++) {
            var place = layout.places().get(i);
            var tiles = tiles(job).get(i);
            places.add(Json.createObjectBuilder()
                    .add("file", enough(tiles, place).toString())
                    .add("left", place.x())
                    .add("top", place.y())
                    .add("width", place.width())
                    .add("height", place.height()));
        }
        return Json.createObjectBuilder()
                .add("width", layout.width())
                .add("height", layout.height())
                .add(
                        "background",
                        String.format(
                                Locale.ROOT, "#%06x", Style.PLAIN.background().rgb()))
                .add("places", places)
                .build();
    }

    /** As the painter takes them: the smaller one where it need not be enlarged. */
    private static Path enough(List<Path> tiles, Place place) throws IOException {
        return size(tiles.get(0)).holds(place) ? tiles.get(0) : tiles.get(1);
    }

    private static TileSize size(Path tile) throws IOException {
        var image = ImageIO.read(tile.toFile());
        return new TileSize(image.getWidth(), image.getHeight());
    }
}
