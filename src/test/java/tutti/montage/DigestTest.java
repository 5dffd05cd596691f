package tutti.montage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import tutti.photo.ContributorId;
import tutti.photo.PhotoId;
import tutti.photo.Sha256;

class DigestTest {

    private static final PhotoId SEA = photo("sea");
    private static final PhotoId SKY = photo("sky");

    @Test
    void is_the_same_in_whatever_order_the_photos_came() {
        assertThat(Digest.of(List.of(SEA, SKY))).isEqualTo(Digest.of(List.of(SKY, SEA)));
    }

    @Test
    void counts_a_photo_once() {
        assertThat(Digest.of(List.of(SEA, SEA))).isEqualTo(Digest.of(List.of(SEA)));
    }

    @Test
    void differs_for_every_other_set() {
        assertThat(List.of(
                        Digest.of(List.of()),
                        Digest.of(List.of(SEA)),
                        Digest.of(List.of(SKY)),
                        Digest.of(List.of(SEA, SKY))))
                .doesNotHaveDuplicates();
    }

    @Test
    void is_64_lower_case_hexadecimal_digits_and_nothing_else() {
        assertThat(Digest.of(List.of(SEA)).hex()).matches("[0-9a-f]{64}");
        assertThatIllegalArgumentException().isThrownBy(() -> new Digest("A".repeat(64)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Digest("a".repeat(63)));
    }

    private static PhotoId photo(String what) {
        return PhotoId.of("event", ContributorId.ofCookie("ada"), Sha256.of(what));
    }
}
