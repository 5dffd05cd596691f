package tutti.montage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {

    private static final Frame FRAME = Frame.standard();
    private static final TileSize PANORAMA = new TileSize(1024, 102);
    private static final TileSize STRIP = new TileSize(102, 1024);
    private static final TileSize LANDSCAPE = new TileSize(1024, 683);

    static IntStream counts() {
        return IntStream.rangeClosed(1, 60);
    }

    @ParameterizedTest
    @MethodSource("counts")
    void every_photo_is_whole_and_stands_alone(int count) {
        List<TileSize> tiles = camera(count, count);

        Layout layout = Layout.of(tiles, FRAME);

        assertSound(tiles, layout);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 12, 24, 25, 40, 60, 100, 200})
    void any_mixture_of_extremes_is_laid_out(int count) {
        for (int seed = 0; seed < 10; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<TileSize> tiles = random.ints(count, 0, 4)
                    .mapToObj(kind -> switch (kind) {
                        case 0 -> PANORAMA;
                        case 1 -> STRIP;
                        case 2 -> new TileSize(random.nextInt(1, 1025), random.nextInt(1, 1025));
                        default -> LANDSCAPE;
                    })
                    .toList();

            assertSound(tiles, Layout.of(tiles, FRAME));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 24, 25, 60, 200})
    void nothing_but_panoramas_or_strips_or_dots_is_laid_out(int count) {
        for (TileSize tile :
                List.of(PANORAMA, STRIP, new TileSize(1, 1), new TileSize(1024, 1), new TileSize(1, 1024))) {
            List<TileSize> tiles = IntStream.range(0, count).mapToObj(i -> tile).toList();

            assertSound(tiles, Layout.of(tiles, FRAME));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 12, 16, 20, 24, 25, 30, 40, 60})
    void many_ordinary_photos_fill_2048_pixels_in_about_4_to_3(int count) {
        for (int seed = 0; seed < 10; seed++) {
            Layout layout = Layout.of(camera(count, seed), FRAME);

            assertThat(layout.width()).isEqualTo(2048);
            assertThat((double) layout.width() / layout.height()).isBetween(1.0, 1.75);
        }
    }

    @ParameterizedTest
    @MethodSource("counts")
    void no_ordinary_photo_is_tiny_beside_the_others(int count) {
        Layout layout = Layout.of(camera(count, 7), FRAME);

        long[] areas = layout.places().stream()
                .mapToLong(place -> (long) place.width() * place.height())
                .sorted()
                .toArray();
        assertThat(areas[0]).isGreaterThan(areas[count / 2] / 4);
    }

    @Test
    void up_to_three_photos_are_never_enlarged() {
        for (int count = 1; count <= 3; count++) {
            for (int seed = 0; seed < 50; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                List<TileSize> tiles = IntStream.range(0, count)
                        .mapToObj(i -> new TileSize(random.nextInt(1, 1025), random.nextInt(1, 1025)))
                        .toList();

                List<Place> places = Layout.of(tiles, FRAME).places();

                for (int i = 0; i < count; i++) {
                    assertThat(tiles.get(i).holds(places.get(i)))
                            .as("%s in %s", tiles.get(i), places.get(i))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void one_photo_is_as_large_as_its_tile() {
        Layout layout = Layout.of(List.of(LANDSCAPE), FRAME);

        assertThat(layout.places()).containsExactly(new Place(24, 24, 1024, 683));
        assertThat(layout.width()).isEqualTo(1024 + 48);
        assertThat(layout.height()).isEqualTo(683 + 48);
    }

    @Test
    void a_very_small_photo_does_not_make_its_neighbour_small() {
        List<Place> places =
                Layout.of(List.of(LANDSCAPE, new TileSize(16, 16)), FRAME).places();

        assertThat(places.get(0).width()).isGreaterThan(400);
        assertThat(places.get(1)).extracting(Place::width, Place::height).containsExactly(16, 16);
    }

    @Test
    void neighbours_are_exactly_one_gap_apart() {
        for (int count : new int[] {5, 12, 24, 40}) {
            List<Place> places = Layout.of(camera(count, 3), FRAME).places();

            for (Place place : places) {
                int nearest = places.stream()
                        .filter(other -> other.x() >= place.right()
                                && overlap(place.y(), place.bottom(), other.y(), other.bottom()))
                        .mapToInt(other -> other.x() - place.right())
                        .min()
                        .orElse(FRAME.gap());
                assertThat(nearest).isEqualTo(FRAME.gap());
            }
        }
    }

    @Test
    void the_same_photos_in_the_same_order_have_the_same_layout() {
        for (int count : new int[] {3, 17, 24, 50}) {
            assertThat(Layout.of(camera(count, 5), FRAME)).isEqualTo(Layout.of(camera(count, 5), FRAME));
        }
    }

    @Test
    void a_known_layout_stays_what_it_was() {
        // Sites of different versions must not paint different pictures under one digest unawares.
        Layout layout = Layout.of(camera(9, 1), FRAME);

        assertThat(Arrays.hashCode(layout.places().stream()
                        .flatMapToInt(p -> IntStream.of(p.x(), p.y(), p.width(), p.height()))
                        .toArray()))
                .isEqualTo(1960983990);
    }

    @Test
    void a_montage_of_nothing_is_refused() {
        assertThatThrownBy(() -> Layout.of(List.of(), FRAME)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Ordinary photos: 3:2, 4:3, 16:9, square, some of them upright. */
    private static List<TileSize> camera(int count, long seed) {
        List<TileSize> kinds = List.of(
                LANDSCAPE,
                new TileSize(1024, 768),
                new TileSize(1024, 576),
                new TileSize(1024, 1024),
                new TileSize(683, 1024),
                new TileSize(768, 1024));
        SplittableRandom random = new SplittableRandom(seed);
        List<TileSize> tiles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tiles.add(kinds.get(random.nextInt(kinds.size())));
        }
        return tiles;
    }

    private static void assertSound(List<TileSize> tiles, Layout layout) {
        List<Place> places = layout.places();
        assertThat(places).hasSameSizeAs(tiles);
        assertThat(layout.width()).isLessThanOrEqualTo(FRAME.width());
        assertThat(layout.height()).isLessThanOrEqualTo(FRAME.heightMax());
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            assertThat(place.width()).isPositive();
            assertThat(place.height()).isPositive();
            assertThat(place.x()).isGreaterThanOrEqualTo(FRAME.margin());
            assertThat(place.y()).isGreaterThanOrEqualTo(FRAME.margin());
            assertThat(place.right()).isLessThanOrEqualTo(layout.width() - FRAME.margin());
            assertThat(place.bottom()).isLessThanOrEqualTo(layout.height() - FRAME.margin());
            assertKeepsShape(tiles.get(i), place);
            for (Place other : places.subList(0, i)) {
                assertThat(overlap(place.x(), place.right(), other.x(), other.right())
                                && overlap(place.y(), place.bottom(), other.y(), other.bottom()))
                        .as("%s over %s", place, other)
                        .isFalse();
            }
        }
    }

    /** Some rectangle of the photo's very shape differs by at most one pixel in width and in height. */
    private static void assertKeepsShape(TileSize tile, Place place) {
        double shape = tile.shape();
        assertThat(place.width() + 1.01).isGreaterThanOrEqualTo((place.height() - 1.01) * shape);
        assertThat(place.width() - 1.01).isLessThanOrEqualTo((place.height() + 1.01) * shape);
    }

    private static boolean overlap(int from, int to, int otherFrom, int otherTo) {
        return from < otherTo && otherFrom < to;
    }
}
