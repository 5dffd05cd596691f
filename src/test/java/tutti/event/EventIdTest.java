package tutti.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123456789abcdefghijk",
                "0123456789abcdefghijklm",
                "0123456789abcdefghij/l",
                "../../etc/passwd______"
            })
    void nothing_else_is_taken_for_one(String text) {
        assertThat(EventId.isEventId(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new EventId(text));
    }

    @Test
    void it_is_written_as_it_is() {
        assertThat(new EventId("0123456789abcdefghi-_Z")).hasToString("0123456789abcdefghi-_Z");
    }
}
