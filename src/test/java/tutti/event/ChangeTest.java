package tutti.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tutti.event.Change.PublishMontage;

class ChangeTest {

    private static final EventId EVENT = new EventId("0123456789abcdefghijkl");

    @Test
    void the_ballot_of_a_publication_is_read_off_its_subject() {
        assertThat(PublishMontage.ballotOf(PublishMontage.subjectOf(EVENT, 12), EVENT))
                .isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create:0123456789abcdefghijkl",
                "publish:another-event-00000000:12",
                "publish:0123456789abcdefghijkl:0",
                "publish:0123456789abcdefghijkl:-1",
                "publish:0123456789abcdefghijkl:1234567890",
                "publish:0123456789abcdefghijkl"
            })
    void no_other_subject_speaks_of_a_ballot(String subject) {
        assertThat(PublishMontage.ballotOf(subject, EVENT)).isZero();
    }
}
