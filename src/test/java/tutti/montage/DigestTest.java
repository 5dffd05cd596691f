package tutti.montage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tutti.photo.ContributorId;
import tutti.photo.PhotoId;
import tutti.photo.Sha256;

class DigestTest {

    private static final PhotoId SEA = photo("sea");
    private static final PhotoId SKY = photo("sky");
    private static final Style PLAIN = Style.PLAIN;
    private static final LocalDate DAY = LocalDate.of(2026, 7, 18);

    @Test
    void is_the_same_in_whatever_order_the_photos_came() {
        assertThat(Digest.of(PLAIN, List.of(SEA, SKY))).isEqualTo(Digest.of(PLAIN, List.of(SKY, SEA)));
    }

    @Test
    void counts_a_photo_once() {
        assertThat(Digest.of(PLAIN, List.of(SEA, SEA))).isEqualTo(Digest.of(PLAIN, List.of(SEA)));
    }

    @Test
    void differs_for_every_other_set() {
        assertThat(List.of(
                        Digest.of(PLAIN, List.of()),
                        Digest.of(PLAIN, List.of(SEA)),
                        Digest.of(PLAIN, List.of(SKY)),
                        Digest.of(PLAIN, List.of(SEA, SKY))))
                .doesNotHaveDuplicates();
    }

    @Test
    void is_64_lower_case_hexadecimal_digits_and_nothing_else() {
        assertThat(Digest.of(PLAIN, List.of(SEA)).hex()).matches("[0-9a-f]{64}");
        assertThatIllegalArgumentException().isThrownBy(() -> new Digest("A".repeat(64)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Digest("a".repeat(63)));
    }

    @Test
    void differs_for_whatever_is_seen() {
        var looks = new ArrayList<Style>();
        for (var layout : LayoutKind.values()) {
            for (var background : Background.values()) {
                for (var text : List.of("", "Summer", "Winter")) {
                    looks.add(new Style(layout, background, text, Optional.empty()));
                }
                looks.add(new Style(layout, background, "Summer", Optional.of(DAY)));
                looks.add(new Style(layout, background, "Summer", Optional.of(DAY.plusDays(1))));
            }
        }

        assertThat(looks.stream().map(look -> Digest.of(look, List.of(SEA, SKY))))
                .doesNotHaveDuplicates();
    }

    @Test
    void is_the_same_with_a_date_that_is_not_painted() {
        var dated = new Style(LayoutKind.MOSAIC, Background.PAPER, "", Optional.of(DAY));

        assertThat(Digest.of(dated, List.of(SEA))).isEqualTo(Digest.of(PLAIN, List.of(SEA)));
    }

    @Test
    void is_the_same_for_nothing_in_any_style() {
        var grid = new Style(LayoutKind.GRID, Background.NIGHT, "Summer", Optional.of(DAY));

        assertThat(Digest.of(grid, List.of())).isEqualTo(Digest.of(PLAIN, List.of()));
    }

    @Test
    void no_text_can_pass_for_a_photo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Style(LayoutKind.GRID, Background.PAPER, "Summer\n" + SEA, Optional.empty()));
    }

    private static PhotoId photo(String what) {
        return PhotoId.of("event", ContributorId.ofCookie("ada"), Sha256.of(what));
    }
}
