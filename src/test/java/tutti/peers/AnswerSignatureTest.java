package tutti.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tutti.photo.Sha256;

class AnswerSignatureTest {

    private static final byte[] SECRET = "of the cluster".getBytes(StandardCharsets.US_ASCII);
    private static final String BODY = Sha256.of("{\"vote\":\"no\"}").hex();

    private final Map<String, String> headers = new HashMap<>(Map.of(
            Signature.SENDER, "east",
            Signature.DIGEST, BODY,
            Signature.INCARNATION, "d1",
            Signature.UNKNOWN, "d2",
            Signature.TIME, "1700000000000"));

    private final AnswerSignature answer = AnswerSignature.of("nonce", 200, headers::get);

    @Test
    void it_is_good_for_the_very_answer_and_under_the_very_secret() {
        var mac = answer.by(SECRET);

        assertThat(AnswerSignature.of("nonce", 200, headers::get).isBy(SECRET, mac))
                .isTrue();
        assertThat(answer.isBy("stranger".getBytes(StandardCharsets.US_ASCII), mac))
                .isFalse();
        assertThat(answer.isBy(SECRET, mac + "x")).isFalse();
        assertThat(answer.isBy(SECRET, null)).isFalse();
    }

    @Test
    void each_part_of_an_answer_is_signed() {
        var mac = answer.by(SECRET);

        assertThat(AnswerSignature.of("another nonce", 200, headers::get).isBy(SECRET, mac))
                .isFalse();
        assertThat(AnswerSignature.of("nonce", 503, headers::get).isBy(SECRET, mac))
                .isFalse();
        for (var header : headers.keySet()) {
            var changed = new HashMap<>(headers);
            changed.put(header, "other");
            assertThat(AnswerSignature.of("nonce", 200, changed::get).isBy(SECRET, mac))
                    .as(header)
                    .isFalse();
            changed.remove(header);
            assertThat(AnswerSignature.of("nonce", 200, changed::get).isBy(SECRET, mac))
                    .as("without " + header)
                    .isFalse();
        }
    }

    @Test
    void what_is_not_said_is_not_there() {
        assertThat(List.of(answer.namesDatabase(), answer.isDisowning(), answer.tellsTime()))
                .containsOnly(true);

        var silent = AnswerSignature.of("nonce", 200, Map.of(Signature.SENDER, "east", Signature.DIGEST, BODY)::get);

        assertThat(List.of(silent.namesDatabase(), silent.isDisowning(), silent.tellsTime()))
                .containsOnly(false);
    }
}
