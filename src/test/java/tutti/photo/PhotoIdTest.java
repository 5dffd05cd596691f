package tutti.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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

    @Test
    void a_contributor_is_not_known_by_the_cookie_itself() {
        assertThat(ADA.value()).hasSize(43).doesNotContain("ada");
    }
}
