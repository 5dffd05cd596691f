package tutti.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"photo:a_-Z9@west#1", "publish:event:12@asia-2#999999999999999999"})
    void reads_what_it_wrote(String written) {
        assertThat(TransactionId.parse(written)).hasToString(written);
    }

    @Test
    void tells_subject_site_and_attempt_apart() {
        var id = TransactionId.parse("publish:event:12@west#7");

        assertThat(id).isEqualTo(new TransactionId("publish:event:12", new SiteName("west"), 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "photo:p",
                "photo:p@west",
                "photo:p@west#0",
                "photo:p@west#-1",
                "photo:p@west#01",
                "photo:p@west#1 ",
                "photo:p@West#1",
                "photo@west#1",
                "photo:p:q:r@west#1",
                "photo:../p@west#1",
                "photo:p@west#1234567890123456789"
            })
    void refuses_anything_else(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TransactionId.parse(text));
    }

    @Test
    void attempts_are_counted_from_one() {
        var west = new SiteName("west");

        assertThatIllegalArgumentException().isThrownBy(() -> new TransactionId("photo:p", west, 0));
    }

    @Test
    void a_later_attempt_comes_after_an_earlier_one() {
        assertThat(TransactionId.parse("photo:p@west#10")).isGreaterThan(TransactionId.parse("photo:p@west#9"));
    }

    @Test
    void the_same_subject_at_another_site_or_attempt_is_another_transaction() {
        var id = TransactionId.parse("photo:p@west#1");

        assertThat(TransactionId.parse("photo:p@east#1")).isNotEqualByComparingTo(id);
        assertThat(TransactionId.parse("photo:p@west#2")).isNotEqualByComparingTo(id);
        assertThat(TransactionId.parse("photo:p@west#1")).isEqualByComparingTo(id);
    }
}
