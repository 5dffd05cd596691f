package tutti.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tutti.montage.Digest;
import tutti.photo.ContributorId;

class ReceiptTest {

    private static final EventId EVENT = new EventId("AAAAAAAAAAAAAAAAAAAAAA");
    private static final Digest DIGEST = new Digest("1".repeat(64));
    private static final ContributorId ANA = ContributorId.ofCookie("ana");

    private final Receipt receipt = new Receipt(EVENT, 2, DIGEST, ANA);

    @Test
    void every_site_works_out_the_same_code() {
        assertThat(receipt.code())
                .isEqualTo(new Receipt(EVENT, 2, DIGEST, ANA).code())
                .matches("[0-9a-f]{64}");
    }

    @Test
    void a_code_is_about_one_person_one_picture_one_ballot_and_one_event() {
        var others = List.of(
                new Receipt(new EventId("BAAAAAAAAAAAAAAAAAAAAA"), 2, DIGEST, ANA),
                new Receipt(EVENT, 3, DIGEST, ANA),
                new Receipt(EVENT, 2, new Digest("2".repeat(64)), ANA),
                new Receipt(EVENT, 2, DIGEST, ContributorId.ofCookie("ben")));

        assertThat(others)
                .extracting(Receipt::code)
                .doesNotContain(receipt.code())
                .doesNotHaveDuplicates();
    }

    @Test
    void a_code_tells_nothing_of_its_holder() {
        assertThat(receipt.code()).doesNotContain(ANA.value());
    }
}
