package tutti.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class EventTest {

    private final Event event = Event.absent(new EventId("0123456789abcdefghijkl"));

    @Test
    void the_last_ended_ballot_never_decreases() {
        assertThat(event.withBallotEnded(3).withBallotEnded(2).lastEnded()).isEqualTo(3);
        assertThat(event.withBallotEnded(3).withBallotEnded(4).lastEnded()).isEqualTo(4);
    }

    @Test
    void attempts_and_changes_are_counted_one_by_one() {
        assertThat(event.withAttempt().withAttempt().attempts()).isEqualTo(2);
        assertThat(event.withChange().withChange().changes()).isEqualTo(2);
    }

    @Test
    void an_absent_event_has_nothing_laid_down() {
        assertThatIllegalStateException().isThrownBy(event::laidDown);
    }
}
