package tutti.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tutti.photo.Sha256;

class SignatureTest {

    private static final byte[] SECRET = "of the cluster".getBytes(StandardCharsets.US_ASCII);

    @Test
    void is_by_the_secret_that_it_was_made_with_and_a_missing_one_is_by_none() {
        var signature = new Signature("GET", "/internal/v1/ping", "digest", 1, "nonce", "west", "d1", Signature.ANY);

        assertThat(signature.isBy(SECRET, signature.by(SECRET))).isTrue();
        assertThat(signature.isBy(SECRET, signature.by("stranger".getBytes(StandardCharsets.US_ASCII))))
                .isFalse();
        assertThat(signature.isBy(SECRET, null)).isFalse();
    }

    @Test
    void a_photo_is_declared_by_its_name_and_a_text_by_what_it_says() {
        var photo = "0123456789abcdef".repeat(4);
        var path = "/internal/v1/bytes/" + photo;

        assertThat(Signature.digestOf(InputStream.nullInputStream(), path)).isEqualTo(photo);
        assertThat(Signature.digestOf("no such photo", path))
                .isEqualTo(Sha256.of("no such photo").hex());
        assertThat(Signature.digestOf(null, path)).isEqualTo(Sha256.of("").hex());
    }
}
