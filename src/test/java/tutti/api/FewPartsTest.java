package tutti.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FewPartsTest {

    @ParameterizedTest
    @ValueSource(strings = {"b", "--", "--b--b", "----tutti-7MA4YWxkTrZu0gW"})
    void so_many_borders_pass_and_one_more_does_not(String boundary) throws IOException {
        var border = "--" + boundary + "\r\nx";
        var most = border.repeat(FewParts.BORDERS_MAX);

        assertThat(form(boundary, most).readAllBytes()).isEqualTo(bytes(most));
        assertThatThrownBy(() -> form(boundary, most + border).readAllBytes()).isInstanceOf(TooMuch.class);
    }

    @Test
    void a_border_is_seen_where_it_is_read_in_pieces_or_begins_within_what_looked_like_one() {
        var form = form("-b", "----b".repeat(FewParts.BORDERS_MAX + 1));

        assertThatThrownBy(() -> {
                    while (form.read() >= 0) {
                        // Byte by byte.
                    }
                })
                .isInstanceOf(TooMuch.class);
    }

    @Test
    void what_is_no_border_may_be_there_as_often_as_it_likes() throws IOException {
        var text = "--a-b\r\n--".repeat(10_000);

        assertThat(form("ab", text).readAllBytes()).isEqualTo(bytes(text));
    }

    private static InputStream form(String boundary, String text) {
        return new FewParts(new ByteArrayInputStream(bytes(text)), boundary);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
