package tutti.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoIdTest {

    private static final ContributorId ADA = ContributorId.ofCookie("ada");
    private static final ContributorId BEN = ContributorId.ofCookie("ben");
    private static final Sha256 SEA = Sha256.of("sea");

    @Test
    void an_upload_sent_twice_is_one_photo() {
        assertThat(PhotoId.of("event", ADA, SEA)).isEqualTo(PhotoId.of("event", ADA, SEA));
    }

    @Test
    void another_event_contributor_or_file_is_another_photo() {
        assertThat(List.of(
                        PhotoId.of("event", ADA, SEA),
                        PhotoId.of("other", ADA, SEA),
                        PhotoId.of("event", BEN, SEA),
                        PhotoId.of("event", ADA, Sha256.of("sky"))))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 42, 44})
    void an_id_of_another_length_is_none(int length) {
        var text = "x".repeat(length);

        assertThatIllegalArgumentException().isThrownBy(() -> new PhotoId(text));
        assertThatIllegalArgumentException().isThrownBy(() -> new ContributorId(text));
    }

    @Test
    void an_id_leads_to_no_other_folder() {
        var text = "../".repeat(14) + "x";

        assertThatIllegalArgumentException().isThrownBy(() -> new PhotoId(text));
        assertThatIllegalArgumentException().isThrownBy(() -> new ContributorId(text));
    }

    @Test
    void a_contributor_is_not_known_by_the_cookie_itself() {
        assertThat(ADA.value()).hasSize(43).doesNotContain("ada");
    }
}
